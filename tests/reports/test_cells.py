from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack.reports.cells import (
    flat,
    from_spreadsheet_cell,
    markdown_cell,
    one_line,
    spreadsheet_cell,
    visible,
)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_a_spreadsheet_would_run_is_text(first: str) -> None:
    assert spreadsheet_cell(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "value", [-5, 0.25, -0.5, "-5", "+3.14", date(2020, 1, 2), "plain", "", None, "a=b", "'tis so"]
)
def test_numbers_days_and_plain_words_are_left_alone(value: object) -> None:
    assert spreadsheet_cell(value) == flat(value)


@given(st.text())
@example("'=1")
@example("''+a")
@example("'")
def test_one_apostrophe_less_gives_the_text_back(text: str) -> None:
    cell = spreadsheet_cell(text)
    assert from_spreadsheet_cell(cell) == text
    assert cell in (text, f"'{text}")


def test_lists_spans_and_signals_are_flat() -> None:
    assert flat([[3, 9], [12, 20]]) == "3-9; 12-20"
    assert flat(["One", "Two"]) == "One; Two"
    assert flat([]) == ""
    assert flat(
        [{"name": "fuzzy", "value": 0.5, "note": "near"}, {"name": "day", "value": 1.0, "note": ""}]
    ) == ("fuzzy=0.5 (near); day=1")
    assert flat(True) == "yes"


@given(st.text(alphabet=st.characters()))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for character in visible(text):
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


def test_control_characters_are_seen() -> None:
    assert visible("\x1b[31mred\x07\x7f") == "␛[31mred␇␡"
    assert visible("abc\u202edcba") == "abc<U+202E>dcba"
    assert visible("Zoë, 東京, עברית, 👩‍🚀") == "Zoë, 東京, עברית, 👩‍🚀"
    assert one_line(" two\r\n  lines\t") == "two lines"


def test_markdown_is_escaped() -> None:
    assert markdown_cell("a | b\n[x](y) <b>*c*</b>") == r"a \| b \[x\](y) \<b\>\*c\*\</b\>"
