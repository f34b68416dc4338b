"""Whom a description stands for: "the mayor", "the agency", "a spokesman for the bank", "officials"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from claimtrack.language.parsed import Token
from claimtrack.records import Resolution, Span, SpeakerKind
from claimtrack.speakers.cast import Figure
from claimtrack.speakers.names import fold, name_words, word_set
from claimtrack.speakers.nations import country_of
from claimtrack.speakers.roles import (
    ROLE_NOUNS,
    agreement,
    gender_of_role,
    is_office,
    role_words,
    singular,
)
from claimtrack.speakers.runs import BODY_NOUNS
from claimtrack.speakers.scene import Scene, resolution_of

# Nouns for bodies; those of one line may stand for each other.
_BODY_SENSES = (
    word_set(
        """newspaper paper daily magazine outlet site website publication tabloid broadcaster channel
        network agency newswire wire station journal weekly blog"""
    ),
    word_set(
        """company firm corporation giant maker manufacturer startup developer studio retailer carrier
        airline operator bank lender business conglomerate automaker chain group"""
    ),
    word_set(
        """agency organization organisation body group institution institute center centre observatory
        watchdog charity foundation association union committee commission council programme program
        monitor think-tank nonprofit academy"""
    ),
    word_set(
        """ministry department government administration office agency authority cabinet"""
    ),
    frozenset(["party", "movement", "militia", "faction", "coalition", "alliance"]),
    frozenset(["campaign"]),
    frozenset(["court", "tribunal"]),
    frozenset(["university", "college", "school", "institute"]),
    frozenset(["team", "club", "side"]),
)  # fmt: skip
BODY_DESCRIPTIONS = frozenset(word for sense in _BODY_SENSES for word in sense)
_DOCUMENTS = frozenset(["report", "reports", "article", "story", "statement", "account", "dispatch"])
_MEDIA = _BODY_SENSES[0]
_SPOKES = {"spokesman", "spokeswoman", "spokesperson"}
_DEFINITE = {"the", "this", "that", "his", "her", "its", "their", "whose", "said"}
_INDEFINITE = {"a", "an", "one", "another", "some"}
_PLURAL_TAGS = {"NNS", "NNPS"}
_QUANTIFIERS = word_set(
    """some many most few several both all others other others two three four five six seven eight nine
    ten dozens hundreds thousands half none those these majority none each either"""
)


@dataclass(frozen=True, slots=True)
class Description:
    """A source phrase that is no name: its text, head noun and determiner."""

    span: Span
    text: str
    head: Token | None
    determiner: str
    plural: bool

    @property
    def noun(self) -> str:
        """The head noun, folded and in the singular."""
        return singular(fold(self.head.text)) if self.head is not None else ""


def describe(scene: Scene, span: Span) -> Description:
    """Take a source phrase apart."""
    tokens = scene.parsed.within(span)
    text = span.of(scene.article.body)
    head = _head_noun(scene, span)
    first = fold(tokens[0].text) if tokens else ""
    plural = bool(
        head and (head.tag in _PLURAL_TAGS or fold(head.text) in _QUANTIFIERS or head.lower == "people")
    )
    if tokens and ((tokens[0].pos == "NUM" and first != "one") or first in _QUANTIFIERS):
        plural = True
    return Description(span, text, head, first, plural)


def _head_noun(scene: Scene, span: Span) -> Token | None:
    """The head noun: the last noun before the first preposition, comma or clause (after any possessive)."""
    last: Token | None = None
    for token in scene.parsed.within(span):
        if token.pos in ("NOUN", "PROPN") or (token.pos == "ADJ" and last is None):
            last = token
        elif last is not None and last.pos in ("NOUN", "PROPN") and (
            token.pos in ("ADP", "VERB", "AUX", "SCONJ", "PRON") or token.text in (",", "(")
        ) and token.tag not in ("POS", "VBN", "VBG"):  # fmt: skip
            break
    return last or scene.head_of(span)


def plain(text: str) -> str:
    """The description as a name: without article, closing comma or quotation marks, on one line."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:.\"“”'‘’()[]")
    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) or text


def resolve_description(scene: Scene, span: Span) -> Resolution:
    """The speaker that a source phrase without a name of its own stands for."""
    d = describe(scene, span)
    for rule in (_spokesperson, _document, _named_soon, _person, _body):
        found = rule(scene, d)
        if found is not None:
            return found
    return unnamed(scene, d)


