"""Marks on pages of our own making: furniture is marked, whatever somebody may have said is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.articles import read_article
from claimtrack.knowledge import load_knowledge
from claimtrack.records import Mark, MarkKind

KNOWLEDGE = load_knowledge()
OPENING = "The harbour board will rebuild the old pier next spring, according to its chairwoman."
CLOSING = "Residents had asked for the work since the storm of last winter, the board said."


def marks(body: str) -> list[tuple[str, str]]:
    return [(m.kind.value, m.span.of(body)) for m in read_article(body, "a.txt", KNOWLEDGE).marks]


def page(*lines: str) -> str:
    return "\n\n".join((OPENING, *lines, CLOSING))


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT - CONTINUE READING BELOW",
        "Story continues below advertisement",
        "Read more",
        "READ MORE: Minister denies the pier is unsafe",
        "Related articles",
        "Share this article",
        "Share  Tweet  Email",
        "print dictionary print",
        "12 comments",
        "5 min read",
        "Home > Regions > Harbour",
        "News | Sport | Weather | Business",
        "Sign up for our daily newsletter and never miss a story",
        "Subscribe to The Harbour Eblast",
        "Please log in to comment",
        "Please enter your comment!",
        "To write comments, please log in.",
        "Leave a Reply",
        "Your email address will not be published.",
        "Follow us on Twitter",
        "Follow Jane Roe on Twitter @janeroe.",
        "Click here to listen to our podcast",
        "Download our free app",
        "Watch the full interview below:",
        "Copyright © 2024 The Harbour Gazette, LLC. Click here for reprint permission.",
        "© 2021 Harbour Media. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "• Jane Roe can be reached at jroe@example.org.",
        "Contact the reporter: jroe@example.org",
        "Terms of Use | Privacy Policy | Contact Us",
        ".bio-text {",
        "font-size:15px;",
    ],
)
def test_page_furniture_is_boilerplate(line: str) -> None:
    assert marks(page(line)) == [("boilerplate", line)]


@pytest.mark.parametrize(
    "line",
    [
        "The Associated Press contributed to this report.",
        "(Reporting by Jane Roe in Harbourtown; Editing by John Doe)",
        "Additional reporting by Jane Roe",
        "Roe reported from Harbourtown. AP writer John Doe contributed to this report.",
        "Contributing: Jane Roe, John Doe.",
        "• This article is based in part on wire service reports.",
        "(h/t The Harbour Blog.)",
        "[Photo credit: Jane Roe]",
        "Photo by Jane Roe/Harbour Pictures",
    ],
)
def test_credits(line: str) -> None:
    assert marks(page(line)) == [("credit", line)]


@pytest.mark.parametrize(
    "line",
    [
        "“Read more,” she said.",
        "“Subscribe to our plan or leave the table,” the mayor told the union.",
        '"Share this article," the minister wrote to his followers.',
        "Sign up for the militia or leave, residents were told.",
        "A deal can be reached by Friday at the latest on all points.",
        "An agreement may be reached at the summit.",
        "Support for the pier grows on social media",
        "Facebook changes its privacy policy",
        "Copyright law is about to change",
        "Follow the money: how the pier was paid for",
        "Print runs fell by a third.",
        "Home prices rose again.",
        "Related problems were found in the second pier.",
        "More from the harbour was expected on Monday, but it never came.",
        "1",
        "(c) the third point of the plan concerns the pier",
        "No.",
        "The pier was closed at once.",
        "By Friday evening the pier was closed.",
        "Contact with the ship was lost on Monday at noon.",
        "He asked them to join us in Harbourtown.",
        "Log in the river blocks the harbour.",
    ],
)
def test_sentences_and_headings_are_no_boilerplate(line: str) -> None:
    assert marks(page(line)) == []


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("HARBOURTOWN, South Norland – ", OPENING),
        ("HARBOURTOWN (Reuters) - ", OPENING),
        ("(Reuters) - ", OPENING),
        ("HARBOURTOWN, April 23. /TASS/. ", OPENING),
        ("NORTH HARBOUR — ", OPENING),
        ("ST. HARBOUR, N.Y., Jan. 1 (UPI) — ", OPENING),
        ("Harbourtown (AFP) – ", OPENING),
        ("HARBOURTOWN/NORTHPORT, Aug 31 (Reuters) - ", OPENING),
        ("HARBOURTOWN -- ", OPENING),
        ("MOSCOW: ", OPENING),
        ("HARBOURTOWN, 3 March (Xinhua) -- ", OPENING + " Enditem"),
        ("HARBOURTOWN [Reuters] - ", OPENING),
    ],
)
def test_datelines(dateline: str, rest: str) -> None:
    body = f"{dateline}{rest}\n\n{CLOSING}\n"
    assert marks(body) == [("dateline", dateline)]


@pytest.mark.parametrize(
    "opening",
    [
        "NATO — which met on Monday — will help to rebuild the old pier next spring.",
        "ROE: I never said that the pier would be rebuilt next spring.",
        "Jane Roe (D) – the member for Harbourtown – will open the pier next spring.",
        "UPDATE - The pier will be opened next spring and not this year.",
        "The HARBOUR - the oldest of them all - will be rebuilt next spring.",
        "A-LEVEL results were better than last year in all of the schools.",
    ],
)
def test_no_datelines(opening: str) -> None:
    assert marks(f"{opening}\n\n{CLOSING}\n") == []


def test_a_whole_page() -> None:
    body = (
        "Old pier to be rebuilt\n\nHome > Regions > Harbour\n\nprint dictionary print\n\n"
        "Old pier to be rebuilt\n\n"
        "In this May 2 photo, waves break over the pier. (AP Photo/Jane Roe)\n\n"
        "By Jane Roe, JOHN DOE | Fox News\n\n"
        f"HARBOURTOWN – {OPENING}\n\n{CLOSING}\n\n"
        "BY JANE ROE [jane@example.org]\nLog in to your account to connect\nwith the Harbour Gazette\n"
        "help-image Any thoughts?\ns\nHarbour Board Policy (0/250자)"
    )
    assert marks(body) == [
        ("title", "Old pier to be rebuilt"),
        ("boilerplate", "Home > Regions > Harbour"),
        ("boilerplate", "print dictionary print"),
        ("boilerplate", "Old pier to be rebuilt"),
        ("caption", "In this May 2 photo, waves break over the pier. "),
        ("credit", "(AP Photo/Jane Roe)"),
        ("byline", "By Jane Roe, JOHN DOE | Fox News"),
        ("dateline", "HARBOURTOWN – "),
        ("byline", "BY JANE ROE [jane@example.org]"),
        ("boilerplate", "Log in to your account to connect"),
        ("boilerplate", "with the Harbour Gazette"),
        ("boilerplate", "help-image Any thoughts?"),
        ("boilerplate", "s"),
        ("boilerplate", "Harbour Board Policy (0/250자)"),
    ]


def test_wrapped_text_is_not_taken_apart() -> None:
    body = (
        "The harbour board will rebuild the old pier next spring, and\n"
        "contact with the builders has been made, its chairwoman told us\n"
        "here. She asked those who want to follow the work to be patient\n"
        "and to read the plans that the board has put on show; they can\n"
        "be found in the town hall, next to a model of the pier and the\n"
        "print room.\n\n"
        "A second pier may follow.\n"
    )
    assert marks(body) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_marks_fit_the_body_whatever_its_newlines(newline: str) -> None:
    lines = ("Old pier to be rebuilt", "", "By Jane Roe", "", OPENING, "", CLOSING, "", "Read more")
    assert marks(newline.join(lines)) == [
        ("title", "Old pier to be rebuilt"),
        ("byline", "By Jane Roe"),
        ("boilerplate", "Read more"),
    ]


FURNITURE = st.sampled_from(
    [
        OPENING,
        CLOSING,
        "Read more",
        "By Jane Roe | Fox News",
        "- The Washington Times - Tuesday, May 1, 2018",
        "Title: The pier",
        "HARBOURTOWN (Reuters) - " + OPENING,
        "Waves break over the pier. (AP Photo/Jane Roe)",
        "—By CNBC. The Associated Press contributed to this report.",
        CLOSING + " (Reporting by Jane Roe)",
        "Log in to",
        "“No,” she said.",
        "()",
        "\ufeff",
        "\u200b",
    ]
)
LINES = st.lists(FURNITURE | st.text(max_size=60), max_size=14)


@settings(deadline=None)  # the first text without English words loads the model of languages
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", " \n"]))
def test_marks_lie_in_the_body_sorted_and_apart(lines: list[str], newline: str) -> None:
    body = newline.join(lines)
    article = read_article(body, "a.txt", KNOWLEDGE)
    assert article.body == body
    end = 0
    for mark in article.marks:
        assert isinstance(mark, Mark)
        assert end <= mark.span.start < mark.span.end <= len(body)
        assert mark.kind in MarkKind
        end = mark.span.end
    assert read_article(body, "a.txt", KNOWLEDGE) == article


@given(
    LINES,
    st.sampled_from(
        ["“We will rebuild it,” she said.", "“Sign up for our newsletter,” the mayor told the town."]
    ),
)
def test_a_quotation_is_never_boilerplate(lines: list[str], quotation: str) -> None:
    body = "\n\n".join([OPENING, *lines, quotation, *lines])
    at = body.index(quotation)
    for mark in read_article(body, "a.txt", KNOWLEDGE).marks:
        assert mark.span.end <= at or mark.span.start >= at + len(quotation)
