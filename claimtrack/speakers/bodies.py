"""Which body a common noun stands for: "the agency", "a spokesman for the bank", "the report"."""

from __future__ import annotations

from claimtrack.records import Resolution, SpeakerKind
from claimtrack.speakers.cast import Figure
from claimtrack.speakers.confidence import same_speaker
from claimtrack.speakers.descriptions import DEFINITE, INDEFINITE, QUANTIFIERS, Description, plain
from claimtrack.speakers.names import fold, name_words, word_set
from claimtrack.speakers.roles import role_words
from claimtrack.speakers.runs import BODY_NOUNS
from claimtrack.speakers.scene import Scene, resolution_of

_MEDIA = word_set(
    """newspaper paper daily magazine outlet site website publication tabloid broadcaster channel
    network agency newswire wire station journal weekly blog"""
)
_COMPANIES = word_set(
    """company firm corporation giant maker manufacturer startup developer studio retailer carrier
    airline operator bank lender business conglomerate automaker carmaker drugmaker chain group insurer
    brewer miner shipbuilder publisher supplier contractor brokerage consultancy utility"""
)
# Nouns in names that say little of the kind of body: a company or a charity may have them in its name.
_NEUTRAL = word_set(
    """international group network watch partners partnership initiative project front trust holdings
    services systems enterprises industries motors airlines airways technologies studios workers house"""
)
# Nouns for bodies; those of one set may stand for each other.
_SENSES = (
    _MEDIA,
    _COMPANIES,
    word_set("agency organization organisation body group institution"),
    word_set("institute institution center centre academy think-tank group organization organisation"),
    word_set("observatory monitor watchdog group organization organisation agency body"),
    word_set("charity foundation nonprofit group organization organisation"),
    word_set("nonprofit institute center centre association"),
    word_set("association union federation group organization organisation body"),
    word_set("committee commission council panel body"),
    word_set("programme program agency"),
    word_set("ministry department office agency authority bureau inspectorate directorate regulator"),
    word_set("administration"),
    word_set("government cabinet"),
    word_set("party movement militia faction coalition alliance group"),
    word_set("campaign"),
    word_set("court tribunal"),
    word_set("university college school institute"),
    word_set("team club side united rovers athletic wanderers fc"),
    word_set("army corps force military navy"),
)
BODY_DESCRIPTIONS = frozenset(word for sense in _SENSES for word in sense)
_DOCUMENTS = word_set("report article story statement account dispatch")
_STUDIES = word_set("study survey analysis review poll research")  # only of a body named beside them
_PLURAL_DOCUMENTS = word_set("reports")
SPOKES = word_set("spokesman spokeswoman spokesperson")
BY_SPOKESPERSON = "spokesperson of an organisation"
_FLOOR = 0.6  # below it nothing speaks for a body but its place


def is_media(scene: Scene, figure: Figure) -> bool:
    """Whether the figure is a news outlet."""
    known = (scene.knowledge.outlet_of_name(n) is not None for n in (figure.name, *figure.forms))
    return any(known) or not _MEDIA.isdisjoint(name_words(figure.name))


def spokesperson(scene: Scene, d: Description) -> Resolution | None:
    """A spokesman whom nobody names speaks for his organisation."""
    if d.plural or d.noun not in SPOKES:
        return None
    inside = scene.mentions_in(d.span)
    named = [f for _, f in inside if f in scene.cast.bodies()]
    if named and not any(f in scene.cast.persons() for _, f in inside):
        return resolution_of(named[-1], d.text, BY_SPOKESPERSON, scene.knowledge)
    for token in scene.parsed.within(d.span):
        noun = fold(token.text)
        if token is not d.head and noun in BODY_DESCRIPTIONS | BODY_NOUNS and noun != "government":
            body = _best(scene, noun, set(role_words(d.text)), d.span.start)
            if body is not None:
                return resolution_of(body, d.text, BY_SPOKESPERSON, scene.knowledge)
    if d.determiner in DEFINITE:
        for spoken in scene.spoken_before(d.span.start):
            if (
                spoken.resolution.rule == BY_SPOKESPERSON
                and fold(spoken.resolution.mention).find(d.noun) >= 0
            ):
                return same_speaker(spoken.resolution, d.text, BY_SPOKESPERSON)
    return None


