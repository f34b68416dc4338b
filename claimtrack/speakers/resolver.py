"""From source mentions to speakers, inside one article.

`resolve` answers for each attribution who its source words stand for.  The rules, in the order in which
they are tried, are told in docs/how-speakers-are-resolved.md; each answer names the rule it came by.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText
from claimtrack.records import Article, Attribution, Kind, Resolution, Span, SpeakerKind, joined
from claimtrack.speakers.cast import assemble
from claimtrack.speakers.confidence import resolution, same_speaker
from claimtrack.speakers.descriptions import plain
from claimtrack.speakers.mentions import find_mentions
from claimtrack.speakers.names import fold
from claimtrack.speakers.pairs import resolve_pair
from claimtrack.speakers.pronouns import (
    FIRST,
    GENDERED,
    NEUTER,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    antecedent_of_relative,
    body_before,
    enclosing,
    group_before,
    person_before,
    unnamed_before,
)
from claimtrack.speakers.scene import Scene, Spoken, resolution_of
from claimtrack.speakers.sources import resolve_source

UNSPECIFIED = "unspecified"
_WE = ("we", "us", "our", "ours", "ourselves")


def resolve(
    article: Article, parsed: ParsedText, attributions: Sequence[Attribution], knowledge: Knowledge
) -> list[Resolution]:
    """One resolution for each attribution, in the same order.

    Pure: the same article and attributions give the same answer.  A source that stands for nobody the
    article names is resolved to its own description; nothing is left out and nothing raises.
    """
    cast = assemble(find_mentions(article, parsed, knowledge))
    scene = Scene(article, parsed, knowledge, cast, tuple(attributions))
    done: dict[int, Resolution] = {}
    for i in sorted(range(len(attributions)), key=lambda i: (_place(attributions[i]), i)):
        _resolve_one(scene, i, done, ())
    return [done[i] for i in range(len(attributions))]


def _place(attribution: Attribution) -> int:
    return attribution.source[0].start if attribution.source else attribution.content[0].start


def _resolve_one(scene: Scene, i: int, done: dict[int, Resolution], open_: tuple[int, ...]) -> Resolution:
    if i in done:
        return done[i]
    attribution = scene.attributions[i]
    mention = joined(scene.article.body, attribution.source)
    if attribution.kind is Kind.OWN_VOICE:
        # An article without a known outlet has no such attributions.
        name = scene.article.outlet or UNSPECIFIED
        answer = resolution(name, SpeakerKind.ORGANISATION, "", "own voice")
    elif not mention.strip():
        answer = _without_source(scene, i)
    else:
        word = fold(mention).strip(' ,.;:"“”')
        if word in PRONOUNS:
            answer = _pronoun(scene, i, word, mention, done, (*open_, i))
        else:
            answer = resolve_source(scene, attribution, mention)
    done[i] = answer
    figure = scene.cast.first_of(answer.name, answer.aliases, answer.kind)
    if attribution.source:
        place = _place(attribution)
        scene.add_spoken(Spoken(place, scene.sentence_at(place), answer, figure))
    return answer


def _without_source(scene: Scene, i: int) -> Resolution:
    """Words in quotation marks without a source go on from the last speaker of the same paragraph."""
    attribution = scene.attributions[i]
    if attribution.kind in (Kind.DIRECT, Kind.MIXED):
        place = attribution.content[0].start
        here = scene.parsed.sentences[scene.sentence_at(place)] if scene.parsed.sentences else None
        for spoken in scene.spoken_before(place):
            near = scene.parsed.sentences[spoken.sentence]
            if here is not None and here.paragraph - near.paragraph <= (attribution.kind is Kind.MIXED):
                return same_speaker(spoken.resolution, "", "quotation continued")
            break
    return resolution(UNSPECIFIED, SpeakerKind.UNNAMED, "", "no source in the text")


def _pronoun(
    scene: Scene, i: int, word: str, mention: str, done: dict[int, Resolution], open_: tuple[int, ...]
) -> Resolution:
    attribution = scene.attributions[i]
    place = attribution.source[0]
    if word in FIRST:
        return _first_person(scene, i, word, mention, done, open_)
    if word in RELATIVE:
        found = _relative(scene, attribution, mention)
    elif word in PLURAL:
        found = _plural(scene, place, word, mention)
    elif word in GENDERED:
        found = unnamed_before(scene, place, attribution, GENDERED[word], mention)
        found = found or person_before(scene, place, attribution, GENDERED[word], mention)
    else:
        found = body_before(scene, place, attribution, mention) if word in NEUTER else None
    if found is not None:
        return found
    kind = SpeakerKind.GROUP if word in PLURAL else SpeakerKind.UNNAMED
    return resolution(word, kind, mention, "pronoun without an antecedent")


def _first_person(
    scene: Scene, i: int, word: str, mention: str, done: dict[int, Resolution], open_: tuple[int, ...]
) -> Resolution:
    """ "I" and "we": whoever is quoted; outside a quotation the author or the outlet."""
    attribution = scene.attributions[i]
    outer = enclosing(scene, attribution.source[0], attribution)
    if outer is not None and outer not in open_:
        return same_speaker(
            _resolve_one(scene, outer, done, open_), mention, "first person inside a quotation"
        )
    if word in _WE and scene.article.outlet:
        return resolution(scene.article.outlet, SpeakerKind.ORGANISATION, mention, "the outlet itself")
    name = scene.article.byline or "author"
    kind = SpeakerKind.PERSON if scene.article.byline else SpeakerKind.UNNAMED
    return resolution(name, kind, mention, "the author")


def _relative(scene: Scene, attribution: Attribution, mention: str) -> Resolution | None:
    """ "who", "which": the noun they hang on."""
    place = attribution.source[0]
    before = antecedent_of_relative(scene, place)
    if before is not None:
        found = resolve_source(scene, attribution, before.of(scene.article.body), (before,))
        return same_speaker(found, mention, "relative pronoun")
    here = scene.parsed.sentences[scene.sentence_at(place.start)].span.start
    near = [
        (m.span.end, f) for m, f in scene.mentions_between(here, place.start) if m.span.end <= place.start
    ]
    if not near:
        return None
    figure = max(near, key=lambda n: n[0])[1]
    return resolution_of(figure, mention, "relative pronoun: nearest name", scene.knowledge)


def _plural(scene: Scene, place: Span, word: str, mention: str) -> Resolution | None:
    """ "they", "both": the pair or the group that spoke, or was spoken of, last."""
    if word == "both":
        return resolve_pair(scene, place, mention)
    group = group_before(scene, place)
    if group is None:
        return None
    name = plain(group.name) if group.kind is SpeakerKind.GROUP else group.name
    return resolution(name, group.kind, mention, "plural pronoun: last group", group.roles, group.aliases)
