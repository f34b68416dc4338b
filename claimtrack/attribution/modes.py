"""Which extractor reads the articles: the rules, the learned tagger, or both together."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.attribution.finder import EXTRACTOR, find_attributions
from claimtrack.attribution.quotations import find_quotations
from claimtrack.errors import ModelError
from claimtrack.language.paragraphs import UNPARSED
from claimtrack.language.parsed import ParsedText
from claimtrack.records import Article, Attribution

if TYPE_CHECKING:
    from claimtrack.attribution.tagger import Tagger

MODEL_FOLDER = Path(__file__).parent / "model"


class Mode(StrEnum):
    """What finds the attributions; `RULES` alone loads no learned weights."""

    RULES = "rules"
    MODEL = "model"
    HYBRID = "hybrid"


def find(
    article: Article, parsed: ParsedText, mode: Mode = Mode.HYBRID, *, links: bool = False
) -> list[Attribution]:
    """Every attribution of an article, ordered by where the content starts.

    `parsed` is the parse of `article`.  With `links`, the inner reports of relay chains too, for
    `chain_relays` to read; without, contents do not nest, as in PolNeAR.  Raises ModelError where the
    tagger's files or its packages are missing and `mode` needs them.
    """
    if mode is Mode.RULES:
        return find_attributions(article, parsed)
    # onnxruntime and NumPy load here, so that the rules alone need neither.
    from claimtrack.attribution.hybrid import as_attributions, combine  # noqa: PLC0415

    unparsed = [*(m.span for m in article.marks if m.kind in UNPARSED), *parsed.unreadable]
    marks = [(span.start, span.end) for span in unparsed]
    quotations = find_quotations(article.body, parsed.paragraphs)
    learned = as_attributions(parsed, load_tagger().tag(article.body, marks), quotations)
    if mode is Mode.MODEL:
        return sorted(learned, key=lambda a: (a.content, a.cue))
    return combine(parsed, find_attributions(article, parsed), learned, links=links)


@lru_cache(maxsize=1)
def load_tagger(folder: Path = MODEL_FOLDER) -> Tagger:
    """The learned tagger, loaded once a process.  Raises ModelError where it cannot be."""
    try:
        from claimtrack.attribution.tagger import Tagger  # noqa: PLC0415

        return Tagger(folder)
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            f"the attribution model cannot be loaded: {error}", "use --attribution rules"
        ) from error


def version(mode: Mode) -> str:
    """The extractor's name and version, as it is kept beside each claim."""
    if mode is Mode.RULES:
        return EXTRACTOR
    name = f"tagger-{load_tagger().fingerprint}"
    return name if mode is Mode.MODEL else f"{EXTRACTOR}+{name}"