def unnamed(scene: Scene, d: Description) -> Resolution:
    """A speaker that the article does not name: its description is its name."""
    name = plain(d.text) or "unspecified"
    if d.noun in BODY_DESCRIPTIONS and not d.plural and d.determiner in _DEFINITE:
        # Only a name inside it ("the Ortega campaign") makes it the same body in another article.
        named = bool(scene.mentions_in(d.span))
        kind = SpeakerKind.ORGANISATION if named else SpeakerKind.UNNAMED
        return Resolution(name, kind, d.text, "description of a body, unnamed", 0.4)
    if d.plural:
        return Resolution(name, SpeakerKind.GROUP, d.text, "group", 0.8)
    roles = (name,) if d.noun in ROLE_NOUNS else ()
    if d.determiner not in _INDEFINITE and is_office(name):
        # "The Norwegian Prime Minister": one person, known elsewhere by name.
        return Resolution(name, SpeakerKind.PERSON, d.text, "office, not named here", 0.5, roles)
    return Resolution(name, SpeakerKind.UNNAMED, d.text, "unnamed source", 0.8, roles)


def _spokesperson(scene: Scene, d: Description) -> Resolution | None:
    """A spokesman without a name speaks for his organisation; one that is named is that person."""
    if d.plural or d.noun not in _SPOKES:
        return None
    if d.determiner not in _INDEFINITE:
        person = _best_person(scene, d, 0.5)
        if person is not None:
            return resolution_of(person, d.text, "spokesperson named elsewhere", 0.75, scene.knowledge)
    else:
        soon = _named_soon(scene, d)
        if soon is not None:
            return soon
    named = [(m, f) for m, f in scene.mentions_in(d.span) if f in scene.cast.bodies()]
    if named and not any(f in scene.cast.persons() for _, f in scene.mentions_in(d.span)):
        return resolution_of(named[-1][1], d.text, "spokesperson of an organisation", 0.7, scene.knowledge)
    for token in scene.parsed.within(d.span):
        if token is not d.head and fold(token.text) in BODY_DESCRIPTIONS | BODY_NOUNS:
            body = _best_body(scene, fold(token.text), set(role_words(d.text)), d.span.start)
            if body is not None:
                return resolution_of(body, d.text, "spokesperson of an organisation", 0.6, scene.knowledge)
    return None


def _document(scene: Scene, d: Description) -> Resolution | None:
    """ "The report" is whose report was told of last; "a new report" in a lead, whose comes next."""
    if d.noun not in _DOCUMENTS and (d.head is None or fold(d.head.text) not in _DOCUMENTS):
        return None
    words = [w for w in role_words(plain(d.text)) if w not in _DOCUMENTS | {"new", "latest", "this", "that"}]
    bodies = [f for _, f in scene.mentions_in(d.span) if f.kind is SpeakerKind.ORGANISATION]
    if bodies:
        return resolution_of(bodies[-1], d.text, "document of a named body", 0.7, scene.knowledge)
    if words or (d.plural and d.determiner in _DEFINITE | _QUANTIFIERS):
        return None
    if d.determiner in _DEFINITE:
        for spoken in scene.spoken_before(d.span.start):
            if spoken.resolution.kind is SpeakerKind.ORGANISATION:
                r = spoken.resolution
                return Resolution(
                    r.name, r.kind, d.text, "document of the last body to speak", 0.55, r.roles, r.aliases
                )
        return None
    if d.plural:
        return None
    for figure, _ in _sources_after(scene, d.span, 6):
        if figure in scene.cast.bodies() and _is_media(scene, figure):
            return resolution_of(figure, d.text, "document of the outlet named next", 0.5, scene.knowledge)
    return None


def _named_soon(scene: Scene, d: Description) -> Resolution | None:
    """A lead's "a health official" is the person whom the next sentences give that role and let speak."""
    if d.plural or d.determiner not in _INDEFINITE or d.noun not in ROLE_NOUNS:
        return None
    sentence = scene.sentence_at(d.span.start)
    for figure, place in _sources_after(scene, d.span, 4):
        if scene.sentence_at(place) - sentence > 3:
            break
        first = figure.mentions[0]
        new = first.sentence > sentence
        if figure.kind is SpeakerKind.PERSON and new and max(
            (_overlap(d, role) for role in figure.roles), default=0.0
        ) >= 0.5:  # fmt: skip
            return resolution_of(figure, d.text, "named in the next sentences", 0.65, scene.knowledge)
    return None


def _overlap(d: Description, role: str) -> float:
    """How much of an indefinite description its bearer's role repeats; the heads need not be one word."""
    strict = agreement(d.text, role)
    if strict >= 0.6:
        return strict
    here, there = country_of(d.text), country_of(role)
    if here and there and here != there:
        return 0.0
    wanted = {w for w in role_words(plain(d.text)) if w != d.noun and country_of(w) == ""}
    shared = bool(wanted & set(role_words(role)))
    general = d.noun in ("official", "person", "expert", "man", "woman", "leader", "lawmaker", "diplomat")
    return 0.3 * shared + 0.3 * bool(here and here == there) + 0.2 * general


