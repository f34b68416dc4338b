"""Which person of the article a description means: "the mayor", "a former inspector", "the Norwegian"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from claimtrack.knowledge import Knowledge
from claimtrack.records import Resolution, SpeakerKind
from claimtrack.speakers.bodies import SPOKES
from claimtrack.speakers.cast import Figure
from claimtrack.speakers.descriptions import INDEFINITE, Description, plain
from claimtrack.speakers.names import fold, name_words, word_set
from claimtrack.speakers.nations import country_of, is_nation_word
from claimtrack.speakers.roles import (
    ROLE_NOUNS,
    agreement,
    gender_of_role,
    head_of,
    heads_agree,
    role_words,
)
from claimtrack.speakers.scene import STEM, Scene, resolution_of
from claimtrack.speakers.states import is_state

# Nouns that are said of holders of more special roles: the president is a leader, the leader no president.
_GENERAL = word_set(
    """leader official lawmaker legislator executive boss chief head politician officer expert scholar
    researcher scientist academic adviser advisor diplomat candidate lawyer attorney doctor physician
    journalist reporter writer author artist musician athlete player activist businessman businesswoman
    entrepreneur man woman boy girl teenager spokesman spokeswoman spokesperson representative"""
)
_CONTENDERS = word_set("candidate nominee contender hopeful frontrunner challenger rival")
_SUPERLATIVE = word_set("last first only next same other best worst top latest")
_AGED = re.compile(r"\b\d{1,3}[-‐‑ ]year[-‐‑ ]olds?\b")
_GOOD, _LIKELY, _BARE = 0.6, 0.5, 0.4  # of `agreement`: words found, head found, family found
_SOON = 3  # sentences after a lead in which its unnamed source gets a name
_LONGEST = 6  # words of a description of the last speaker
_BARE_REACH = 5  # sentences from a name to "the senator" and nothing more
_FAR = 10  # sentences from its only bearer to a role
_NEAR = 2  # sentences within which a description may take up the last speaker


def is_role(noun: str, knowledge: Knowledge) -> bool:
    """Whether a noun says what a person is: of the families of roles, or a known title ("sheikh")."""
    return noun in ROLE_NOUNS or knowledge.title(noun) is not None


def named_soon(scene: Scene, d: Description) -> Resolution | None:
    """A lead's "a health official" is the person whom the next sentences give that role and let speak."""
    if d.plural or d.determiner not in INDEFINITE or not is_role(d.noun, scene.knowledge):
        return None
    sentence = scene.sentence_at(d.span.start)
    for n, (figure, place) in enumerate(scene.sources_after(d.span, 4)):
        if scene.sentence_at(place) - sentence > _SOON:
            break
        new = figure.mentions[0].sentence > sentence
        if figure.kind is not SpeakerKind.PERSON or not new:
            continue
        if max((_overlap(d, role) for role in figure.roles), default=0.0) >= _LIKELY:
            return resolution_of(figure, d.text, "named in the next sentences", scene.knowledge)
        if n == 0 and _introduces(scene, d, figure, place):
            return resolution_of(figure, d.text, "named in the next paragraph", scene.knowledge)
    return None


def _introduces(scene: Scene, d: Description, figure: Figure, place: int) -> bool:
    """Whether the paragraph after a lead begins with a new full name that may be the lead's source."""
    if any(s.resolution.kind is SpeakerKind.PERSON for s in scene.spoken_before(d.span.start)):
        return False  # no lead any more
    paragraph = scene.parsed.sentences[scene.sentence_at(d.span.start)].paragraph
    following = scene.parsed.sentences[scene.sentence_at(place)].paragraph
    if paragraph > 1 or following != paragraph + 1 or len(name_words(figure.name)) < 2:
        return False
    if any(country_of(d.text) and country_of(r) not in ("", country_of(d.text)) for r in figure.roles):
        return False
    heads = [head_of(role) for role in figure.roles]
    public = d.noun == "official" and bool(SPOKES & set(heads))
    return not heads or public or any(heads_agree(d.noun, head) for head in heads)


def _overlap(d: Description, role: str) -> float:
    """How much of an indefinite description its bearer's role repeats; the heads need not be one word."""
    strict = agreement(d.text, role)
    if strict >= _GOOD:
        return strict
    here, there = country_of(d.text), country_of(role)
    if here and there and here != there:
        return 0.0
    wanted = {w for w in role_words(plain(d.text)) if w != d.noun and country_of(w) == ""}
    shared = bool(wanted & set(role_words(role)))
    general = d.noun in ("official", "person", "expert", "man", "woman", "leader", "lawmaker", "diplomat")
    return 0.3 * shared + 0.3 * bool(here and here == there) + 0.2 * general


def person(scene: Scene, d: Description) -> Resolution | None:
    """The named person whose role a definite description repeats."""
    if d.plural or d.determiner in INDEFINITE or not is_role(d.noun, scene.knowledge):
        return None
    rule = "description of a named person"
    if d.noun in SPOKES:
        rule = "spokesperson named elsewhere"
    found = _best(scene, d, _LIKELY if d.noun in SPOKES else _GOOD)
    if found is None:
        found, rule = _only_bearer(scene, d), "description of the only person with such a role"
    return _told(scene, found, d, rule) if found is not None else None


