"""The cue lexicon: which words report, with which complement, and what stance they give the source.

The lemmas were chosen by how often each is a cue in PolNeAR's training articles (a lemma enters a
frame when about half or more of its uses outside quotations are cues) and by the classes of reporting
verbs in Quirk et al., A Comprehensive Grammar of the English Language (1985), 16.30-16.33: factual
and suasive verbs.  spaCy's lemmas are used as they are, its slips ("hop" for "hoped") included.
"""

from __future__ import annotations

from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Stance


def words_of(text: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(text.split())


# Verbs whose clause (that …, or a quotation) is the content.
SAY = words_of(
    """say tell add write note suggest report argue announce explain declare acknowledge claim state
    insist warn remark assert stress emphasize emphasise reiterate conclude indicate reveal contend
    maintain observe recall recount repeat predict estimate concede admit joke quip boast brag lament
    complain caution tweet retweet post email text assure remind inform notify testify allege charge
    disclose underscore underline highlight hint imply reckon opine muse exclaim shout yell scream
    chant reply respond answer counter retort comment mention signal point quote relate tease blog
    speculate theorize surmise elaborate clarify specify summarize proclaim preach advise brief
    accuse snap fume rage recognize realize
    posit boom intone deadpan crow gloat volunteer confide confess relay recite
    narrate whisper mutter interject protest object grumble shoot thunder marvel
    message telegraph forecast project certify attest vouch pronounce decree cite"""
)
# Verbs of publication whose subject may be a document or a survey rather than a person.
SHOW = words_of(
    "show find read suggest indicate reveal say state note conclude report demonstrate list learn"
)
CONFIRM = words_of("confirm affirm verify reaffirm corroborate")
DENY = words_of(
    "rule deny dispute refute rebut reject dismiss disavow disagree negate debunk repudiate contradict"
)
DOUBT = words_of("doubt question")
ASK = words_of(
    "ask wonder inquire enquire query demand request urge implore beg plead press propose recommend"
)
PROMISE = words_of("promise vow pledge guarantee swear threaten commit")
EXPECT = words_of(
    "expect hope hop believe think fear worry anticipate guess suspect wish intend plan "
    "want agree decide suppose dream"
)

CLAUSAL = SAY | CONFIRM | DENY | DOUBT | ASK | PROMISE | EXPECT | words_of("continue describe discuss")
INFINITIVE = PROMISE | words_of(
    "hope hop agree refuse decline claim propose profess want seek plan aim ask plead"
)
# "urged Congress to act": the object and the infinitive are the content.
DIRECTIVE = words_of(
    "urge ask order tell encourage advise warn instruct implore beg call press want expect exhort"
)
# Verbs whose noun phrase is the content.
OBJECT = words_of(
    """announce criticize criticise praise denounce slam blast mock recall mention accuse blame deny
    reject dismiss decry tout lament condemn describe call question express reveal stress note defend
    portray highlight applaud endorse propose deem cite predict confirm dispute refute
    reiterate promise vow acknowledge oppose favor favour bemoan hail deride ridicule disclose demand
    show ask challenge tweet thank declare echo remind name view issue list repeat
    congratulate order assure prefer rebut proclaim argue project recommend assail disavow regard detail
    recite repudiate voice herald downplay trumpet insult savage suggest email resist scold
    explain claim warn rebuke chide castigate lambaste disparage laud characterize label
    dub emphasize reference discuss suspect allege outline"""
)
OBJECT_PREPOSITION = words_of("as for of to on about with over")
CITE = words_of("cite quote")
# Verbs whose passive subject is told something and says nothing.
ADDRESSING = words_of("tell warn assure inform advise notify remind")
# "is said to", "was reported to", "are expected to": no source, or one behind "by".
HEARSAY = words_of("say report believe expect think rumor rumour allege estimate suspect understand fear")
PHRASAL = {
    ("call", "for"),
    ("call", "on"),
    ("push", "for"),
    ("refer", "to"),
    ("rail", "against"),
    ("complain", "about"),
    ("object", "to"),
    ("insist", "on"),
    ("speak", "of"),
    ("warn", "of"),
    ("warn", "against"),
    ("boast", "of"),
    ("boast", "about"),
    ("plead", "for"),
    ("press", "for"),
    ("argue", "for"),
    ("argue", "against"),
    ("hint", "at"),
    ("point", "to"),
    ("apologize", "for"),
    ("advocate", "for"),
    ("talk", "about"),
    ("speak", "about"),
    ("agree", "with"),
    ("disagree", "with"),
    ("caution", "against"),
    ("balk", "at"),
    ("comment", "on"),
    ("stand", "by"),
    ("joke", "about"),
    ("vouch", "for"),
    ("ask", "for"),
    ("worry", "about"),
    ("lash", "at"),
}
# Nouns with a that-clause.
NOUNS = words_of(
    """claim report allegation assertion announcement accusation suggestion statement argument warning
    belief view promise pledge vow complaint charge contention rumor rumour speculation fear concern
    hope notion prediction denial admission acknowledgment confirmation criticism remark comment
    insistence conclusion revelation assurance confidence suspicion observation message tweet
    declaration"""
)
ADVERBS = {
    "reportedly": Stance.ASSERTS,
    "allegedly": Stance.ASSERTS,
    "supposedly": Stance.DOUBTS,
    "purportedly": Stance.DOUBTS,
}
ADJECTIVES = frozenset({"reported", "alleged", "purported"})
# Nouns that can speak, where the parse gives no name.
SOURCE_NOUNS = words_of(
    """official source person people report statement agency media newspaper witness spokesman
    spokeswoman spokesperson analyst expert document study poll survey article outlet aide insider
    resident activist diplomat lawyer attorney paper site website blog memo letter
    executive employee minister ministry banner sign placard poster headline caption slogan plaque note
    notice label inscription tweet email message advert filing record data figure"""
)
# "her promise to …": with a possessive before it, the infinitive is the content.
NOUNS_TO = words_of("promise pledge vow call threat refusal proposal request demand offer hope desire")
# "her criticism of …", "allegations by X of …": the noun, its preposition, and a source of its own.
NOUNS_OF = {
    "criticism": "of",
    "condemnation": "of",
    "denunciation": "of",
    "praise": "for of",
    "accusation": "of",
    "allegation": "of",
    "warning": "of about",
    "denial": "of",
    "prediction": "of",
    "admission": "of",
}
# "issued a statement saying": the message is no speaker, who sends it is.
MESSAGES = words_of(
    """statement letter response message email e-mail memo note tweet post release text report notice
    video interview speech article column op-ed paper brief filing testimony address blog"""
)
# Passives that accuse nobody in particular: "was charged with".
CHARGES = {"accuse": "of", "charge": "with", "suspect": "of", "blame": "for"}

_BELIEF = EXPECT | words_of("agree")
_REFUSALS = words_of("decline refuse")
_FAILURES = words_of("fail neglect")
_SHARES = words_of("% percent pct points")
_INVERTED = words_of("have should do be will would can could may might")


def is_document(parsed: ParsedText, source: list[int]) -> bool:
    """Whether a document, a survey, an organisation or people named by their role make the statement."""
    words = [parsed.tokens[i] for i in source]
    return any(w.lemma.lower() in SOURCE_NOUNS or w.entity == "ORG" for w in words)


def is_negated(parsed: ParsedText, verb: Token) -> bool:
    """Whether the cue verb itself is denied: "did not say", "never claimed", "without saying"."""
    for i in parsed.children[verb.i]:
        child = parsed.tokens[i]
        if child.dep == "neg" or (child.dep == "preconj" and child.lower == "neither"):
            return True
        if child.dep in {"nsubj", "nsubjpass"} and child.lower in {"nobody", "none", "neither"}:
            return True
        if child.dep in {"nsubj", "nsubjpass"} and any(
            parsed.tokens[j].lower in {"no", "neither"} and parsed.tokens[j].dep in {"det", "preconj"}
            for j in parsed.children[i]
        ):
            return True
    head = parsed.tokens[verb.head]
    if verb.dep == "pcomp" and head.lower == "without":
        return True
    if verb.dep == "pcomp" and head.lower == "of" and head.i and parsed.tokens[head.i - 1].lower == "short":
        return True  # "stopped short of saying"
    if verb.dep == "xcomp" and head.i != verb.i:
        return head.lemma in _FAILURES or is_negated(parsed, head)
    return False


def is_unreal(parsed: ParsedText, verb: Token) -> bool:
    """Whether the report itself is only asked about or supposed: "Did X say …?", "If X says …"."""
    below = [parsed.tokens[i] for i in parsed.children[verb.i] if i < verb.i]
    if verb.dep == "advcl" and any(t.dep == "mark" and t.lower in {"if", "unless"} for t in below):
        return True
    aux = next((t for t in below if t.dep == "aux" and t.lemma.lower() in _INVERTED), None)
    if aux is None or not any(t.dep == "nsubj" and t.i > aux.i for t in below):
        return False
    first = parsed.sentence_of(verb.i).first
    return not any(parsed.tokens[i].text[0].isalnum() for i in range(first, aux.i))


def is_growth(parsed: ParsedText, verb: Token) -> bool:
    """ "The economy added 52,000 jobs": an amount is added, nothing is said."""
    if verb.lemma.lower() != "add":
        return False
    things = [
        parsed.tokens[i]
        for i in parsed.children[verb.i]
        if i > verb.i and (parsed.tokens[i].dep == "dobj" or parsed.tokens[i].lower in _SHARES)
    ]
    return any(
        w.tag in {"CD", "$"} and w.lower != "one"  # "added one thing: …"
        for t in things
        for w in (t, *(parsed.tokens[i] for i in parsed.children[t.i]))
    )


def stance_of(parsed: ParsedText, verb: Token) -> Stance:
    """What the source does with the content, read from the cue verb and what stands around it."""
    lemma = verb.lemma.lower()
    head = parsed.tokens[verb.head]
    if lemma in _REFUSALS or (verb.dep == "xcomp" and head.lemma in _REFUSALS):
        return Stance.DECLINES
    stance = _plain_stance(lemma)
    if lemma == "call" and _calls_for(parsed, verb):
        stance = Stance.ASKS
    if not is_negated(parsed, verb):
        return stance
    # "does not believe it will" denies it; "did not deny", "would not say" and "has not confirmed"
    # commit the source to nothing (Biber et al. 1999 on transferred negation).
    return Stance.DENIES if lemma in _BELIEF else Stance.DECLINES


def _calls_for(parsed: ParsedText, verb: Token) -> bool:
    """ "called for an inquiry", "called on X to act": not "called him a liar"."""
    below = [parsed.tokens[i] for i in parsed.children[verb.i] if i > verb.i]
    return any(
        (t.dep == "prep" and t.lower in {"for", "on", "upon"})
        or any(parsed.tokens[i].dep == "aux" and parsed.tokens[i].tag == "TO" for i in parsed.children[t.i])
        for t in below
    )


def _plain_stance(lemma: str) -> Stance:
    for stance, lemmas in (
        (Stance.DENIES, DENY),
        (Stance.CONFIRMS, CONFIRM),
        (Stance.PROMISES, PROMISE),
        (Stance.EXPECTS, EXPECT),
        (Stance.DOUBTS, DOUBT),
        (Stance.ASKS, ASK | words_of("order instruct encourage")),
    ):
        if lemma in lemmas:
            return stance
    return Stance.ASSERTS


def noun_stance(lemma: str) -> Stance:
    """The stance that a noun cue gives: "the denial that", "hopes that"."""
    if lemma in {"call", "demand", "request", "proposal"}:
        return Stance.ASKS
    if lemma in {"refusal", "opposition"}:
        return Stance.DENIES
    if lemma in {"denial"}:
        return Stance.DENIES
    if lemma in {"confirmation", "acknowledgment", "admission"}:
        return Stance.CONFIRMS
    if lemma in {"promise", "pledge", "vow", "assurance", "offer", "threat"}:
        return Stance.PROMISES
    if lemma in {
        "belief",
        "view",
        "fear",
        "hope",
        "concern",
        "notion",
        "suspicion",
        "confidence",
        "speculation",
    }:
        return Stance.EXPECTS
    return Stance.ASSERTS
