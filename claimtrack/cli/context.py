"""One thing in full: a claim where it stands in its article, a relation with its signals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.cli.cards import draw_card, draw_signals, verdict_lines
from claimtrack.cli.tables import content_line, day, identifier, outlet_line, speaker_line, stacked
from claimtrack.cli.terminal import has_styles, paragraphs, shown
from claimtrack.reports.passages import passage, roles_of
from claimtrack.reports.rows import across

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from claimtrack.records import Verdict
    from claimtrack.store.views import ArticleView, ClaimView, RelationView

_STYLES = {"source": "bold magenta", "cue": "bold yellow", "content": "green underline"}
_SIGNS = {"source": ("{source: ", "}"), "cue": ("{cue: ", "}"), "content": ("{content: ", "}")}


def draw_claim(
    console: Console,
    claim: ClaimView,
    body: str,
    relations: Iterable[RelationView],
    verdicts: Sequence[Verdict],
) -> None:
    """A claim in its context, with source, cue and content marked, then its facts and relations."""
    from rich.text import Text

    console.print(stacked(speaker_line(claim), outlet_line(claim)), overflow="fold")
    console.rule(style="dim")
    console.print(_marked(claim, body, styled=has_styles(console)), overflow="fold")
    console.rule(style="dim")
    draw_facts(
        console,
        [
            ("claim", identifier(claim.id)),
            ("content", Text(", ".join(f"{s.start}-{s.end}" for s in claim.content))),
            ("kind", shown(str(claim.kind))),
            ("stance", shown(str(claim.stance))),
            ("stated", day(claim.stated_on)),
            ("published", day(claim.published)),
            ("speaker", Text.assemble(shown(claim.speaker), Text(" "), identifier(claim.speaker_id))),
            ("article", Text.assemble(shown(claim.title), Text(" "), identifier(claim.article_id))),
            ("file", shown(claim.path)),
            ("url", shown(claim.url)),
            ("found by", shown(f"{claim.rule}, {claim.extractor}")),
            ("confidence", shown(f"{claim.confidence:.2f}")),
            *([("verdicts", verdict_lines(verdicts))] if verdicts else []),
        ],
    )
    if claim.retired:
        console.print(Text("Retired: newer runs no longer find this claim.", style="yellow"))
    for relation in relations:
        other = across(relation, claim.id)
        console.print(
            Text.assemble(
                identifier(relation.id), Text(f" {relation.kind}: "), speaker_line(other), Text(", "),
                outlet_line(other), Text(": "), content_line(other),
            ),
            overflow="fold",
        )  # fmt: skip


def _marked(claim: ClaimView, body: str, styled: bool) -> Text:
    from rich.text import Text

    shown_part = passage(body, roles_of(claim))
    text = Text("… " if shown_part.span.start > 0 else "")
    for piece, role in shown_part.pieces:
        if not role:
            text.append_text(paragraphs(piece))
        elif styled:
            text.append_text(paragraphs(piece, _STYLES[role]))
        else:
            opening, closing = _SIGNS[role]
            text.append_text(paragraphs(f"{opening}{piece}{closing}"))
    if shown_part.span.end < len(body):
        text.append(" …")
    if styled:
        text.append("\n\n")
        for role, style in _STYLES.items():
            text.append(role, style).append("  ")
    return text


def draw_facts(console: Console, facts: Iterable[tuple[str, Text]], width: int = 12) -> None:
    """Names of facts, `width` characters wide, beside what they are."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=width)
    table.add_column(overflow="fold")
    for name, value in facts:
        table.add_row(Text(name, style="dim"), value)
    console.print(table)


def draw_relation(
    console: Console, relation: RelationView, verdicts: Mapping[str, Sequence[Verdict]]
) -> None:
    """A relation as a card with all verdicts on it and its claims, then every signal with its reason."""
    draw_card(console, relation, verdicts)
    draw_signals(console, relation)
    console.print(shown(f"Judged by {relation.matcher}.", "dim"))


def draw_article(console: Console, article: ArticleView) -> None:
    """The facts of an article."""
    console.print(shown(article.title, "bold", "no title"))
    console.rule(style="dim")
    draw_facts(
        console,
        [
            ("article", identifier(article.id)),
            ("outlet", shown(article.outlet)),
            ("published", day(article.published)),
            ("file", shown(article.path)),
            ("url", shown(article.url)),
            ("SHA-256", shown(article.sha256)),
            *([("language", shown(article.language))] if article.language else []),
            *([("read from", shown(_source_line(article)))] if article.raw_sha256 else []),
            ("origin", shown(article.origin.words)),
            *([("because", shown(article.origin.reason))] if article.origin.reason else []),
            ("claims", shown(str(article.claims))),
            ("status", shown(article.status)),
        ],
    )
    console.print()


def _source_line(article: ArticleView) -> str:
    """What an article was read from, and the hash of it where it is not that of the text."""
    same = article.raw_sha256 == article.sha256
    return f"{article.media_type}" if same else f"{article.media_type}, SHA-256 {article.raw_sha256}"
