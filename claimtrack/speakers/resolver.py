"""From source mentions to speakers, inside one article.

`resolve` answers for each attribution who its source words stand for.  The rules, in the order in which
they are tried, are told in docs/how-speakers-are-resolved.md; each answer names the rule it came by.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Article, Attribution, Kind, Resolution, Span, SpeakerKind, joined
from claimtrack.speakers.cast import Figure, NameMention, assemble, choose_namesake
from claimtrack.speakers.descriptions import (
    BODY_DESCRIPTIONS,
    describe,
    plain,
    resolve_description,
    unnamed,
)
from claimtrack.speakers.mentions import find_mentions
from claimtrack.speakers.metonyms import canonical
from claimtrack.speakers.names import HONORIFICS, Fit, compare, fold, honorific, name_words, strip_possessive
from claimtrack.speakers.pronouns import (
    FIRST,
    GENDERED,
    NEUTER,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    antecedent_of_relative,
    as_resolution,
    body_before,
    enclosing,
    group_before,
    person_before,
)
from claimtrack.speakers.roles import ROLE_NOUNS, singular
from claimtrack.speakers.scene import Scene, Spoken, resolution_of

UNSPECIFIED = "unspecified"
_INTO_CLAUSE = ("who", "that", "which", "including")


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


def _own_voice(scene: Scene) -> Resolution:
    """The outlet speaks for itself; an article without a known outlet has no such attributions."""
    name = scene.article.outlet or UNSPECIFIED
    return Resolution(name, SpeakerKind.ORGANISATION, "", "own voice")


def _place(attribution: Attribution) -> int:
    return attribution.source[0].start if attribution.source else attribution.content[0].start


def _resolve_one(scene: Scene, i: int, done: dict[int, Resolution], open_: tuple[int, ...]) -> Resolution:
    if i in done:
        return done[i]
    attribution = scene.attributions[i]
    mention = joined(scene.article.body, attribution.source)
    if attribution.kind is Kind.OWN_VOICE:
        answer = _own_voice(scene)
    elif not mention.strip():
        answer = _without_source(scene, i)
    else:
        word = fold(mention).strip(' ,.;:"“”')
        if word in PRONOUNS:
            answer = _pronoun(scene, i, word, mention, done, (*open_, i))
        else:
            answer = _phrase(scene, attribution, mention)
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
                r = spoken.resolution
                return Resolution(r.name, r.kind, "", "quotation continued", 0.5, r.roles, r.aliases)
            break
    return Resolution(UNSPECIFIED, SpeakerKind.UNNAMED, "", "no source in the text", 1.0)


def _pronoun(
    scene: Scene, i: int, word: str, mention: str, done: dict[int, Resolution], open_: tuple[int, ...]
) -> Resolution:
    attribution = scene.attributions[i]
    place = attribution.source[0]
    outer = enclosing(scene, place, attribution)
    if word in FIRST:
        if outer is not None and outer not in open_:
            r = _resolve_one(scene, outer, done, open_)
            return Resolution(
                r.name, r.kind, mention, "first person inside a quotation", 0.85, r.roles, r.aliases
            )
        if word in ("we", "us", "our", "ours", "ourselves") and scene.article.outlet:
            return Resolution(
                scene.article.outlet, SpeakerKind.ORGANISATION, mention, "the outlet itself", 0.6
            )
        name = scene.article.byline or "author"
        kind = SpeakerKind.PERSON if scene.article.byline else SpeakerKind.UNNAMED
        return Resolution(name, kind, mention, "the author", 0.5)
    if word in GENDERED:
        found = person_before(scene, place, attribution, GENDERED[word])
        if found is not None:
            return as_resolution(scene, found, mention, "pronoun: recency and role")
    elif word in RELATIVE:
        before = antecedent_of_relative(scene, place)
        if before is not None:
            r = _phrase(scene, attribution, before.of(scene.article.body), (before,))
            return Resolution(
                r.name, r.kind, mention, f"relative pronoun; {r.rule}", 0.9 * r.confidence, r.roles, r.aliases
            )
        here = scene.parsed.sentences[scene.sentence_at(place.start)].span.start
        near = [
            (m.span.end, f) for m, f in scene.mentions_between(here, place.start) if m.span.end <= place.start
        ]
        if near:
            figure = max(near, key=lambda n: n[0])[1]
            return resolution_of(figure, mention, "relative pronoun: nearest name", 0.5, scene.knowledge)
    elif word in PLURAL:
        group = group_before(scene, place)
        if group is not None:
            name = plain(group.name) if group.kind is SpeakerKind.GROUP else group.name
            return Resolution(
                name, group.kind, mention, "plural pronoun: last group", 0.5, group.roles, group.aliases
            )
    elif word in NEUTER:
        found = body_before(scene, place, attribution)
        if found is not None:
            return as_resolution(scene, found, mention, "pronoun: recency and role")
    kind = SpeakerKind.GROUP if word in PLURAL | {"we", "us", "our"} else SpeakerKind.UNNAMED
    return Resolution(word, kind, mention, "pronoun without an antecedent", 0.3)


def _phrase(
    scene: Scene, attribution: Attribution, mention: str, spans: tuple[Span, ...] | None = None
) -> Resolution:
    """A source of one or more words that is no pronoun."""
    first = (spans or attribution.source)[0]
    for span in spans or attribution.source:
        heads = _head_names(scene, span)
        if len(heads) > 1:
            return _several(scene, heads, mention)
        if heads:
            return _named(scene, *heads[0], mention)
    inside = scene.mentions_in(first)
    if not inside:
        figure = _by_text(scene, mention, first)
        if figure is not None:
            return resolution_of(figure, mention, "form of a name in the article", 0.8, scene.knowledge)
        known = _known(scene, mention)
        if known is not None:
            return known
    if len(attribution.source) > 1 and spans is None:
        return unnamed(scene, describe(scene, Span(first.start, first.end)))
    answer = resolve_description(scene, first)
    return answer if answer.mention == mention else Resolution(
        answer.name, answer.kind, mention, answer.rule, answer.confidence, answer.roles, answer.aliases
    )  # fmt: skip


def _head_names(scene: Scene, span: Span) -> list[tuple[NameMention, Figure]]:
    """The names that a source phrase is about: not possessors, not after a preposition, not modifiers."""
    inside = scene.mentions_in(span)
    body = scene.article.body
    d = describe(scene, span)
    if inside and d.plural and d.noun in ROLE_NOUNS and d.head and d.head.start >= inside[-1][0].span.end:
        return []  # "court and police spokesmen" are neither the court nor the police
    heads: list[tuple[NameMention, Figure]] = []
    for mention, figure in inside:
        before = scene.parsed.within(Span(span.start, _role_start(body, span, mention)))
        after = scene.parsed.within(Span(mention.span.end, max(span.end, mention.span.end)))
        deep = any(t.pos in ("ADP", "SCONJ") or t.lower in _INTO_CLAUSE for t in before)
        if (
            deep
            and not heads
            and not (before[-1].text == "," and len(before) > 2 and not _exemplifies(before))
        ):
            continue  # "the head of the bank, Ann Lee" goes on to a name, "critics, like Ann Lee" does not
        if after and (
            after[0].text == "/"
            or after[0].tag == "POS"
            or (after[0].text in ("'s", "’s") and len(after) > 1)
        ):
            continue
        if (
            after
            and after[0].pos in ("NOUN", "PROPN", "ADJ")
            and body[mention.span.end : after[0].start].isspace()
        ) and not _apposed_noun(scene, mention, figure, span):
            continue
        if heads:
            person = SpeakerKind.PERSON
            if (figure.kind is person) == (heads[-1][1].kind is person) and _is_list(scene, heads, mention):
                heads.append((mention, figure))
            continue
        heads.append((mention, figure))
    return heads


def _role_start(body: str, span: Span, mention: NameMention) -> int:
    """Where the role before a name begins ("Secretary of State"): its own prepositions lead to no name."""
    ahead = body[span.start : max(span.start, mention.span.start)].rstrip(" ,")
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
        return _named(scene, *heads[0], mention)
    names = [canonical(f.name, f.kind, scene.knowledge)[0] for f in figures]
    name = ", ".join(names[:-1]) + " and " + names[-1]
    return Resolution(name, SpeakerKind.GROUP, mention, "several named speakers", 0.9)


def _named(scene: Scene, mention: NameMention, figure: Figure, text: str) -> Resolution:
    rule, confidence = "name", 0.95
    last = scene.parsed.within(mention.span)[-1:]
    if figure.kind is SpeakerKind.PERSON and last and last[0].tag == "NNPS" and fold(text).startswith("the "):
        return Resolution(text, SpeakerKind.GROUP, text, "family", 0.8)
    if figure.kind is SpeakerKind.PERSON and len(name_words(mention.name)) < len(name_words(figure.name)):
        others = [
            f
            for f in scene.cast.alike(mention.name)
            if f.kind is SpeakerKind.PERSON and compare(f.name, mention.name) is not Fit.DIFFERENT
        ]
        title = honorific(
            scene.article.body[max(0, mention.span.start - 5) : mention.span.start].strip().split(" ")[-1]
        )
        rule = "last name with honorific" if title in HONORIFICS and title else "last name"
        confidence = 0.95 if len(others) <= 1 else 0.7
        if len(others) > 1:
            rule += ", one of several namesakes"
    elif figure.kind is not SpeakerKind.PERSON:
        rule = "name of a body"
        if fold(mention.name) != fold(figure.name):
            rule, confidence = "short form of a body's name", 0.85
        if scene.knowledge.metonym(figure.name) is not None:
            rule, confidence = "metonym", 0.9
    return resolution_of(figure, text, rule, confidence, scene.knowledge)


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
    """An outlet or a metonym of the starting knowledge, where the parse saw no name."""
    name = plain(strip_possessive(mention))
    if not any(c.isupper() for c in name):
        return None
    found, kind = canonical(name, SpeakerKind.UNNAMED, scene.knowledge)
    if kind is SpeakerKind.UNNAMED:
        return None
    aliases = (name,) if name != found else ()
    return Resolution(found, kind, mention, "starting knowledge", 0.9, (), aliases)