def document(scene: Scene, d: Description) -> Resolution | None:
    """ "The report" is whose report was told of last; "a new report" in a lead, whose comes next."""
    reports = d.head is not None and fold(d.head.text) in _PLURAL_DOCUMENTS
    if d.noun not in _DOCUMENTS | _STUDIES and not reports:
        return None
    words = [w for w in role_words(plain(d.text)) if w not in _DOCUMENTS | {"new", "latest", "this", "that"}]
    bodies = list(
        dict.fromkeys(f for _, f in scene.mentions_in(d.span) if f.kind is SpeakerKind.ORGANISATION)
    )
    by = [
        f
        for m, f in scene.mentions_in(d.span)
        if f in bodies
        and scene.article.body[d.span.start : m.span.start].rstrip().endswith((" by", " by the"))
    ]
    if not d.plural and (by or len(bodies) == 1):
        return resolution_of((by or bodies)[0], d.text, "document of a named body", scene.knowledge)
    if words or d.noun in _STUDIES or (d.plural and d.determiner in DEFINITE | QUANTIFIERS):
        return None
    if d.determiner in DEFINITE:
        for spoken in scene.spoken_before(d.span.start):
            if spoken.resolution.kind is SpeakerKind.ORGANISATION:
                return same_speaker(spoken.resolution, d.text, "document of the last body to speak")
        return None
    if d.plural:
        return None
    for figure, _ in scene.sources_after(d.span, 6):
        if figure in scene.cast.bodies() and is_media(scene, figure):
            return resolution_of(figure, d.text, "document of the outlet named next", scene.knowledge)
    return None


def body(scene: Scene, d: Description) -> Resolution | None:
    """ "The agency", "the site", "the ministry": the body named before that is such a thing."""
    if d.plural or d.determiner in INDEFINITE or d.noun not in BODY_DESCRIPTIONS:
        return None
    words = {w for w in role_words(plain(d.text)) if w != d.noun}
    inside = scene.mentions_in(d.span)
    if d.determiner in ("his", "her") or any(f.kind is SpeakerKind.PERSON for _, f in inside):
        return None  # "the Ortega campaign" is no campaign that was named otherwise
    if d.head is not None and any(
        m.span.start > d.head.end and f.kind is SpeakerKind.ORGANISATION for m, f in inside
    ):
        return None  # nor is "the council of Globex" another council
    found = _best(scene, d.noun, words, d.span.start)
    if found is None:
        return None
    return resolution_of(found, d.text, "description of a named body", scene.knowledge)


def _best(scene: Scene, noun: str, words: set[str], before: int) -> Figure | None:
    """The body named before an offset that a noun fits best, the nearer one first."""
    senses = [sense for sense in _SENSES if noun in sense]
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
        elif _MEDIA in senses and is_media(scene, figure):
            score += 0.9
        elif figure.kind is SpeakerKind.GOVERNMENT or not own.isdisjoint(BODY_NOUNS - _NEUTRAL):
            continue
        elif noun in _COMPANIES and not is_media(scene, figure):
            score += 0.3
        score += 0.4 * len(words & (own | own_roles))
        last = places[-1]
        score += 0.5 * 0.8 ** (here - last.sentence) + 0.2 * any(m.subject for m in places)
        score += 0.3 * (figure in scene.speaking)
        scores.append((score, last.span.start, figure))
    best = max(scores, key=lambda s: (s[0], s[1]), default=None)
    floor = _FLOOR / 2 if len(scores) == 1 and noun in _COMPANIES else _FLOOR  # the only one there is
    return best[2] if best is not None and best[0] >= floor else None
