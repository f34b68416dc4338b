"""The three seed articles: what their texts and the manifest beside them say together."""

from pathlib import Path

from claimtrack.articles import decode, discover, read_article
from claimtrack.knowledge import load_knowledge
from claimtrack.records import Article, MarkKind

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"


def seeds() -> dict[str, Article]:
    found = discover([SEEDS])
    assert found.failures == ()
    knowledge = load_knowledge()
    articles = (read_article(decode(f.load(), f.path), f.path, knowledge, f.row) for f in found.found)
    return {Path(a.path).stem: a for a in articles}


def test_outlets_and_dates() -> None:
    assert {name: (a.outlet, str(a.published)) for name, a in seeds().items()} == {
        "2018-10-15-korea-joongang-daily": ("Korea JoongAng Daily", "2018-10-15"),
        "2018-10-16-washington-times": ("The Washington Times", "2018-10-16"),
        "2019-04-23-fox-news": ("Fox News", "2019-04-23"),
    }


def test_where_the_facts_come_from() -> None:
    detected = {name: dict(a.detected) for name, a in seeds().items()}
    assert detected["2018-10-16-washington-times"] == {"outlet": "masthead", "published": "head line"}
    assert detected["2019-04-23-fox-news"]["published"] == "manifest"
    assert detected["2018-10-15-korea-joongang-daily"]["outlet"] == "page foot"


def test_no_prompt_or_copyright_line_is_left_and_no_sentence_is_lost() -> None:
    for article in seeds().values():
        left = article.body
        for mark in reversed(article.marks):
            if mark.kind in (MarkKind.BOILERPLATE, MarkKind.CREDIT, MarkKind.BYLINE):
                left = left[: mark.span.start] + left[mark.span.end :]
        for scrap in (
            "comment",
            "Copyright",
            "Log in",
            "dictionary",
            "Eblast",
            "contributed",
            "lock icon",
            "250",
        ):
            assert scrap not in left
        lost = [m.span.of(article.body) for m in article.marks if m.kind is MarkKind.BOILERPLATE]
        assert not [text for text in lost if "“" in text or " said" in text]
