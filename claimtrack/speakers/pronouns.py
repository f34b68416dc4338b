"""Who a pronoun stands for: a small, explainable ranking of what came before it.

The factors are those of Lappin and Leass (1994) that survive without full syntax: recency by
sentence, subjects before objects before possessors, agreement in gender; and one of our own for
reporting: who spoke last goes on speaking.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from claimtrack.language.parsed import Token
from claimtrack.records import Attribution, Resolution, Span, SpeakerKind
from claimtrack.speakers.cast import Figure, NameMention
from claimtrack.speakers.confidence import same_speaker
from claimtrack.speakers.names import Gender, fold
from claimtrack.speakers.roles import ROLE_NOUNS, gender_of_role, singular
from claimtrack.speakers.scene import Scene, Spoken, resolution_of

GENDERED = {
    "he": Gender.MALE, "him": Gender.MALE, "his": Gender.MALE, "himself": Gender.MALE,
    "she": Gender.FEMALE, "her": Gender.FEMALE, "hers": Gender.FEMALE, "herself": Gender.FEMALE,
}  # fmt: skip
PLURAL = {"they", "them", "their", "theirs", "themselves", "these", "those", "both"}
NEUTER = {"it", "its", "itself", "this"}
FIRST = {"i", "me", "my", "myself", "mine", "we", "us", "our", "ours", "ourselves"}
RELATIVE = {"who", "whom", "whose", "which", "that"}
PRONOUNS = set(GENDERED) | PLURAL | NEUTER | FIRST | RELATIVE | {"you"}
_REACH = 8  # sentences; a pronoun that far from its name is rare in news
_CLOSE = 0.3  # weights that near to each other are a close call


def person_before(
    scene: Scene, place: Span, attribution: Attribution, gender: Gender, mention: str
) -> Resolution | None:
    """The person that "he" or "she" at `place` stands for."""
    return _best(scene, place, attribution, {SpeakerKind.PERSON}, gender, mention)


def body_before(scene: Scene, place: Span, attribution: Attribution, mention: str) -> Resolution | None:
    """The organisation or government that "it" at `place` stands for."""
    bodies = {SpeakerKind.ORGANISATION, SpeakerKind.GOVERNMENT}
    return _best(scene, place, attribution, bodies, None, mention)


def unnamed_before(
    scene: Scene, place: Span, attribution: Attribution, gender: Gender, mention: str
) -> Resolution | None:
    """ "A neighbor said … She added": one whom nobody names and who spoke last goes on speaking."""
    last = next(scene.spoken_before(place.start), None)
    here = scene.sentence_at(place.start)
    if last is None or last.resolution.kind is not SpeakerKind.UNNAMED or not 0 <= here - last.sentence <= 1:
        return None
    words = fold(last.resolution.name).split()
    stated = gender_of_role(last.resolution.name)
    if not any(singular(word) in ROLE_NOUNS for word in words) or stated not in (None, gender):
        return None
    for m, figure in scene.mentions_between(last.position, place.start):
        told = any(content.covers(m.span) for content in attribution.content)
        apart = gender is not figure.gender and figure.gender is not None
        if figure.kind is SpeakerKind.PERSON and m.subject and not m.quoted and not told and not apart:
            return None
    return same_speaker(last.resolution, mention, "pronoun: the last speaker, unnamed")


def _best(
    scene: Scene,
    place: Span,
    attribution: Attribution,
    kinds: set[SpeakerKind],
    gender: Gender | None,
    mention: str,
) -> Resolution | None:
    here = scene.sentence_at(place.start)
    reach = scene.parsed.sentences[max(0, here - _REACH)].span.start
    near: defaultdict[Figure, list[float]] = defaultdict(list)
    for m, figure in scene.mentions_between(reach, place.start):
        near[figure].append(_weight(m, here, place, attribution))
    for s in scene.spoken_before(place.start):
        if here - s.sentence > _REACH:
            break
        if s.figure is not None:
            near[s.figure].append(_spoken_weight(s, here))
    scores: list[tuple[float, int, Figure]] = []
    for figure in sorted(near, key=scene.cast.place_of):
        best = max(near[figure])
        other = gender and figure.gender and figure.gender is not gender
        if figure.kind not in kinds or other or best <= 0:
            continue
        if gender and figure.gender is gender:
            best *= 1.2
        last = max((m.span.start for m in figure.mentions if m.span.end <= place.start), default=0)
        scores.append((best + 0.02 * len(figure.mentions), last, figure))
    if not scores:
        return None
    scores.sort(key=lambda s: (-s[0], -s[1]))
    close = len(scores) > 1 and scores[0][0] - scores[1][0] < _CLOSE
    rule = "pronoun: recency and role" + ", a close call" * close
    figure = scores[0][2]
    if gender and figure.gender is None and not close:
        figure.genders[gender] += 1  # "he" told what the name did not: the next "she" is somebody else
    return resolution_of(figure, mention, rule, scene.knowledge)


def _weight(m: NameMention, here: int, place: Span, attribution: Attribution) -> float:
    distance = here - m.sentence
    if m.span.end > place.start or distance > _REACH or m.title:
        return 0.0
    weight = 1.0 if m.subject else 0.65
    if m.possessor:
        weight = 0.5
    if m.quoted:
        weight *= 0.35  # whoever a quotation speaks of is seldom the one who speaks it
    if any(content.covers(m.span) for content in attribution.content):
        weight *= 0.4
    return float(weight * 0.75**distance)


def _spoken_weight(s: Spoken, here: int) -> float:
    distance = here - s.sentence
    return float(1.25 * 0.8**distance) if 0 <= distance <= _REACH else 0.0


def group_before(scene: Scene, place: Span) -> Resolution | None:
    """Whom "they" at `place` stands for: the last plural or collective speaker, or plural subject."""
    here = scene.sentence_at(place.start)
    for s in scene.spoken_before(place.start):
        if here - s.sentence <= 3 and s.resolution.kind is not SpeakerKind.PERSON and s.resolution.name:
            return s.resolution
    tokens = scene.parsed.within(Span(0, place.start))
    for token in reversed(tokens):
        if here - scene.parsed.sentence_of(token.i).i > 1:
            return None
        if token.tag in ("NNS", "NNPS") and token.dep in ("nsubj", "nsubjpass"):
            left = min(scene.parsed.subtree(token.i))
            text = scene.article.body[scene.parsed.tokens[left].start : token.end]
            return Resolution(text, SpeakerKind.GROUP, "", "plural subject before")
    return None


def antecedent_of_relative(scene: Scene, place: Span) -> Span | None:
    """The noun phrase that "who" or "which" at `place` hangs on."""
    tokens = scene.parsed.within(place)
    if not tokens:
        return None
    relative = tokens[-1]
    for verb in scene.parsed.ancestors(relative.i):
        if verb.dep == "relcl":
            noun = (
                _person_above(scene, verb.head) if relative.lower == "who" else scene.parsed.tokens[verb.head]
            )
            below = [
                i
                for i in scene.parsed.subtree(noun.i)
                if i < verb.i and scene.parsed.tokens[i].end <= place.start
            ]
            if below:
                return Span(scene.parsed.tokens[below[0]].start, scene.parsed.tokens[below[-1]].end)
    return None


def _person_above(scene: Scene, i: int) -> Token:
    """The noun that "who" may mean: "a pollster with the party who …" is about the pollster."""
    tokens = scene.parsed.tokens
    noun = tokens[i]
    while noun.tag not in ("NNS", "NNPS") and not (noun.pos == "PROPN" and noun.entity in ("PERSON", "")):
        if singular(noun.lower) in ROLE_NOUNS and noun.dep != "appos":
            break
        above = next(
            (t for t in scene.parsed.ancestors(noun.i) if t.pos in ("NOUN", "PROPN", "VERB", "AUX")), None
        )
        if noun.dep not in ("pobj", "appos") or above is None or above.pos not in ("NOUN", "PROPN"):
            return noun if singular(noun.lower) in ROLE_NOUNS else tokens[i]
        noun = above
    return noun


def enclosing(scene: Scene, place: Span, own: Attribution) -> int | None:
    """The index of the narrowest other attribution whose content covers `place`, or None."""
    spans, longest = scene.contents
    first = bisect_left(spans, (place.start - longest,))
    last = bisect_left(spans, (place.start + 1,))
    sizes = [
        (span.end - span.start, i)
        for _, i, span in spans[first:last]
        if span.covers(place) and scene.attributions[i] is not own and span not in own.content
    ]
    return min(sizes)[1] if sizes else None
