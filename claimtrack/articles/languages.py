"""Which language a text is in, where enough of it tells."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from claimtrack.articles.lines import word_set

# Words that make up a third of any English text, and next to nothing of texts in other languages.
_ENGLISH = word_set(
    """
    the and that this these those with from which have has had been were are would could should said says
    their they his her its not but who what when where there about after before by at as it on into than
    """
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 6_000  # characters looked at
_MANY = 0.12  # of all words; below half of this, English is out of the question
_ENOUGH = 60  # letters; names and headlines in other languages stand in English texts, too
_UNLIKELY = 0.0005  # probability of English; which of its neighbours a language is may stay open


def find_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that `text` is in; None where it is too short or undecided.

    A text with the little words of English is in English, whatever names it holds; only one without them
    is shown to the model (py3langid), which takes a second to load.
    """
    sample = _sample(text)
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < _ENOUGH:
        return None
    share = sum(word.casefold() in _ENGLISH for word in words) / len(words)
    if share >= _MANY:
        return "en"
    ranking = dict(_model().rank(" ".join(words)))
    language = max(ranking, key=ranking.__getitem__)
    if language == "en":
        return "en"
    return str(language) if ranking["en"] < _UNLIKELY and share < _MANY / 2 else None


def _sample(text: str) -> str:
    """The middle of a long text: heads and feet of pages are full of names and of other things."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    return text[start : start + _SAMPLE]


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - seldom needed, slow to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