def _sources_after(scene: Scene, span: Span, limit: int) -> list[tuple[Figure, int]]:
    """The figures named in the sources of the attributions that follow a place, nearest first."""
    out: list[tuple[Figure, int]] = []
    following = bisect_right(scene.sources, span.end, key=lambda pair: pair[0])
    for _, other in islice(scene.sources, following, None):
        for source in other.source:
            out.extend((f, m.span.start) for m, f in scene.mentions_in(source))
        if len(out) >= limit:
            break
    return out[:limit]


def _is_media(scene: Scene, figure: Figure) -> bool:
    return any(scene.knowledge.outlet_of_name(n) is not None for n in (figure.name, *figure.forms)) or bool(
        set(name_words(figure.name)) & _MEDIA
    )


def _person(scene: Scene, d: Description) -> Resolution | None:
    if d.plural or d.determiner in _INDEFINITE or d.noun not in ROLE_NOUNS:
        return None
    person = _best_person(scene, d, 0.6)
    if person is not None:
        return resolution_of(person, d.text, "description of a named person", 0.75, scene.knowledge)
    return None


def _best_person(scene: Scene, d: Description, floor: float) -> Figure | None:
    """The person whose role agrees best with a description; the one named last where two agree alike."""
    gender = gender_of_role(d.noun)
    text = plain(d.text)
    former = "former" in role_words(text)
    scores: list[tuple[float, int, Figure]] = []
    for figure in scene.cast.persons():
        if gender and figure.gender and gender is not figure.gender:
            continue
        before = [m.span.start for m in figure.mentions if m.span.start < d.span.start and not m.title]
        score = max((agreement(text, role) for role in figure.roles), default=0.0)
        score = max(score, _possessor_agreement(scene, d, figure))
        if score < floor or not (before or figure.mentions):
            continue
        score -= 0.3 * (figure.is_former and not former) + 0.15 * (not before)
        scores.append((round(score, 2), max(before, default=-1), figure))
    if not scores:
        return None
    return max(scores, key=lambda s: (s[0], s[1]))[2]


def _possessor_agreement(scene: Scene, d: Description, figure: Figure) -> float:
    """ "Globex's leader", or "whose leader" after Globex, fits a person with the role "Globex founder"."""
    inside = scene.mentions_in(d.span)
    words = {w for _, f in inside if f is not figure for w in name_words(f.name)}
    if d.determiner in ("whose", "its", "their"):
        here = scene.sentence_at(d.span.start)
        words |= {
            w
            for f in scene.cast.bodies()
            for m in f.mentions
            if m.sentence == here and m.span.end <= d.span.start
            for w in name_words(m.name)
        }
    elif not words:
        last = next(scene.spoken_before(d.span.start), None)
        if last is not None and last.figure is not None and last.figure.kind is SpeakerKind.ORGANISATION:
            words = set(name_words(last.figure.name))
    best = 0.0
    for role in figure.roles:
        if words & set(role_words(role)) and agreement(d.noun, role):
            best = max(best, 0.7)
    return best


def _body(scene: Scene, d: Description) -> Resolution | None:
    """ "The agency", "the site", "the ministry": the body named before that is such a thing."""
    if d.plural or d.determiner in _INDEFINITE or d.noun not in BODY_DESCRIPTIONS:
        return None
    words = {w for w in role_words(plain(d.text)) if w != d.noun}
    persons = any(f.kind is SpeakerKind.PERSON for _, f in scene.mentions_in(d.span))
    if persons or d.determiner in ("his", "her"):
        return None  # "the Ortega campaign" is no campaign that was named otherwise
    body = _best_body(scene, d.noun, words, d.span.start)
    if body is None:
        return None
    return resolution_of(body, d.text, "description of a named body", 0.65, scene.knowledge)


def _best_body(scene: Scene, noun: str, words: set[str], before: int) -> Figure | None:
    senses = [sense for sense in _BODY_SENSES if noun in sense]
    scores: list[tuple[float, int, Figure]] = []
    here = scene.sentence_at(before)
    for figure in scene.cast.bodies():
        places = [m for m in figure.mentions if m.span.start < before and not m.title]
        if not places or figure.name in scene.article.agencies:
            continue
        own = {w for form in (figure.name, *figure.forms) for w in name_words(form)}
        own_roles = {w for role in figure.roles for w in role_words(role)}
        score = 0.0
        if noun in own | own_roles:
            score += 1.2
        elif any((own | own_roles) & sense for sense in senses):
            score += 0.8
        elif _MEDIA in senses and _is_media(scene, figure):
            score += 0.9
        elif figure.kind is SpeakerKind.GOVERNMENT or (own & BODY_NOUNS):
            continue
        score += 0.4 * len(words & (own | own_roles))
        last = places[-1]
        score += 0.5 * 0.8 ** (here - last.sentence) + 0.2 * any(m.subject for m in places)
        score += 0.3 * (figure in scene.speaking)
        scores.append((score, last.span.start, figure))
    best = max(scores, key=lambda s: (s[0], s[1]), default=None)
    return best[2] if best is not None and best[0] >= 0.6 else None
