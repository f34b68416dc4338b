"""How an article lies on its page: head, running text and foot, and what each line of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimtrack.articles import phrases
from claimtrack.articles.bylines import Byline, is_sign_off, read_byline
from claimtrack.articles.credits import read_credit
from claimtrack.articles.datelines import Dateline, read_dateline
from claimtrack.articles.dates import find_dates, without_dates
from claimtrack.articles.labels import KIND_OF, Label, label_line
from claimtrack.articles.lines import Line, find_running, split_lines
from claimtrack.knowledge import Knowledge
from claimtrack.records import Mark, MarkKind, Span

_HEAD_LINES = 14  # a page's head is not longer; a text without any running line has no longer head either
_HEADER = re.compile(
    r"(?P<name>title|headline|source|agency|outlet|publisher|publication|newspaper|url|link|web address"
    r"|authors?)\s?:\s+(?P<value>\S.*)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s+[-–—|•·]\s+|^[-–—|•·]\s*|\s*[-–—|•·]$|\s*\|\s*")


@dataclass(frozen=True)
class Layout:
    """The lines of an article with their labels, and what their words gave."""

    body: str
    lines: tuple[Line, ...]
    labels: tuple[Label | None, ...]
    head: int  # index of the first line of running text
    foot: int  # index after the last one
    marks: tuple[Mark, ...]  # in order, none overlapping
    title: Span | None
    byline: Byline | None
    dateline: Dateline | None
    headers: tuple[tuple[str, str], ...]  # ("source", "The Gazette"), as printed in the head

    @property
    def running(self) -> list[str]:
        """The lines of running text."""
        return [line.text for line, label in zip(self.lines, self.labels, strict=True) if label is None]

    def texts(self, *labels: Label) -> list[str]:
        """The lines that bear one of `labels`."""
        return [line.text for line, label in zip(self.lines, self.labels, strict=True) if label in labels]


def read_layout(body: str, knowledge: Knowledge) -> Layout:
    """Label the lines of `body`; nothing of it is changed."""
    reader = _Reader(split_lines(body), knowledge)
    reader.label_all()
    marks, dateline = reader.marks()
    title = reader.title
    return Layout(
        body=body,
        lines=tuple(reader.lines),
        labels=tuple(reader.labels),
        head=reader.head,
        foot=reader.foot,
        marks=tuple(marks),
        title=title,
        byline=reader.byline,
        dateline=dateline,
        headers=tuple(reader.headers),
    )


def masthead_pieces(line: str) -> list[str]:
    """The parts of a head line like "- The Gazette - Tuesday, May 1, 2018", dates left out."""
    return [p for p in (without_dates(piece) for piece in _PIECES.split(line)) if p]


class _Reader:
    def __init__(self, lines: list[Line], knowledge: Knowledge) -> None:
        self.lines = lines
        self.knowledge = knowledge
        self.labels: list[Label | None] = [None] * len(lines)
        self.running = find_running(lines)
        self.head = 0
        self.foot = len(lines)
        self.title: Span | None = None
        self.byline: Byline | None = None
        self.headers: list[tuple[str, str]] = []

    def label_all(self) -> None:
        for i, line in enumerate(self.lines):
            self.labels[i] = self._label(i, line)
        plain = [i for i, label in enumerate(self.labels) if label is None and self.running[i]]
        self.head = plain[0] if plain else min(len(self.lines), _HEAD_LINES)
        self.foot = plain[-1] + 1 if plain else len(self.lines)
        if plain:
            self._find_title()
        for i in range(min(self.head, _HEAD_LINES)):
            self._label_head(i)
        begun = False  # the page's own foot, after the running text
        for i in range(self.foot, len(self.lines)):
            self._label_foot(i, begun)
            begun = begun or self.labels[i] in (Label.NAVIGATION, Label.RIGHTS, Label.CONTACT)

    def _label(self, i: int, line: Line) -> Label | None:
        if is_sign_off(line.text) and not line.states:
            byline = read_byline(line.text, self.knowledge)
            if byline is not None:
                self.byline = byline  # a byline of the head, read later, goes before it
                return Label.BYLINE
        if line.after_blank or not line.text[0].islower():
            return label_line(line)
        # A line in lower case goes on from the one before: a prompt in two lines, or a wrapped paragraph.
        before = self.labels[i - 1]
        if before in (Label.NAVIGATION, Label.RIGHTS) and not line.states and not self.running[i]:
            return before
        return label_line(line) if before is not None or len(line.words) < 4 else None

    def _find_title(self) -> None:
        for i in range(min(self.head + 1, _HEAD_LINES, len(self.lines) - 1)):
            line = self.lines[i]
            header = _HEADER.fullmatch(line.text)
            if header and header["name"].lower() in ("title", "headline"):
                self.title = Span(line.span.start + header.start("value"), line.span.end)
                break
            if self.labels[i] is not None or header or self._is_furniture(line.text):
                continue
            if self._is_title(i):
                self.title = Span(line.span.start, line.span.start + len(line.text.rstrip(" ;")))
                self.labels[i] = Label.TITLE
                rest = range(i + 1, len(self.lines))
                self.head = next(k for k in rest if self.running[k] and self.labels[k] is None)
            break

    def _is_furniture(self, text: str) -> bool:
        """Whether a line of the head is a date line, masthead, byline or the name of a section."""
        if text.lower() in phrases.SECTIONS or self._is_head_line(text) or self._is_masthead(text):
            return True
        return read_byline(text, self.knowledge) is not None

    def _is_title(self, i: int) -> bool:
        line, after = self.lines[i], self.lines[i + 1]
        words = line.words
        asks = line.text[-1] in "?!" and not re.search(r"[.?!]\s", line.text)
        if not 2 <= len(words) <= 30 or len(line.text) > 220 or not any(c.isalpha() for c in line.text):
            return False
        if line.text[-1] in ".:,-–—" or (self.running[i] and not asks):
            return False
        if self.foot <= i + 1 or read_dateline(line.text, self.knowledge, opening=False) is not None:
            return False  # nothing runs after it, or it runs itself
        # Without a blank line between them, the first two lines may be one wrapped sentence.
        return (
            after.after_blank
            or (self.running[i + 1] and not after.text[0].islower())
            or self.labels[i + 1] is not None
            or self._is_furniture(after.text)
        )

    def _is_head_line(self, text: str) -> bool:
        """A date line or masthead: a full date, and besides it only labels, an outlet or a byline."""
        if len(text) > 160 or not find_dates(text):
            return False
        pieces = masthead_pieces(text)
        names = [p for p in pieces if len(p.split()) <= 6 and p[-1] not in ".?!" and not p[0].islower()]
        return len(names) == len(pieces) <= 3

    def _is_masthead(self, text: str) -> bool:
        known = self.knowledge.outlet_of_name(text.strip(" -–—|•·")) if len(text) < 60 else None
        return known is not None and text[0] not in "\"'“‘"

    def _label_head(self, i: int) -> None:
        if self.labels[i] is not None:
            return
        line = self.lines[i]
        header = _HEADER.fullmatch(line.text)
        byline = read_byline(line.text, self.knowledge)
        if header is not None:
            self.headers.append((header["name"].lower(), header["value"]))
            self.labels[i] = Label.HEAD
        elif byline is not None:
            if not any(x is Label.BYLINE for x in self.labels[:i]):
                self.byline = byline
            self.labels[i] = Label.BYLINE
        elif self._is_head_line(line.text) or self._is_masthead(line.text):
            self.labels[i] = Label.HEAD
        elif line.text.lower() in phrases.SECTIONS or self._repeats_title(line):
            self.labels[i] = Label.NAVIGATION

    def _repeats_title(self, line: Line) -> bool:
        if self.title is None or line.span.start < self.title.end:
            return False
        titled = next(x.text for x in self.lines if x.span.end >= self.title.end)
        return line.text.casefold().rstrip(" ;") == titled[-(self.title.end - self.title.start) :].casefold()

    def _label_foot(self, i: int, begun: bool) -> None:
        """What follows the running text: a sign-off, and short scraps once the page's own foot has begun."""
        line = self.lines[i]
        if self.labels[i] is not None:
            return
        if read_credit(line.text, self.knowledge) is not None:
            self.labels[i] = Label.CREDIT
            return
        byline = read_byline(line.text, self.knowledge)
        if byline is not None:
            self.byline = self.byline or byline
            self.labels[i] = Label.BYLINE
            return
        alone = line.after_blank or self.labels[i - 1] is not None
        short = len(line.words) <= 12 and not line.states and line.text[0] not in "\"“”'‘’«"
        if begun and alone and short and not self.running[i]:
            self.labels[i] = Label.NAVIGATION

    def marks(self) -> tuple[list[Mark], Dateline | None]:
        """All marks in order, and the article's dateline (the first one)."""
        marks: list[Mark] = []
        first: Dateline | None = None
        opening = 4  # paragraphs in which a dateline may do without an agency; subtitles count too
        for i, line in enumerate(self.lines):
            label = self.labels[i]
            start, end = line.span.start, line.span.end
            if label is None and (self.running[i] or len(line.words) >= 12):
                # "… Enditem": a paragraph that does not end as one still has its agency's dateline
                opens = self.running[i] and opening > 0 and first is None
                dateline = read_dateline(line.text, self.knowledge, opens)
                opening -= self.running[i]
                if dateline is not None:
                    first = first or dateline
                    marks.append(Mark(Span(start, start + dateline.length), MarkKind.DATELINE))
            if label in (None, Label.CAPTION) and line.text.rstrip(".")[-1:] in (")", "]"):
                pattern = phrases.REPORTING_CREDIT if label is None else phrases.PHOTO_CREDIT
                tail = line.text[-340:]
                credit = pattern.search(tail)
                if credit is not None:
                    cut = end - len(tail) + credit.start()
                    if label is not None and cut > start:
                        marks.append(Mark(Span(start, cut), KIND_OF[label]))
                    marks.append(Mark(Span(cut, end), MarkKind.CREDIT))
                    continue
            if self.title is not None and start < self.title.end <= end:
                if start < self.title.start:
                    marks.append(Mark(Span(start, self.title.start), MarkKind.BOILERPLATE))
                marks.append(Mark(self.title, MarkKind.TITLE))
            elif label is not None:
                marks.append(Mark(line.span, KIND_OF.get(label, MarkKind.BOILERPLATE)))
        return marks, first
