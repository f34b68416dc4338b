"""Who published a text, by heads and feet of pages as they are printed; what is not told is not guessed."""

from __future__ import annotations

import pytest

from claimtrack.articles import read_article
from claimtrack.knowledge import load_knowledge
from tests.articles.test_agencies import TEXT, TITLE

KNOWLEDGE = load_knowledge()
CASES = [  # before the text, after it, outlet
    ("https://edition.cnn.com/2018/10/16/world/pier/index.html\n\n", "", "CNN"),
    ("URL: https://www.theguardian.com/world/2018/oct/16/pier\n\n", "", "The Guardian"),
    ("https://apnews.com/article/pier-123\n\n", "", "Associated Press"),
    ("https://www.reuters.com/article/pier-idUSKBN123\n\n", "", "Reuters"),
    ("https://example.org/pier\n\n", "", None),
    ("The Guardian\n\n" + TITLE, "", "The Guardian"),
    ("BBC News\n\n" + TITLE, "", "BBC News"),
    (TITLE + "The Harbour Gazette\n\n", "", None),
    (TITLE + "The Guardian, Tuesday 16 October 2018\n\n", "", "The Guardian"),
    (TITLE + "16 October 2018 | The Independent\n\n", "", "The Independent"),
    (TITLE + "By Jane Roe, The New York Times\n\n", "", "The New York Times"),
    (TITLE + "By Jane Roe for CNN\n\n", "", "CNN"),
    (TITLE + "By Jane Roe, CNN\n\n", "", "CNN"),
    (TITLE + "Jane Roe, BBC News\n\n", "", "BBC News"),
    (TITLE + "By Jane Roe | USA TODAY\n\n", "", "USA Today"),
    (TITLE + "By Jane Roe, Washington Post staff writer\n\n", "", "The Washington Post"),
    (TITLE + "By Jane Roe and John Doe, CNN\nUpdated 10:32 AM ET, Tue October 16, 2018\n\n", "", "CNN"),
    (TITLE + "Published by The Independent\n\n", "", "The Independent"),
    ("Old pier to be rebuilt | The Guardian\n\n", "", "The Guardian"),
    ("Old pier to be rebuilt - CNN.com\n\n", "", "CNN"),
    ("Old pier to be rebuilt – Reuters\n\n", "", None),
    ("Pier - report\n\n", "", None),
    (
        TITLE,
        "\n© 2018 Guardian News & Media Limited or its affiliated companies. All rights reserved.\n",
        "The Guardian",
    ),
    (TITLE, "\n© 2018 The New York Times Company\n", "The New York Times"),
    (TITLE, "\nCopyright 2018 NPR. All rights reserved.\n", "NPR"),
    (TITLE, "\nCopyright 2018 by Harbour Post Publishing. All rights reserved.\n", "Harbour Post"),
    (TITLE, "\n(c) 2018 Harbour Daily News\n", "Harbour Daily News"),
    (TITLE, "\nCopyright © 2018, Los Angeles Times\n", "Los Angeles Times"),
    (TITLE, "\n© Jane Roe 2018\n", None),
    (TITLE, "\nSubscribe to The Washington Times newsletter\n", None),
    (TITLE, "\nFollow us on Twitter\nSign up for the Fox News newsletter today\n", "Fox News"),
    (TITLE, "\nContact Jane Roe at jroe@washpost.com.\n", "The Washington Post"),
    (TITLE, "\njane.roe@latimes.com\n", "Los Angeles Times"),
    (TITLE, "\nEmail: jane.roe@gmail.com\n", None),
    ("(CNN) -- ", "", "CNN"),
    ("OLDPORT (CNN) -- ", "", "CNN"),
    ("OLDPORT (Reuters) -- ", "", None),
    ("Outlet: The Atlantic\n\n", "", "The Atlantic"),
    ("Publisher: Harbour Eye\n\n", "", "Harbour Eye"),
    ("Source: The Guardian\n\n", "", "The Guardian"),
    ("Source: Reuters\n\n", "", None),
    (TITLE, "\nThis article originally appeared in The Guardian.\n", None),
    (TITLE, "\nThis story was first published by ProPublica.\n", None),
    (TITLE, "\nThe board did not respond to BuzzFeed News' request for comment.\n", "BuzzFeed News"),
    (TITLE, "\nThe board did not immediately respond to a request for comment from HuffPost.\n", "HuffPost"),
    (TITLE, "\nThe mayor told CNN on Sunday that money was short.\n", None),
    (TITLE, "\nThe mayor told The Post that money was short.\n", None),
    (
        TITLE,
        "\nThe mayor told Politico. His rival spoke to Politico. An aide, asked by Politico, agreed.\n",
        "Politico",
    ),
    (
        TITLE,
        "\nThe mayor told Politico. His rival spoke to Politico. An aide told Politico, Politico reported.\n",
        None,
    ),
    (TITLE, "\nThe board did not respond to Reuters' request for comment.\n", None),
]


@pytest.mark.parametrize(("before", "after", "outlet"), CASES)
def test_the_outlet_is_what_the_page_says(before: str, after: str, outlet: str | None) -> None:
    assert read_article(before + TEXT + after, "a.txt", KNOWLEDGE).outlet == outlet
