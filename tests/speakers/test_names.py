"""Names as strings."""

from __future__ import annotations

import pytest

from claimtrack.speakers.names import Fit, acronym_of, compare, family_names, name_words, organisation_words


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("Han Sung-min", "Han Sung Min", Fit.SAME),
        ("Han Sung-Min", "HAN SUNGMIN", Fit.SAME),
        ("Kovács Béla", "Bela Kovacs", Fit.SAME),
        ("Mr. Ellery", "Ellery", Fit.SAME),
        ("Jane Q. Ellery", "Jane Ellery", Fit.VARIANT),
        ("J. Ellery", "Jane Ellery", Fit.VARIANT),
        ("Bill Ellery", "William Ellery", Fit.VARIANT),
        ("Ellery", "Jane Ellery", Fit.BARE),
        ("Han", "Han Sung-min", Fit.BARE),
        ("Jane Ellery", "June Ellery", Fit.DIFFERENT),
        ("Jane Ellery", "Jane Ellers", Fit.DIFFERENT),
        ("Sung", "Han Sung-min", Fit.DIFFERENT),
    ],
)
def test_compare(one: str, other: str, fit: Fit) -> None:
    assert compare(one, other) is fit
    assert compare(other, one) is fit


def test_words_without_titles_possessives_and_suffixes() -> None:
    assert name_words("Dr. Omar al-Rashid Jr.’s") == ("omar", "al", "rashid")
    assert name_words("the U.S. Forest Service") == ("us", "forest", "service")
    assert family_names("Ursula van Dijk") == ("dijk",)
    assert organisation_words("The Globex Corp.") == ("globex",)
    assert acronym_of("World Seed Organization") == "wso"
