from datetime import date

import pytest

from claimtrack.articles import Overrides, read_article
from claimtrack.knowledge import load_knowledge
from claimtrack.records import Article

KNOWLEDGE = load_knowledge()
TEXT = (
    "The harbour board will rebuild the old pier next spring, according to its chairwoman.\n\n"
    "Residents had asked for the work since the storm of last winter, the board said.\n"
)


def read(body: str, overrides: Overrides | None = None) -> Article:
    return read_article(body, "a.txt", KNOWLEDGE, overrides)


def test_bare_text_leaves_everything_unknown() -> None:
    article = read(TEXT + "\nIt was built on May 1, 1902, and costs rose 3 percent on Oct. 5, 2016.\n")
    assert article.unknown == ("outlet", "title", "published")
    assert (article.byline, article.dateline, article.url, article.agencies) == (None, None, None, ())
    assert article.detected == ()


@pytest.mark.parametrize(
    ("before", "after", "outlet", "how"),
    [
        ("- The Washington Times - Tuesday, October 16, 2018\n\n", "", "The Washington Times", "masthead"),
        ("- The Harbour Gazette - Tuesday, October 16, 2018\n\n", "", "The Harbour Gazette", "masthead"),
        ("Outlet: Harbour Eye\n\n", "", "Harbour Eye", "header line"),
        ("Old pier to be rebuilt\n\nBy Jane Roe | Fox News\n\n", "", "Fox News", "byline"),
        ("https://www.washingtontimes.com/news/pier/\n\n", "", "The Washington Times", "address of the page"),
        (
            "",
            "\nCopyright © 2024 The Washington Times, LLC. Click here.\n",
            "The Washington Times",
            "rights line",
        ),
        ("", "\n© 2019 Harbour Gazette Inc. All rights reserved.\n", "Harbour Gazette", "rights line"),
        (
            "",
            "\nLog in to your account to connect\nwith the Harbour Gazette\n",
            "Harbour Gazette",
            "page foot",
        ),
        (
            "",
            "\nJane Roe can be reached at jroe@washingtontimes.com.\n",
            "The Washington Times",
            "contact address",
        ),
        ("", "\n—By CNBC. The Associated Press contributed to this report.\n", "CNBC", "byline"),
        ("(CNN) — ", "", "CNN", "dateline"),
        ("Old pier to be rebuilt - BBC News\n3 May 2018\n\n", "", "BBC News", "end of the title"),
    ],
)
def test_outlet(before: str, after: str, outlet: str, how: str) -> None:
    article = read(before + TEXT + after)
    assert (article.outlet, dict(article.detected)["outlet"]) == (outlet, how)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("HARBOURTOWN (Reuters) - ", ""),  # anybody may have printed it
        ("Old pier to be rebuilt\n\nBy Jane Roe, Associated Press\n\n", ""),
        ("", "\nCopyright 2018 The Associated Press. All rights reserved.\n"),
        ("", "\n© 2018 Jane Roe\n"),
        ("", "\nJane Roe can be reached at jroe@example.org.\n"),
        ("- Jane Roe - Tuesday, October 16, 2018\n\n", ""),
        ("", "\nThe Washington Times reported on the pier last year, and so did Fox News on television.\n"),
    ],
)
def test_no_outlet_is_guessed(before: str, after: str) -> None:
    assert read(before + TEXT + after).outlet is None


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("- The Washington Times - Tuesday, October 16, 2018", date(2018, 10, 16)),
        ("October 16, 2018", date(2018, 10, 16)),
        ("Published: 16 Oct 2018, 10:32 a.m. ET", date(2018, 10, 16)),
        ("Published: 16 Oct 2018 | Updated: 17 Oct 2018", date(2018, 10, 16)),
        ("Posted at 10:32 on 2018-10-16", date(2018, 10, 16)),
        ("2018-10-16T10:32:00Z", date(2018, 10, 16)),
        ("By Jane Roe - October 16th, 2018", date(2018, 10, 16)),
        ("16/10/2018", date(2018, 10, 16)),
        ("https://example.org/2018/10/16/pier.html", date(2018, 10, 16)),
        ("https://example.org/2018/oct/16/pier", date(2018, 10, 16)),
        ("Updated: 17 Oct 2018", None),  # the text is older than its last change
        ("04/05/2019", None),  # April or May?
        ("Monday, October 16, 2018", None),  # it was a Tuesday
        ("October 16", None),
        ("February 30, 2018", None),
        ("In this March 2, 2019, photo, waves break over the pier. (AP Photo/Jane Roe)", None),
    ],
)
def test_publication_date_in_the_head(head: str, day: date | None) -> None:
    article = read(f"Old pier to be rebuilt\n\n{head}\n\n{TEXT}")
    assert article.published == day
    assert ("published" in dict(article.detected)) == (day is not None)


