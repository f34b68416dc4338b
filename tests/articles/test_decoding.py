import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.articles import decode
from claimtrack.errors import InputError

SPEECH = "The mayor said: “We won’t wait.” She paid €5 for a café crème — twice.\r\nHe said it’s over.\n"


@given(st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), min_size=1))
def test_utf8_comes_back_character_for_character(text: str) -> None:
    controls = sum(c < " " and c not in "\t\n\v\f\r" for c in text)
    if controls or text.startswith("\ufeff") or not text.replace("\ufeff", "").strip():
        return
    assert decode(text.encode("utf-8"), "a.txt") == text


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_one_line_that_names_the_file(data: bytes) -> None:
    try:
        text = decode(data, "strange.txt")
    except InputError:
        with pytest.raises(InputError, match=r"strange\.txt[^\n]*\Z") as caught:
            decode(data, "strange.txt")
        text = caught.value.hint
    assert text.strip()
    assert "\0" not in text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_no_newline_is_translated(newline: str) -> None:
    text = f"One line.{newline}Another line.{newline}"
    assert decode(text.encode("utf-8"), "a.txt") == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_tells_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + SPEECH.encode(encoding), "a.txt") == SPEECH


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-8"])
def test_english_with_curly_quotes_in_other_encodings(encoding: str) -> None:
    text = SPEECH * 3 if encoding != "mac_roman" else SPEECH.replace("€", "$") * 3
    assert decode(text.encode(encoding), "a.txt") == text


def test_cyrillic_is_detected() -> None:
    text = "Министр сказал, что встреча состоится в мае. Об этом сообщила газета.\n" * 3
    assert decode(text.encode("cp1251"), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\xa0", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"text with a \0 in it", "binary"),
        (b"\x01\x02\x03\x04 not text", "binary"),
        ("“Yes,” she said. “No,” he said.".encode()[:-1] + b"\xe2\x80", "damaged"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00", "damaged"),  # a lone surrogate
        (codecs.BOM_UTF16_LE + b"a", "damaged"),
        ("a\0b".encode("utf-16"), "binary"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_with_a_remedy(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        decode(data, "folder/a.txt")
    assert "folder/a.txt" in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_size_limit_is_a_parameter() -> None:
    assert decode(b"abc", "a.txt", max_bytes=3) == "abc"
    with pytest.raises(InputError, match=r"a\.txt is larger than"):
        decode(b"abcd", "a.txt", max_bytes=3)


def test_a_name_with_a_line_break_stays_one_line() -> None:
    with pytest.raises(InputError) as caught:
        decode(b"", "two\nlines\udcff.txt")
    assert "\n" not in str(caught.value)
    str(caught.value).encode("utf-8")
