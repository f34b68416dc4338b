"""How long the page takes over a small archive and over a large one, side by side.

    python benchmarks/page.py [--small 1000] [--large 100000] [--times 15]

Both archives are made up: articles of twenty claims each, two relations a claim, 500 speakers.  A page is
asked for in turn from each; the median times and their ratio are printed.  Pages that are read a part at a
time must not grow with the archive; the overview is asked for after a change, and again without one.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from starlette.testclient import TestClient

from claimtrack.records import RelationKind, SpeakerKind, digest
from claimtrack.store import Store, open_store
from claimtrack.store import tables as t
from claimtrack.store.session import IMMEDIATE
from claimtrack.web.app import make_app
from claimtrack.web.options import Options
from claimtrack.web.places import pack

EACH = 20  # claims of an article
SPEAKERS = 500
DAYS = 3_000
NEAR = 100  # claims among which a claim finds those it is related to, as in a story
PORTION = 5_000
_START = date(2015, 1, 1)


def main() -> int:
    """Make both archives, ask for every page, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sides = []
        for claims in (arguments.small, arguments.large):
            store = open_store(Path(folder) / f"{claims}.db", who="benchmark")
            fill(store, claims)
            client = TestClient(make_app(store, Options("benchmark")), base_url="http://127.0.0.1")
            sides.append((client, paths(store, claims)))
        print(f"{'page':34} {arguments.small:>9} {arguments.large:>9}  ratio   (claims; median ms)")
        for name in ["overview after a change", *sides[0][1]]:
            medians = []
            for client, known in sides:
                path = known.get(name, "/")
                took = []
                for _ in range(1 if name not in known else arguments.times):
                    began = time.perf_counter()
                    answer = client.get(path)
                    took.append(time.perf_counter() - began)
                    assert answer.status_code == 200, (path, answer.text)
                medians.append(1000 * statistics.median(took))
            print(f"{name:34} {medians[0]:9.1f} {medians[1]:9.1f} {medians[1] / medians[0]:6.1f}")
    return 0


def paths(store: Store, claims: int) -> dict[str, str]:
    """The pages asked for, the lists also deep inside."""
    views = store.claim_page(None, 1).items
    relation = store.relation_beside(tuple(RelationKind), None)
    deep = _START + timedelta(days=min(claims // EACH, DAYS) // 2)
    return {
        "overview": "/",
        "articles": "/articles",
        "articles, far down": f"/articles?after={pack((deep, 'a'))}",
        "article": f"/articles/{views[0].article_id}",
        "claims": "/claims",
        "claims, far down": f"/claims?after={pack((deep, 'a', 0, 'c'))}",
        "claim": f"/claims/{views[0].id}",
        "search, common word": "/search?q=pier",
        "search, no such word": "/search?q=zyzzyva",
        "speakers": "/speakers",
        "speaker": f"/speakers/{views[0].speaker_id}",
        "contradictions": "/relations",
        "contradictions, far down": f"/relations?after={pack((0.5, 'r'))}",
        "open contradictions": "/relations?status=open",
        "relation": f"/relations/{relation}",
        "review": f"/review/{relation}",
    }


def fill(store: Store, claims: int) -> None:
    """Write an archive of so many claims straight into the tables."""
    chance = random.Random(claims)
    names = [f"Speaker {number:03}" for number in range(SPEAKERS)]
    speakers = ["s" + digest(name)[:12] for name in names]
    outlets = ["o" + digest(str(number))[:12] for number in range(20)]
    with store._engine.execution_options(**IMMEDIATE).begin() as connection:

        def put(table: Any, rows: list[dict[str, Any]]) -> None:
            for start in range(0, len(rows), PORTION):
                connection.execute(insert(table), rows[start : start + PORTION])

        put(
            t.Outlet,
            [
                {"id": key, "name": f"Outlet {n}", "folded": f"outlet {n}", "is_agency": False}
                for n, key in enumerate(outlets)
            ],
        )
        person = SpeakerKind.PERSON.value
        put(
            t.Speaker,
            [{"id": k, "name": n, "kind": person} for k, n in zip(speakers, names, strict=True)],
        )
        articles, rows = [], []
        for number in range(claims // EACH):
            sentences = [
                f"{chance.choice(names)} said the pier costs {chance.random():.9f}." for _ in range(EACH)
            ]
            body = "\n\n".join(sentences)
            key = "a" + digest(body)[:12]
            day = _START + timedelta(days=number % DAYS)
            articles.append(_article(key, body, day, chance.choice(outlets), number))
            place = 0
            for sentence in sentences:
                start = place + sentence.index("the pier")
                rows.append(_claim(key, body, start, place + len(sentence) - 1, chance.choice(speakers), day))
                place += len(sentence) + 2
        put(t.Article, articles)
        put(t.Claim, rows)
        kinds = [kind.value for kind in RelationKind]
        pairs = {(n, n + chance.randrange(1, NEAR)) for n in range(len(rows) - NEAR) for _ in range(2)}
        put(
            t.Relation,
            [
                {
                    "id": "r" + digest(rows[a]["id"], rows[b]["id"])[:12],
                    "a_id": rows[a]["id"], "b_id": rows[b]["id"], "kind": chance.choice(kinds),
                    "score": chance.random(), "signals": [["shared", 1.0, "", 1.0]],
                    "explanation": "They differ.", "matcher": "benchmark", "retired": False,
                }
                for a, b in sorted(pairs)
            ],
        )  # fmt: skip


def _article(key: str, body: str, day: date, outlet: str, number: int) -> dict[str, Any]:
    return {
        "id": key, "outlet_id": outlet, "printed_outlet_id": outlet, "path": f"{number}.txt",
        "sha256": digest(body), "body": body, "title": f"Article {number}", "published": day, "day": day,
        "marks": [], "agencies": [], "detected": [], "superseded": False, "extractor": "benchmark",
        "ingested": datetime.now(UTC),
    }  # fmt: skip


def _claim(article: str, body: str, start: int, end: int, speaker: str, day: date) -> dict[str, Any]:
    text = body[start:end]
    return {
        "id": "c" + digest(article, str(start))[:12], "article_id": article, "speaker_id": speaker,
        "persona_id": speaker, "start": start, "content": [[start, end]], "source": [], "cue": [],
        "sentence": [start, end], "kind": "indirect", "stance": "asserts", "text": text, "folded": text,
        "normalised": text, "facets": {}, "resolution": {"rule": "name"}, "day": day, "confidence": 0.9,
        "rule": "benchmark", "extractor": "benchmark", "retired": False,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