def test_dates_of_the_story_and_of_the_template_are_not_used() -> None:
    foot = "\nCopyright © 2024 The Harbour Gazette.\n"
    assert (
        read(
            TEXT + "\nThe plan of October 16, 2018, was never carried out, the board said.\n" + foot
        ).published
        is None
    )


def test_a_dateline_gives_the_day_only_with_a_certain_year() -> None:
    dateline = "HARBOURTOWN, April 23 (Reuters) - "
    full = "\nThe vote was held on Tuesday, April 23, 2019, the board said in the evening.\n"
    assert read(dateline + TEXT).published is None
    assert read(dateline + TEXT + full).published == date(2019, 4, 23)
    assert read("HARBOURTOWN, April 23, 2019 (Reuters) - " + TEXT).published == date(2019, 4, 23)


def test_title_byline_and_dateline() -> None:
    article = read(f"Old pier to be rebuilt\n\nBy Jane Roe and John Doe\n\nHARBOURTOWN, Norland — {TEXT}")
    assert (article.title, article.byline) == ("Old pier to be rebuilt", "Jane Roe and John Doe")
    assert article.dateline == "HARBOURTOWN, Norland"


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (
            "Will the old pier in Harbourtown ever be rebuilt?",
            "Will the old pier in Harbourtown ever be rebuilt?",
        ),
        ("Title: The pier is back", "The pier is back"),
        ("POLITICS\n\nThe pier is back", "The pier is back"),
        ("The pier was closed at once.", None),
        ("The story so far:", None),
        ("Pier", None),
    ],
)
def test_titles_are_taken_only_where_they_look_like_one(first: str, title: str | None) -> None:
    assert read(f"{first}\n\n{TEXT}").title == title


def test_a_text_that_is_no_more_than_headings_has_no_title() -> None:
    assert read("Old pier\n\nNew pier\n").title is None


def test_first_line_of_a_wrapped_text_is_no_title() -> None:
    body = (
        "The harbour board will rebuild the old pier next spring, and\nits chairwoman is glad of it.\n\n"
        + TEXT
    )
    assert read(body).title is None


def test_agencies_of_the_text_but_not_of_its_pictures() -> None:
    picture = "Waves break over the pier. (AP Photo/Jane Roe)\n\n"
    credit = "\nThe Associated Press contributed to this report.\n"
    assert read(picture + TEXT).agencies == ()
    assert read(TEXT + credit).agencies == ("Associated Press",)
    assert read("HARBOURTOWN (Reuters) - " + TEXT).agencies == ("Reuters",)
    assert read("HARBOURTOWN (Reuters) - " + TEXT + credit).agencies == ("Reuters", "Associated Press")


def test_what_a_person_gives_goes_over_the_text() -> None:
    head = "The pier is back\n\n- The Washington Times - Tuesday, October 16, 2018\n\n"
    row = Overrides(
        outlet="Fox News",
        published=date(2018, 10, 17),
        origins=(("outlet", "manifest"), ("published", "manifest")),
    )
    given = Overrides(outlet="Harbour Eye", title="Pier", url="https://example.org/pier").over(row)
    article = read(head + TEXT, given)
    assert (article.outlet, article.title, article.url) == ("Harbour Eye", "Pier", "https://example.org/pier")
    assert article.published == date(2018, 10, 17)
    assert dict(article.detected)["outlet"] == "command line"
    assert read(head + TEXT, row).outlet == "Fox News"
    assert dict(read(head + TEXT, row).detected)["outlet"] == "manifest"


def test_a_given_address_tells_outlet_and_day() -> None:
    article = read(TEXT, Overrides(url="https://www.washingtontimes.com/news/2018/oct/16/pier/"))
    assert (article.outlet, article.published) == ("The Washington Times", date(2018, 10, 16))


def test_a_given_outlet_is_called_by_its_usual_name() -> None:
    assert read(TEXT, Overrides(outlet="washington times")).outlet == "The Washington Times"


def test_detected_names_only_what_is_known() -> None:
    article = read("The pier is back\n\n" + TEXT)
    assert article.detected == (("title", "first line"),)
    assert article.unknown == ("outlet", "published")
