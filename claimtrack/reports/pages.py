"""Dossiers and disputes as pages to read, keep and print: Markdown, and HTML that needs nothing but itself.

Text from articles is foreign: whatever a template prints is escaped for the page's language, unless the
template itself made it.  The HTML page forbids itself scripts and all requests (Content-Security-Policy).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimtrack import __version__
from claimtrack.reports.cells import flat, markdown_text, one_line, visible, web_address
from claimtrack.reports.dossier import verb
from claimtrack.reports.rows import across

if TYPE_CHECKING:
    from claimtrack.records import Span
    from claimtrack.reports.disputes import Dispute
    from claimtrack.reports.dossier import Dossier
    from claimtrack.store.views import ClaimView, RelationView

_OF_ADDRESSES = "/:?#[]@!$&'()*+,;=%-._~"  # RFC 3986: reserved, unreserved, and what is encoded already
MOST = 10  # relations shown beneath one statement or counterpart; the CSV and JSON formats hold all


@dataclass
class Reference:
    """An article that a page cites: its number, one of its claims for its facts, and the spans cited."""

    number: int
    article: ClaimView
    spans: list[Span] = field(default_factory=list)


class References:
    """The articles of a page, numbered in the order in which it cites them."""

    def __init__(self) -> None:
        self._by_article: dict[str, Reference] = {}

    def cite(self, claim: ClaimView) -> tuple[int, str]:
        """The number of a claim's article, and where in its text the content stands."""
        known = self._by_article.setdefault(claim.article_id, Reference(len(self._by_article) + 1, claim))
        known.spans += [span for span in claim.content if span not in known.spans]
        return known.number, ranges(claim.content)

    @property
    def cited(self) -> list[Reference]:
        """All articles cited so far."""
        return list(self._by_article.values())


def ranges(spans: list[Span] | tuple[Span, ...]) -> str:
    """ "120–184, 190–201": character offsets into the stored text, end exclusive, in order."""
    return ", ".join(f"{span.start}–{span.end}" for span in sorted(spans))


def autolink(url: str) -> Markup:
    """A web address as a link of Markdown: what would end the link early is percent-encoded."""
    return Markup(f"<{quote(url, safe=_OF_ADDRESSES)}>")  # noqa: S704  # nothing left that Markdown reads


def write_dossier(dossier: Dossier, format: str, text: TextIO, changes_only: bool = False) -> None:
    """A dossier as a page in "md" or "html"; `changes_only` leaves out all but the changed positions."""

    def own(relation: RelationView) -> ClaimView:
        return relation.a if relation.a.speaker_id == dossier.speaker.id else relation.b

    statements = zip(dossier.statements, dossier.relations_of_statements, strict=True)
    by_day = groupby(statements, key=lambda found: found[0][0].day)
    things = {
        "dossier": dossier,
        "days": [] if changes_only else [(day, list(found)) for day, found in by_day],
        "counterparts": ()
        if changes_only
        else (
            ("Contradicted by", dossier.contradicted_by),
            ("Contradicts", dossier.contradicts),
            ("Corroborated by", dossier.corroborated_by),
        ),
        "own": own,
    }
    _write("dossier", format, text, things)


def write_disputes(disputes: Sequence[Dispute], format: str, text: TextIO) -> None:
    """Disputes as a page in "md" or "html"."""
    _write("disputes", format, text, {"disputes": disputes})


def _write(name: str, format: str, text: TextIO, things: Mapping[str, object]) -> None:
    template = _environment(format).get_template(f"{name}.{format}")
    text.write(template.render(**things, references=References(), version=__version__, most=MOST))


@cache
def _environment(format: str) -> Environment:
    finalize: Callable[[Any], Any] = _for_html if format == "html" else _for_markdown
    made = Environment(
        loader=PackageLoader("claimtrack.reports"),
        autoescape=True,  # of whatever `finalize` has not made safe for the page's language
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(ranges=ranges, web_address=web_address, autolink=autolink, one_line=one_line)
    made.globals.update(across=across, verb=verb)
    return made


def _for_html(value: Any) -> Any:
    return value if isinstance(value, Markup) else visible(flat(value))


def _for_markdown(value: Any) -> Any:
    return value if isinstance(value, Markup) else Markup(markdown_text(value))  # noqa: S704  # escaped
