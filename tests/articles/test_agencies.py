"""Whose text it is and whose material is in it, by heads and feet of pages as they are printed.

Every case is (before, after, agencies, wire): lines before and after a text of two paragraphs, the
agencies they name, and the one whose text it is ("" where it is the outlet's own).
"""

from __future__ import annotations

import pytest

from claimtrack.articles import read_article
from claimtrack.knowledge import load_knowledge
from claimtrack.records import Article

KNOWLEDGE = load_knowledge()
TEXT = (
    "The harbour board will rebuild the old pier next spring, according to its chairwoman.\n\n"
    "Residents had asked for the work since the storm of last winter, the board said.\n"
)
TITLE = "Old pier to be rebuilt\n\n"
AP, AFP = "Associated Press", "Agence France-Presse"

DATELINES = [
    ("MOSCOW, April 23. /TASS/. ", "TASS"),
    ("MOSCOW, April 23 /TASS/. ", "TASS"),
    ("HARBOURTOWN (Reuters) – ", "Reuters"),
    ("HARBOURTOWN, May 3 (Reuters) - ", "Reuters"),
    ("HARBOURTOWN/OLDPORT, May 3 (Reuters) - ", "Reuters"),
    ("HARBOURTOWN, Norland (AP) — ", AP),
    ("HARBOURTOWN, Norland (AP) -- ", AP),
    ("(AP) — ", AP),
    ("LONDON (AFP) - ", AFP),
    ("London (AFP) – ", AFP),
    ("LONDON, May 3 (UPI) -- ", "United Press International"),
    ("BEIJING, May 3 (Xinhua) -- ", "Xinhua News Agency"),
    ("SEOUL, May 3 (Yonhap) -- ", "Yonhap News Agency"),
    ("TOKYO, May 3 (Kyodo) -- ", "Kyodo News"),
    ("NEW DELHI: May 3 (PTI) ", "Press Trust of India"),
    ("New Delhi [India], May 3 (ANI): ", "Asian News International"),
    ("KYIV. May 3 (Interfax-Ukraine) – ", "Interfax-Ukraine"),
    ("MOSCOW. May 3 (Interfax) - ", "Interfax"),
    ("MOSCOW (Sputnik) - ", "Sputnik"),
    ("ISTANBUL (AA) — ", ""),  # "AA" is many things: not in the starting knowledge
    ("Berlin (dpa) - ", "Deutsche Presse-Agentur"),
    ("MADRID, 3 May (EFE).- ", "EFE"),
    ("TORONTO — ", ""),
    ("HARBOURTOWN, Norland — ", ""),
]


def read(before: str, after: str = "") -> Article:
    return read_article(before + TEXT + after, "a.txt", KNOWLEDGE)


@pytest.mark.parametrize(("dateline", "agency"), DATELINES)
def test_an_agency_in_the_dateline_is_the_author(dateline: str, agency: str) -> None:
    article = read(dateline)
    assert article.wire == (agency or None)
    assert article.agencies == ((agency,) if agency else ())
    if KNOWLEDGE.is_agency(agency):
        assert article.outlet is None  # anybody may have printed it


HEADS = [
    ("By Jane Roe, Associated Press", (AP,), AP),
    ("By Jane Roe, The Associated Press", (AP,), AP),
    ("By JANE ROE and JOHN DOE, Associated Press", (AP,), AP),
    ("JANE ROE, Associated Press", (AP,), AP),
    ("Jane Roe | Associated Press", (AP,), AP),
    ("Jane Roe, AP", (AP,), AP),
    ("By Jane Roe of The Associated Press", (AP,), AP),
    ("By Jane Roe for The Associated Press", (AP,), AP),
    ("By The Associated Press", (AP,), AP),
    ("By Reuters", ("Reuters",), "Reuters"),
    ("Reuters", ("Reuters",), "Reuters"),
    ("Agence France-Presse", (AFP,), AFP),
    ("By Jane Roe, Bloomberg News", ("Bloomberg News",), "Bloomberg News"),
    ("Bloomberg News", ("Bloomberg News",), "Bloomberg News"),
    ("By Jane Roe, The Canadian Press", ("The Canadian Press",), "The Canadian Press"),
    ("By Jane Roe, Reuters and John Doe, AFP", ("Reuters", AFP), ""),
    ("By Reuters and AFP", ("Reuters", AFP), ""),
    ("By Jane Roe with AFP", (AFP,), ""),
    ("By Jane Roe with Reuters", ("Reuters",), ""),
    ("By Gazette staff and Associated Press", (AP,), ""),
    ("By Jane Roe and Reuters", ("Reuters",), ""),
    ("By Jane Roe, Fox News, and Associated Press", (AP,), ""),
    ("By Jane Roe | Fox News", (), ""),
    ("By Jane Roe", (), ""),
    ("Source: Interfax", ("Interfax",), "Interfax"),
    ("Source: Reuters", ("Reuters",), "Reuters"),
    ("Agency: TASS", ("TASS",), "TASS"),
    ("Source: Fox News", (), ""),
    ("- Reuters - Tuesday, October 16, 2018", ("Reuters",), "Reuters"),
]


