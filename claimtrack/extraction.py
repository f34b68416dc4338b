"""From an article to its claims: the rooms in their order, without a database.

The work of one text is one call of a pure function, so that it may as well be done in another process.
"""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.attribution.chains import chain_relays
from claimtrack.attribution.modes import Mode, find, version
from claimtrack.attribution.own_voice import find_own_voice
from claimtrack.claims import make_claims, split_statements
from claimtrack.knowledge import Knowledge, load_knowledge
from claimtrack.language.model import Model, load
from claimtrack.records import Article, Attribution, Claim
from claimtrack.settings import Settings, read_settings
from claimtrack.speakers import identify, resolve


@dataclass(frozen=True)
class Extraction:
    """All that can be said of an article without the archive.

    The speakers of the claims are those of this article alone; the archive may know them already.
    """

    article: Article
    claims: tuple[Claim, ...]
    extractor: str  # what made them, with its versions


def attributions_of(article: Article, settings: Settings | None = None) -> list[Attribution]:
    """Who said what in one article, as attributions: whole, not yet parted into statements.

    Model and extractor are those of `settings`, by default those in force.  Raises ModelError where a
    model is missing.
    """
    settings = settings or read_settings()
    return find(article, load(settings.model).parse(article), settings.attribution)


def extractor_version(settings: Settings) -> str:
    """What would make claims under these settings, with its versions; loads the language model."""
    return _made_by(settings.attribution, load(settings.model))


def extract(article: Article, model: Model, knowledge: Knowledge, mode: Mode = Mode.HYBRID) -> Extraction:
    """The claims of one article, its outlet's own among them where the outlet is known.

    An article in another language than English has none: neither model nor rules know what it says.
    """
    if article.is_foreign:
        return Extraction(article, (), _made_by(mode, model))
    parsed = model.parse(article)
    links = chain_relays(article, parsed, find(article, parsed, mode, links=True), knowledge)
    attributions = split_statements(parsed, links)
    if article.outlet is not None:
        attributions += find_own_voice(article, parsed, attributions)
        attributions.sort(key=lambda a: (a.content, a.cue))
    resolutions = resolve(article, parsed, attributions, knowledge)
    speakers = [identify(resolution, article) for resolution in resolutions]
    claims = make_claims(article, parsed, attributions, resolutions, speakers)
    return Extraction(article, tuple(claims), _made_by(mode, model))


def extract_with(settings: Settings, article: Article) -> Extraction:
    """The claims of one article, with the model and the knowledge that the settings name.

    Both are loaded once a process.  Raises ModelError where the model is not installed.
    """
    knowledge = load_knowledge(settings.knowledge)
    return extract(article, load(settings.model), knowledge, settings.attribution)


def _made_by(mode: Mode, model: Model) -> str:
    return f"{version(mode)} {model.fingerprint}"
