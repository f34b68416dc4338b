"""Nothing invented: whatever the article, every claim is its exact characters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.articles import discover
from claimtrack.cli.app import run
from claimtrack.pipeline import ingest, ingest_article
from claimtrack.records import Article
from claimtrack.store import open_store

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"

NAMES = st.sampled_from(
    ["Ada Brook", "Mr. Öz", "The Kremlin", "a source", "Reuters", "she", "Kim", "李雷", "they"]
)
CUES = st.sampled_from(
    ["said", "told Reuters", "denied that", "was quoted as saying", "declined to comment on"]
)
GAPS = st.sampled_from([" ", "\n", "\r\n", "\n\n", "  ", "\u00a0", "\u2028", "\t"])
STATEMENTS = st.sampled_from(
    [
        "the bridge is open",
        "“12 people died”",
        "\"it's 'over'\"",
        "“open, never closed",
        "no date was set — yet 🌉",
    ]
) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=25)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    who, cue, what = draw(NAMES), draw(CUES), draw(STATEMENTS)
    forms = [f"{who} {cue} {what}.", f"{what}, {who} said.", f"According to {who}, {what}.", f"{who}: {what}"]
    return draw(st.sampled_from(forms))


@st.composite
def bodies(draw: st.DrawFn) -> str:
    parts = draw(st.lists(sentences(), min_size=1, max_size=6))
    return "".join(part + draw(GAPS) for part in parts)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(bodies(), min_size=1, max_size=3))
def test_every_claim_is_a_slice_of_its_article(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("exact")
    with open_store(str(folder / "exact.db")) as store:
        for number, text in enumerate(texts):
            assert ingest_article(store, Article(text, f"{number}.txt")).error is None
        for claim in store.claims():
            body = store.body(claim.article_id)
            assert claim.text == " … ".join(body[s.start : s.end] for s in claim.content)
            assert body[claim.sentence_span.start : claim.sentence_span.end] == claim.sentence
            assert all(0 <= s.start < s.end <= len(body) for s in (*claim.source_spans, *claim.cue_spans))
        assert list(store.verify()) == []


@pytest.mark.slow
def test_every_exported_claim_of_the_seeds_is_a_slice_of_its_file(tmp_path: Path) -> None:
    database, export = str(tmp_path / "seeds.db"), tmp_path / "claims.jsonl"
    with open_store(database) as store:
        assert all(outcome.error is None for outcome in ingest(store, discover([SEEDS]).found))
    assert run(["--db", database, "export", str(export)]) == 0
    rows = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 25
    for row in rows:
        text = Path(row["article"]).read_bytes().decode("utf-8")
        assert row["text"] == " … ".join(text[start:end] for start, end in row["content"])
        assert "comment" not in row["text"] or "Please enter" not in row["text"]
        assert "Copyright" not in row["text"]