@pytest.mark.parametrize(("line", "agencies", "wire"), HEADS)
def test_an_agency_in_the_head(line: str, agencies: tuple[str, ...], wire: str) -> None:
    article = read(f"{TITLE}{line}\n\n")
    assert (article.agencies, article.wire) == (agencies, wire or None)


FEET = [
    ("The Associated Press contributed to this report.", (AP,), ""),
    ("Jane Roe of The Associated Press contributed to this report.", (AP,), ""),
    ("Reuters and AFP contributed to this story.", ("Reuters", AFP), ""),
    ("Information from The Associated Press was used in this report.", (AP,), ""),
    ("This article includes reporting by The Associated Press.", (AP,), ""),
    ("This article contains information from Reuters.", ("Reuters",), ""),
    ("This story is based in part on wire service reports.", (), ""),
    ("This article is based in part on wire service reports.", (), ""),
    ("— With files from The Canadian Press", ("The Canadian Press",), ""),
    ("- With files from The Canadian Press and Reuters", ("The Canadian Press", "Reuters"), ""),
    ("With files from Jane Roe", (), ""),
    ("With AFP", (AFP,), ""),
    ("with AFP and Reuters", (AFP, "Reuters"), ""),
    ("(With AFP)", (AFP,), ""),
    ("(With inputs from PTI)", ("Press Trust of India",), ""),
    ("With inputs from agencies", (), ""),
    ("Additional reporting by Reuters.", ("Reuters",), ""),
    ("Additional reporting by Jane Roe and The Associated Press", (AP,), ""),
    ("(Additional reporting by Jane Roe in Oldport)", (), ""),
    ("(Reporting by Jane Roe; Editing by John Doe)", (), ""),
    ("Source: Interfax", ("Interfax",), "Interfax"),
    ("Source: TASS", ("TASS",), "TASS"),
    ("Sources: Reuters, AFP", ("Reuters", AFP), ""),
    ("Source: Harbour board", (), ""),
    ("Copyright 2018 The Associated Press. All rights reserved.", (AP,), AP),
    ("© 2018 Reuters. All rights reserved.", ("Reuters",), "Reuters"),
    ("© Agence France-Presse", (AFP,), AFP),
    ("© 2018 The Harbour Gazette. All rights reserved.", (), ""),
    ("—By The Associated Press", (AP,), AP),
    ("—By CNBC. The Associated Press contributed to this report.", (AP,), ""),
    ("— Reuters", ("Reuters",), "Reuters"),
    ("- AFP", (AFP,), AFP),
    ("(AFP)", (AFP,), AFP),
    ("(Reuters)", ("Reuters",), "Reuters"),
    ("(Photo: Reuters)", (), ""),
    ("Photo: AP", (), ""),
    ("Jane Roe is a reporter in Oldport who used to work for Reuters and the Associated Press.", (), ""),
]


@pytest.mark.parametrize(("line", "agencies", "wire"), FEET)
def test_an_agency_in_the_foot(line: str, agencies: tuple[str, ...], wire: str) -> None:
    article = read(TITLE, f"\n{line}\n")
    assert (article.agencies, article.wire) == (agencies, wire or None)


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ("HARBOURTOWN (Reuters) - " + TEXT, "dateline"),
        (TITLE + "By Reuters\n\n" + TEXT, "byline"),
        (TITLE + "Source: Reuters\n\n" + TEXT, "head line"),
        (TITLE + TEXT + "\n© 2018 Reuters. All rights reserved.\n", "rights line"),
        (TITLE + TEXT + "\nSource: Reuters\n", "credit"),
    ],
)
def test_how_it_came_to_be_known_is_kept(body: str, how: str) -> None:
    article = read_article(body, "a.txt", KNOWLEDGE)
    assert (article.wire, dict(article.detected)["wire"]) == ("Reuters", how)


def test_an_agency_that_is_only_spoken_of_is_no_author() -> None:
    body = TEXT + "\nThe chairwoman had told Reuters on Monday that money was short, TASS reported.\n"
    article = read_article(body, "a.txt", KNOWLEDGE)
    assert (article.agencies, article.wire) == ((), None)


def test_another_papers_dateline_says_whose_text_it_is() -> None:
    article = read_article(
        "- The Washington Times - Tuesday, October 16, 2018\n\n(CNN) — " + TEXT, "a.txt", KNOWLEDGE
    )
    assert (article.outlet, article.wire) == ("The Washington Times", "CNN")
