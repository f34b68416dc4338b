"""Which words of an article name a news outlet or agency, and under what name it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Article, Span

_NOUNS = frozenset(
    {"media", "newspaper", "newspapers", "television", "tv", "radio", "agency", "magazine", "channel"}
    | {"network", "daily", "press", "outlet"}
)
# Last words of newspapers' names; in capitals, after another word of the name or "the", they name one.
_MASTHEADS = frozenset(
    {"post", "times", "herald", "tribune", "gazette", "chronicle", "observer", "journal", "news", "sentinel"}
    | {"ledger", "courier", "telegraph", "weekly", "dispatch", "examiner", "inquirer", "monitor", "register"}
    | {"standard", "bulletin", "mail", "review", "wire", "record", "advertiser", "argus", "echo"}
)
_AUDIENCE = frozenset({"reporters", "journalists", "media"})
_LONGEST = 6  # words of an outlet's name


@dataclass(frozen=True)
class Media:
    """The outlets that one article may name: those of the starting knowledge, and its own."""

    article: Article
    parsed: ParsedText
    knowledge: Knowledge

    def is_media(self, tokens: Sequence[int]) -> bool:
        """Whether a noun phrase names an outlet, or says that it is one ("the local media" too)."""
        words = [self.parsed.tokens[i] for i in tokens]
        if not words:
            return False
        if any(w.lower in _NOUNS and w.pos in {"NOUN", "PROPN"} for w in words):
            return len(words) > 1 or words[0].lower not in _AUDIENCE
        if any(_is_masthead(w) and w is not words[0] for w in words):
            return True
        return self._known(words) is not None

    def name_of(self, span: Span) -> str:
        """The outlet that a phrase names ("Russia's state-run news agency, TASS" is TASS), or ""."""
        words = self.parsed.within(span)
        known = self._known(words)
        if known is not None:
            return known
        named = [w for w in words if w.entity in {"ORG", "PERSON", "WORK_OF_ART"} and w.dep != "poss"]
        if not named:
            return ""
        last = first = named[-1]
        while first.i > words[0].i and not first.entity_start:
            first = self.parsed.tokens[first.i - 1]
        name = self.parsed.body[first.start : last.end]
        return name[4:] if name.lower().startswith("the ") else name

    def _known(self, words: Sequence[Token]) -> str | None:
        """The longest run of words that the knowledge, or the article's masthead, has as an outlet."""
        for size in range(min(_LONGEST, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                run = words[first : first + size]
                if not any(w.text[:1].isupper() for w in run if w.lower != "the"):
                    continue
                text = self.parsed.body[run[0].start : run[-1].end]
                outlet = self.knowledge.outlet_of_name(text)
                if outlet is not None:
                    return outlet.name
                short = self._short_form(text)
                if short is not None:
                    return short
        return None

    @cached_property
    def _short_forms(self) -> dict[str, str]:
        """ "the Journal" where the article names the Wall Street Journal: last words of outlets to names."""
        names = [self.article.outlet] if self.article.outlet else []
        run: list[Token] = []
        for token in (*self.parsed.tokens, None):
            if run and (token is None or token.entity_start or not token.entity):
                outlet = self.knowledge.outlet_of_name(self.parsed.body[run[0].start : run[-1].end])
                names += [outlet.name] if outlet is not None and len(run) > 1 else []
                run = []
            if token is not None and token.entity:
                run.append(token)
        return {name.casefold().split()[-1]: name for name in reversed(names) if len(name.split()) > 1}

    def _short_form(self, text: str) -> str | None:
        words = text.casefold().split()
        return self._short_forms.get(words[1]) if len(words) == 2 and words[0] == "the" else None


def _is_masthead(word: Token) -> bool:
    return word.text[:1].isupper() and word.lower in _MASTHEADS and word.entity != "PERSON"
