"""A source of one or more words that is no pronoun: which of its names is meant, or what it describes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimtrack.language.parsed import Token
from claimtrack.records import Attribution, Resolution, Span, SpeakerKind
from claimtrack.speakers.bodies import BODY_DESCRIPTIONS, body, document, spokesperson
from claimtrack.speakers.cast import Figure, NameMention, choose_namesake
from claimtrack.speakers.confidence import resolution
from claimtrack.speakers.descriptions import DEFINITE, INDEFINITE, Description, describe, plain
from claimtrack.speakers.metonyms import canonical
from claimtrack.speakers.names import HONORIFICS, Fit, compare, fold, honorific, name_words, strip_possessive
from claimtrack.speakers.pairs import resolve_pair, several
from claimtrack.speakers.people import last_speaker, named_soon, person
from claimtrack.speakers.roles import ROLE_NOUNS, head_of, is_office, singular
from claimtrack.speakers.runs import is_honour
from claimtrack.speakers.scene import Scene, resolution_of

_INTO_CLAUSE = ("who", "that", "which", "including")
_ELDER, _YOUNGER = {"elder", "older", "senior"}, {"younger", "junior"}
_OFFSPRING = {"son", "daughter", "grandson", "granddaughter", "nephew", "niece", "stepson", "stepdaughter"}
_RULES = (spokesperson, document, named_soon, person, body, last_speaker)


def resolve_source(
    scene: Scene, attribution: Attribution, mention: str, spans: tuple[Span, ...] | None = None
) -> Resolution:
    """Who a source stands for; `spans` are other words than the source's own (a pronoun's antecedent)."""
    first = (spans or attribution.source)[0]
    pair = resolve_pair(scene, first, mention)
    if pair is not None:
        return pair
    known = _known(scene, mention)
    if known is not None and len(name_words(mention)) > 1:
        return known
    for span in spans or attribution.source:
        heads = _head_names(scene, span)
        if len(heads) > 1:
            return _several(scene, heads, mention)
        if heads:
            return _named(scene, *heads[0], mention, span)
    if not scene.mentions_in(first):
        figure = _by_text(scene, mention, first)
        if figure is not None:
            return resolution_of(figure, mention, "form of a name in the article", scene.knowledge)
        if known is not None:
            return known
    if len(attribution.source) > 1 and spans is None:
        return unnamed(scene, describe(scene, Span(first.start, first.end)))
    answer = _described(scene, first)
    return answer if answer.mention == mention else replace(answer, mention=mention)


def _described(scene: Scene, span: Span) -> Resolution:
    """The speaker that a source phrase without a name of its own stands for."""
    d = describe(scene, span)
    for rule in _RULES:
        found = rule(scene, d)
        if found is not None:
            return found
    return unnamed(scene, d)


def unnamed(scene: Scene, d: Description) -> Resolution:
    """A speaker that the article does not name: its description is its name."""
    name = plain(d.text) or "unspecified"
    if d.noun in BODY_DESCRIPTIONS and not d.plural and d.determiner in DEFINITE:
        # Only a name inside it ("the Ortega campaign") makes it the same body in another article.
        named = bool(scene.mentions_in(d.span)) and d.determiner not in ("his", "her", "their", "its")
        kind = SpeakerKind.ORGANISATION if named else SpeakerKind.UNNAMED
        return resolution(name, kind, d.text, "description of a body, unnamed")
    if d.plural:
        return resolution(name, SpeakerKind.GROUP, d.text, "group")
    roles = (name,) if d.noun in ROLE_NOUNS else ()
    if d.determiner not in INDEFINITE and is_office(name):
        # "The Norwegian Prime Minister": one person, known elsewhere by name.
        return resolution(name, SpeakerKind.PERSON, d.text, "office, not named here", roles)
    return resolution(name, SpeakerKind.UNNAMED, d.text, "unnamed source", roles)


def _head_names(scene: Scene, span: Span) -> list[tuple[NameMention, Figure]]:
    """The names that a source phrase is about: not possessors, not after a preposition, not modifiers."""
    inside = scene.mentions_in(span)
    d = describe(scene, span)
    if inside and d.plural and d.noun in ROLE_NOUNS and d.head and d.head.start >= inside[-1][0].span.end:
        return []  # "court and police spokesmen" are neither the court nor the police
    heads: list[tuple[NameMention, Figure]] = []
    passed: tuple[NameMention, Figure] | None = None  # the last name that the source is not about
    for mention, figure in inside:
        if heads:
            person_ = SpeakerKind.PERSON
            alike = (figure.kind is person_) == (heads[-1][1].kind is person_)
            if alike and _is_list(scene, heads, mention) and not _modifies(scene, mention, figure, span):
                heads.append((mention, figure))
            continue
        if _is_passed(scene, d, mention, figure, passed):
            passed = (mention, figure)
            continue
        heads.append((mention, figure))
    return heads


def _is_passed(
    scene: Scene,
    d: Description,
    mention: NameMention,
    figure: Figure,
    passed: tuple[NameMention, Figure] | None,
) -> bool:
    """Whether the source speaks of the name and goes on to, or comes from, somebody else."""
    span, text = d.span, scene.article.body
    before = scene.parsed.within(Span(span.start, _role_start(text, span, mention)))
    if any(t.pos in ("ADP", "SCONJ") or t.lower in _INTO_CLAUSE for t in before):
        # "the head of the bank, Ann Lee" goes on to a name, "critics, like Ann Lee" does not
        if before[-1].text != "," or len(before) < 3 or _exemplifies(before):
            return True
        # nor do "voters in Orlo, Tarn and Vell" and "a station in Orlo, Tarn"
        honoured = _behind(scene, mention, figure, span) != _after(scene, mention, span)
        adjacent = (
            passed is not None
            and not honoured
            and text[passed[0].span.end : mention.span.start].strip() == ","
        )
        if adjacent and passed is not None and passed[1].kind is figure.kind:
            return True
    if _modifies(scene, mention, figure, span):
        return True
    # "an anti-Lee super PAC", "a Globex": one of many, unless a comma gives its name
    indefinite = d.determiner in ("a", "an") and figure.kind is not SpeakerKind.PERSON
    return indefinite and not any(t.text in (",", "(") for t in before)


def _modifies(scene: Scene, mention: NameMention, figure: Figure, span: Span) -> bool:
    """Whether the name is only the first part of what the words name: "Globex's lawyer", "Globex shares"."""
    after = _behind(scene, mention, figure, span)
    if not after:
        return False
    if after[0].text == "/" or ((after[0].tag == "POS" or after[0].text in ("'s", "’s")) and len(after) > 1):
        return True
    beside = scene.article.body[mention.span.end : after[0].start].isspace()
    noun = after[0].pos in ("NOUN", "PROPN", "ADJ")
    return noun and beside and not _apposed_noun(scene, mention, figure, span)


def _after(scene: Scene, mention: NameMention, span: Span) -> tuple[Token, ...]:
    return scene.parsed.within(Span(mention.span.end, max(span.end, mention.span.end)))


def _behind(scene: Scene, mention: NameMention, figure: Figure, span: Span) -> tuple[Token, ...]:
    """The rest of the source behind a name, without the QC of "Ann Lee QC"."""
    after = _after(scene, mention, span)
    rest = after
    while rest and figure.kind is SpeakerKind.PERSON and is_honour(rest[0].text):
        rest = rest[1:]
    named = bool(rest) and rest[0].pos in ("NOUN", "PROPN")  # "Don Valley MP Ann Lee"
    return after if named or len(name_words(mention.name)) < 2 else rest


def _role_start(text: str, span: Span, mention: NameMention) -> int:
    """Where the role before a name begins ("Secretary of State"): its own prepositions lead to no name."""
    ahead = text[span.start : max(span.start, mention.span.start)].rstrip(" ,")
    for role in mention.roles:
        if ahead.endswith(role):
            return span.start + len(ahead) - len(role)
    return max(span.start, mention.span.start)


def _exemplifies(before: Sequence[Token]) -> bool:
    return any(t.lower in ("including", "like", "such", "among") for t in before)


def _is_list(scene: Scene, heads: list[tuple[NameMention, Figure]], mention: NameMention) -> bool:
    between = scene.article.body[heads[-1][0].span.end : mention.span.start].strip()
    if between in (",", "and", ", and", "&", "or"):
        return True
    # "Senator Ann Lee and Mayor Bo Ray": only a title between the two
    words = between.split()
    titled = 2 <= len(words) <= 6 and words[0] in ("and", "&") and "," not in between
    return titled and singular(fold(words[-1]).rstrip(".")) in ROLE_NOUNS | set(HONORIFICS)


def _apposed_noun(scene: Scene, mention: NameMention, figure: Figure, span: Span) -> bool:
    """ "Fjordnytt news agency", "Globex Inc": the noun after the name says what the name is."""
    if figure.kind is not SpeakerKind.ORGANISATION:
        return False
    rest = [
        t.lower
        for t in scene.parsed.within(Span(mention.span.end, span.end))
        if t.lower not in ("news", "online")
    ]
    return bool(rest) and rest[0] in BODY_DESCRIPTIONS - {"campaign", "office", "team"}


def _several(scene: Scene, heads: list[tuple[NameMention, Figure]], mention: str) -> Resolution:
    figures = list(dict.fromkeys(f for _, f in heads))
    if len(figures) == 1:
        return _named(scene, *heads[0], mention, heads[0][0].span)
    return several(scene, figures, mention, "several named speakers")


def _named(scene: Scene, mention: NameMention, figure: Figure, text: str, span: Span) -> Resolution:
    last = scene.parsed.within(mention.span)[-1:]
    if figure.kind is SpeakerKind.PERSON and last and last[0].tag == "NNPS" and fold(text).startswith("the "):
        return resolution(text, SpeakerKind.GROUP, text, "family")
    rule = "name"
    if figure.kind is SpeakerKind.PERSON and len(name_words(mention.name)) < len(name_words(figure.name)):
        others = [
            f
            for f in scene.cast.alike(mention.name)
            if f.kind is SpeakerKind.PERSON and compare(f.name, mention.name) is not Fit.DIFFERENT
        ]
        before = fold(scene.article.body[max(0, mention.span.start - 9) : mention.span.start]).split()
        age = set(before[-1:]) & (_ELDER | _YOUNGER)
        if age and len(others) > 1:
            kin = _by_age(others, younger=bool(age & _YOUNGER))
            if kin is None:
                return unnamed(scene, describe(scene, span))
            return resolution_of(kin, text, "the elder or the younger of a name", scene.knowledge)
        rule = "last name"
        if before and honorific(before[-1]):
            rule = "last name with honorific"
        if len(others) > 1:
            rule += ", one of several namesakes"
    elif figure.kind is not SpeakerKind.PERSON:
        rule = "name of a body"
        if fold(mention.name) != fold(figure.name):
            rule = "short form of a body's name"
        if scene.knowledge.metonym(figure.name) is not None:
            rule = "metonym"
    return resolution_of(figure, text, rule, scene.knowledge)


def _by_age(figures: Sequence[Figure], *, younger: bool) -> Figure | None:
    """The elder or younger of namesakes, where the article says whose child one of them is."""
    young = [
        f
        for f in figures
        if any(head_of(role) in _OFFSPRING for role in f.roles)
        or any(form.rstrip(".").endswith(" Jr") for form in f.forms)
    ]
    found = young if younger else [f for f in figures if f not in young]
    return found[0] if young and len(found) == 1 else None


def _by_text(scene: Scene, mention: str, span: Span) -> Figure | None:
    """A figure whose form the mention is, although its words were not seen as a name at this place."""
    name = plain(strip_possessive(mention))
    if not any(c.isupper() for c in name) or singular(fold(name)) in ROLE_NOUNS:
        return None
    figures = scene.cast.named(name)
    if not figures:
        return None
    probe = NameMention(
        span, name, figures[0].kind, False, scene.sentence_at(span.start), 0, True, False, False
    )
    return choose_namesake(figures, probe)


def _known(scene: Scene, mention: str) -> Resolution | None:
    """An outlet or a metonym of the starting knowledge, where the parse saw no name or a part of one."""
    name = plain(strip_possessive(mention))
    if not any(c.isupper() for c in name):
        return None
    found, kind = canonical(name, SpeakerKind.UNNAMED, scene.knowledge)
    if kind is SpeakerKind.UNNAMED:
        return None
    figure = next((f for f in scene.cast.named(name) if f.kind is not SpeakerKind.PERSON), None)
    if figure is not None:
        rule = "metonym" if scene.knowledge.metonym(figure.name) is not None else "name of a body"
        return resolution_of(figure, mention, rule, scene.knowledge)
    aliases = (name,) if name != found else ()
    return resolution(found, kind, mention, "starting knowledge", (), aliases)
