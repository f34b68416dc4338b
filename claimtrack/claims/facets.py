"""What a claim's content speaks of, measured once: polarity, modality, tense, numbers, days, names, words."""

from __future__ import annotations

import re
from datetime import date

from claimtrack.claims.periods import find_with_places
from claimtrack.claims.quantities import find_quantities
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import (
    Article,
    Attribution,
    Facets,
    Kind,
    MarkKind,
    Modality,
    Period,
    Span,
    Stance,
)
from claimtrack.speakers.names import HONORIFICS, fold, word_set
from claimtrack.speakers.roles import ROLE_NOUNS

_NAMES = {"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"}
_PLACES = {"GPE", "LOC", "FAC"}
_NO_CLAUSE = {"aux", "auxpass", "relcl", "acl", "amod", "advcl", "pcomp", "compound"}
_DETERMINERS = {"det", "neg", "preconj", "cc", "nummod", "advmod"}
_NOUN_PARTS = {"compound", "amod", "conj", "poss", "flat", "nmod"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_TERMS = {"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"}
_NEVER = {"never", "neither", "none", "nobody", "nothing", "nowhere", "hardly", "no"}
# Verbs and adjectives that negate what they govern ("denied that", "the reports are unfounded").
_DENIALS = word_set("""deny negate refute reject dispute lack fail refuse rebut disprove debunk""")
_FALSE = word_set(
    """incorrect unfounded false untrue baseless wrong groundless bogus inaccurate misleading rumor
    rumour hoax fabrication fabricated fiction nonsense lie myth"""
)
_PLANS = word_set("""plan intend aim prepare schedule agree promise vow pledge hope want due set about""")
_POSSIBLE = frozenset(["may", "might", "could", "can"])
_ADVERBS_POSSIBLE = word_set("maybe perhaps possibly probably likely potentially possible")
_STOP = word_set(
    """be have do will would shall should may might can could must say tell add not no nor so very too
    also just more most much many such own same other only then than there here when where why how
    all any both each few some that this these those it he she they we you i who which what as if
    because while about into over after before up down out off again further once"""
)


def measure(article: Article, parsed: ParsedText, attribution: Attribution, day: date | None) -> Facets:
    """All facets of one claim; `day` is when it was stated, against which its days are resolved."""
    tokens = [t for span in attribution.content for t in parsed.within(span)]
    if not tokens:
        return Facets()
    inside = {t.i for t in tokens}
    root = _main(tokens, inside)
    modality = _modality(parsed, attribution, tokens, root, inside)
    tense = _tense(parsed, root, modality)
    places = _periods(parsed, attribution.content, day, future=modality is Modality.PLANNED)
    names = _names(parsed, tokens)
    return Facets(
        negated=_negated(parsed, root, inside),
        modality=modality,
        tense=tense,
        quantities=tuple(find_quantities(parsed, attribution.content, [place for place, _ in places])),
        periods=tuple(period for _, period in places),
        places=tuple(dict.fromkeys(name for name, label in names if label in _PLACES)),
        entities=tuple(dict.fromkeys(name for name, _ in names)),
        subject=_subject(parsed, root, inside),
        verb=root.lemma.lower() if root.pos in ("VERB", "AUX") else "",
        terms=tuple(t.lemma.lower() for t in tokens if _is_term(t)),
        context=_context(article, parsed, tokens, inside),
    )


def _main(tokens: list[Token], inside: set[int]) -> Token:
    """The head of the content's main clause: the first verb that no word of the content governs."""
    tops = [t for t in tokens if t.head not in inside or t.head == t.i]
    verbs = [t for t in tops if t.pos in ("VERB", "AUX") and t.dep not in ("aux", "auxpass")]
    if verbs:
        return verbs[0]
    below = [t for t in tokens if t.pos in ("VERB", "AUX") and t.dep not in _NO_CLAUSE]
    return (
        below[0]
        if below and not any(t.pos in ("NOUN", "ADJ") and t.i < below[0].i for t in tops)
        else tops[0]
    )


def _children(parsed: ParsedText, token: Token, inside: set[int]) -> list[Token]:
    return [parsed.tokens[i] for i in parsed.children[token.i] if i in inside]


def _negated(parsed: ParsedText, root: Token, inside: set[int]) -> bool:
    """Whether the main clause is negated: by a particle, by "no" before its subject or object, by a verb
    or adjective of denial; two of them cancel out."""
    count = 0
    children = _children(parsed, root, inside)
    count += any(c.dep == "neg" or c.lower in ("never", "neither", "n't", "n’t") for c in children)
    arguments = [c for c in children if c.dep in ("nsubj", "nsubjpass", "dobj", "attr", "expl", "oprd")]
    count += any(_is_no(parsed, a, inside) for a in arguments) or (
        not arguments and _is_no(parsed, root, inside)
    )
    count += root.lemma.lower() in _DENIALS
    count += any(c.lemma.lower() in _FALSE for c in children if c.dep in ("acomp", "attr", "oprd")) or (
        root.lemma.lower() in _FALSE and not any(c.dep == "neg" for c in children)
    )
    yet = any(c.lower == "yet" for c in children) and root.lemma.lower() in ("have", "be")
    return (count + yet) % 2 == 1


def _is_no(parsed: ParsedText, noun: Token, inside: set[int]) -> bool:
    if noun.lower in _NEVER:
        return True
    children = _children(parsed, noun, inside)
    return any(c.lower in ("no", "neither") and c.dep in _DETERMINERS for c in children)


def _modality(
    parsed: ParsedText, attribution: Attribution, tokens: list[Token], root: Token, inside: set[int]
) -> Modality:
    first = attribution.content[0].start
    lead = parsed.body[max(0, first - 12) : first].lower()
    opening = fold(tokens[0].text)
    text = " ".join(span.of(parsed.body) for span in attribution.content)
    asked = opening == "whether" or bool(re.search(r"\bwhether\s*$", lead))
    if asked or text.rstrip(" ”\"’'").endswith("?") or attribution.stance is Stance.ASKS:
        return Modality.ASKED
    auxiliaries = {
        t.lower for t in _chain(parsed, root, inside) for t in _children(parsed, t, inside) if t.dep == "aux"
    }
    conditional = any(
        c.dep == "advcl" and any(parsed.tokens[i].lower in ("if", "unless") for i in parsed.children[c.i])
        for c in _children(parsed, root, inside)
    )
    if conditional:
        return Modality.HYPOTHETICAL
    if auxiliaries & _POSSIBLE - {"can"} or _says_possible(parsed, root, inside):
        return Modality.POSSIBLE
    if auxiliaries & {"will", "shall", "’ll", "'ll", "wo"}:
        return Modality.PLANNED
    if auxiliaries & {"would", "’d", "'d"}:
        # "He said he would go" is the past of "I will go"; "it would help" in quotes is a supposition.
        return Modality.HYPOTHETICAL if attribution.kind is Kind.DIRECT else Modality.PLANNED
    return Modality.PLANNED if _is_plan(parsed, root, inside) else Modality.ACTUAL


def _chain(parsed: ParsedText, root: Token, inside: set[int]) -> list[Token]:
    """The main verb and the verbs coordinated with it."""
    return [
        root,
        *(c for c in _children(parsed, root, inside) if c.dep == "conj" and c.pos in ("VERB", "AUX")),
    ]


def _says_possible(parsed: ParsedText, root: Token, inside: set[int]) -> bool:
    return any(
        c.lower in _ADVERBS_POSSIBLE and c.dep in ("advmod", "acomp", "attr")
        for c in _children(parsed, root, inside)
    )


def _is_plan(parsed: ParsedText, root: Token, inside: set[int]) -> bool:
    """ "Is going to", "plans to", "was set to", "is to", "is scheduled to", "is due to"."""
    heads = [root, *(c for c in _children(parsed, root, inside) if c.dep == "acomp")]
    for head in heads:
        clauses = [c for c in _children(parsed, head, inside) if c.dep in ("xcomp", "advcl", "ccomp")]
        infinitive = any(parsed.tokens[i].tag == "TO" for c in clauses for i in parsed.children[c.i])
        if infinitive and (
            head.lemma.lower() in _PLANS or (head.lower == "going") or head.lemma.lower() == "be"
        ):
            return True
    return False


def _tense(parsed: ParsedText, root: Token, modality: Modality) -> str:
    auxiliaries = [
        parsed.tokens[i] for i in parsed.children[root.i] if parsed.tokens[i].dep in ("aux", "auxpass")
    ]
    if modality is Modality.PLANNED:
        return "future"
    if root.tag == "VBD" or any(
        a.tag == "VBD" and a.lower not in ("could", "would", "might") for a in auxiliaries
    ):
        return "past"
    if root.tag == "VBN" and any(a.lemma.lower() == "have" for a in auxiliaries):
        return "past"
    return "present"


def _subject(parsed: ParsedText, root: Token, inside: set[int]) -> tuple[str, ...]:
    for child in _children(parsed, root, inside):
        if child.dep in _SUBJECTS:
            words = [parsed.tokens[i] for i in parsed.subtree(child.i) if i in inside]
            near = [t for t in words if t.i == child.i or (t.dep in _NOUN_PARTS and t.pos != "DET")]
            return tuple(t.lemma.lower() for t in near if t.pos in ("NOUN", "PROPN", "ADJ", "PRON", "NUM"))
    return ()


def _is_term(token: Token) -> bool:
    lemma = token.lemma.lower()
    return token.pos in _TERMS and lemma not in _STOP and token.dep not in ("aux", "auxpass", "neg") and (
        any(c.isalnum() for c in lemma)
    )  # fmt: skip


def _periods(
    parsed: ParsedText, content: tuple[Span, ...], day: date | None, future: bool
) -> list[tuple[Span, Period]]:
    out: list[tuple[Span, Period]] = []
    for span in content:
        for start, end, period in find_with_places(span.of(parsed.body), day, future):
            out.append((Span(span.start + start, span.start + end), period))
    return out


def _names(parsed: ParsedText, tokens: list[Token]) -> list[tuple[str, str]]:
    """Each name in the content, in lower case and without titles, with its label ("" for none)."""
    out: list[tuple[str, str]] = []
    group: list[Token] = []

    def flush() -> None:
        while group and (fold(group[0].text).rstrip(".") in HONORIFICS or fold(group[0].text) in ROLE_NOUNS
                         or group[0].pos in ("DET", "PUNCT")):  # fmt: skip
            group.pop(0)
        while group and (
            group[-1].tag == "POS" or group[-1].pos in ("PUNCT", "DET") or group[-1].text in ("’s", "'s")
        ):
            group.pop()
        if group and any(t.pos == "PROPN" for t in group):
            text = parsed.body[group[0].start : group[-1].end]
            label = next((t.entity for t in group if t.entity), "")
            out.append((re.sub(r"[\s‐‑-]+", " ", fold(text)).strip(" .,'"), label))
        group.clear()

    for token in tokens:
        named = token.entity in _NAMES or (not token.entity and token.pos == "PROPN")
        adjacent = bool(group) and token.i == group[-1].i + 1
        goes_on = adjacent and not token.entity_start and token.entity == group[-1].entity
        if not goes_on:
            flush()
        if named:
            group.append(token)
    flush()
    return [(name, label) for name, label in out if name]


def _context(article: Article, parsed: ParsedText, tokens: list[Token], inside: set[int]) -> tuple[str, ...]:
    """Lemmas around the content: the rest of its sentences, the sentence before, and the title."""
    numbers = sorted({parsed.sentence_of(t.i).i for t in tokens})
    wanted = {*numbers, max(0, numbers[0] - 1), 0}
    titles = [m.span for m in article.marks if m.kind is MarkKind.TITLE]
    wanted |= {s.i for title in titles for s in parsed.sentences_in(title)}
    words = [t for n in sorted(wanted) for t in parsed.words(parsed.sentences[n]) if t.i not in inside]
    kept = (
        t.lemma.lower()
        for t in words
        if t.pos in ("NOUN", "PROPN", "VERB") and any(c.isalpha() for c in t.lemma)
    )
    return tuple(dict.fromkeys(kept))