def _told(scene: Scene, figure: Figure, d: Description, rule: str) -> Resolution:
    """The answer; what it tells of the figure's country keeps the next description from meaning it too."""
    if _places(scene, d.text) and plain(d.text) not in figure.roles:
        figure.roles.append(plain(d.text))
    return resolution_of(figure, d.text, rule, scene.knowledge)


def _best(scene: Scene, d: Description, floor: float) -> Figure | None:
    """The person whose role agrees best with a description; the one named last where two agree alike."""
    gender = gender_of_role(d.noun)
    text = plain(d.text)
    former = "former" in role_words(text)
    scores: list[tuple[float, int, Figure]] = []
    for figure in scene.cast.persons():
        if gender and figure.gender and gender is not figure.gender:
            continue
        before = [m.span.start for m in figure.mentions if m.span.start < d.span.start and not m.title]
        score = max((_fits(text, d.noun, role) for role in figure.roles), default=0.0)
        score *= not _contradicts(scene, d, figure)
        score = max(score, _possessor_agreement(scene, d, figure))
        if score < floor or (before and not _modified(d) and _distance(scene, d, before) > _BARE_REACH):
            continue
        score -= 0.3 * (figure.is_former and not former) + 0.15 * (not before)
        scores.append((round(score, 2), max(before, default=-1), figure))
    return max(scores, key=lambda s: (s[0], s[1]))[2] if scores else None


def _distance(scene: Scene, d: Description, before: list[int]) -> int:
    return scene.sentence_at(d.span.start) - scene.sentence_at(max(before))


def _fits(text: str, noun: str, role: str) -> float:
    """The agreement of a description with a role; a special noun alone does not fit another special one."""
    score = agreement(text, role)
    words = set(role_words(text)) & set(role_words(role))
    if noun != head_of(role) and noun not in _GENERAL and not words and not country_of(text):
        return 0.0
    return score


def _only_bearer(scene: Scene, d: Description) -> Figure | None:
    """ "The former three-term governor": the only person here who is a governor, just spoken of."""
    if not _modified(d) or _places(scene, d.text) or is_nation_word(d.noun):
        return None
    here = scene.sentence_at(d.span.start)
    bearers = [f for f in scene.cast.persons() if any(head_of(role) == d.noun for role in f.roles)]
    if len(bearers) != 1:
        return None
    near = [m for m in bearers[0].mentions if 0 <= here - m.sentence <= _FAR]
    return bearers[0] if near and bearers[0] not in [f for _, f in scene.mentions_in(d.span)] else None


def _modified(d: Description) -> bool:
    return len(role_words(plain(d.text))) > 1


def _places(scene: Scene, text: str) -> frozenset[str]:
    """The places that a description or a role names, which must not contradict: "the Texas Republican".

    A place of the article counts with its adjective: "Ardistani" is of Ardistan.
    """
    if text not in scene.places:
        scene.places[text] = frozenset(_find_places(scene, text))
    return scene.places[text]


def _find_places(scene: Scene, text: str) -> Iterator[str]:
    for word in re.findall(r"\b[A-Z]\w+", text):
        folded = fold(word)
        if is_nation_word(word):
            yield country_of(word) or folded
        elif is_state(word):
            yield folded
        else:
            for end in range(STEM, len(folded) + 1):
                yield from scene.places_by_stem.get(folded[:end], ())


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


def last_speaker(scene: Scene, d: Description) -> Resolution | None:
    """ "The Norwegian", "the 34-year-old", "the Ohio Democrat": said of the person who spoke just before.

    Only where the description tells more than an office, no other person has come between, and nothing
    that the article says of the speaker speaks against it.
    """
    if d.plural or d.determiner != "the":
        return None
    aged, nation = bool(_AGED.search(d.text)), is_nation_word(d.noun)
    if not aged and not nation and not (_modified(d) and is_role(d.noun, scene.knowledge)):
        return None
    words = fold(plain(d.text)).split()
    if words[0] in _SUPERLATIVE or len(words) > _LONGEST:
        return None  # "the last man to cross it" sets apart, it does not take up
    last = next(scene.spoken_before(d.span.start), None)
    here = scene.sentence_at(d.span.start)
    if last is None or last.figure is None or not 0 <= here - last.sentence <= _NEAR:
        return None
    figure = last.figure
    between = scene.mentions_between(last.position, d.span.start)
    if figure.kind is not SpeakerKind.PERSON or any(
        f is not figure and f.kind is SpeakerKind.PERSON and m.subject and not m.quoted for m, f in between
    ):
        return None
    gender = gender_of_role(d.noun)
    if (gender and figure.gender and gender is not figure.gender) or _contradicts(scene, d, figure):
        return None
    return _told(scene, figure, d, "description of the last speaker")


def _contradicts(scene: Scene, d: Description, figure: Figure) -> bool:
    places = _places(scene, d.text)
    if any(
        places and others and not places & others for others in map(partial(_places, scene), figure.roles)
    ):
        return True
    heads = [head for role in figure.roles if (head := head_of(role)) not in _GENERAL | _CONTENDERS]
    general = d.noun in _GENERAL or is_nation_word(d.noun) or bool(_AGED.search(d.text))
    return bool(heads) and not general and not any(heads_agree(d.noun, head) for head in heads)
