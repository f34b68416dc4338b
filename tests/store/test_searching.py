"""Whatever is searched for, the answer is what looking at every row in Python gives.

Strings with SQL, LIKE and FTS signs, all sorts of Unicode, none at all and very long ones.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from claimtrack.errors import NotFoundError
from claimtrack.records import Speaker, SpeakerKind, digest
from claimtrack.store import Store
from claimtrack.store.codec import folded
from claimtrack.store.rows import can_be_stored
from tests.store.build import MAYOR, make_article, make_claim, put

STRINGS = int(os.environ.get("CLAIMTRACK_TEST_STRINGS", "200"))  # 1,000 take minutes on PostgreSQL
SIGNS = [
    "%", "_", "\\", "\\%", "/", "'", "''", '"', ";", "--", "/*", "*/", "*", "?", "[a-z]", "^", "$", "(", ")",
    "' OR '1'='1", "'; DROP TABLE claim; --", "\" UNION SELECT * FROM verdict --", "1=1", ":name", ":1", "%s",
    "%(x)s", "{}", "{0}", "$1", "?1", "@x", "NEAR(a b)", "a AND b", "NOT", "a OR b", "col:x", "x*",
    '"a b"', "+a -b",
    "\0", "a\0b", "\ud800", "\udcff", "\ud83c", "\U0001f309", "\u0130", "i\u0307", "\u00df", "ss", "SS",
    "\ufb01",
    "\u00e9", "e\u0301", "\u0301", "\u212a", "\u03a3", "\u03c2", "\u200b", "\u202e", "\ufeff", "\u00a0",
    "\u2028",
    "\t", "\n", "\r\n", "\x1b[0m", "\x7f", "", " ", "   ", "\ufffd", "100%", "50 %", "A_B", "C:\\x",
    "O'Brien",
]  # fmt: skip
WORDS = [
    "said", "the bridge", "BRIDGE", "open", "Straße", "STRASSE", "İzmir", "ΣΊΣΥΦΟΣ", "ﬁne", "O'Brien",
    "100% sure",
    "C:\\path", "snake_case", "naïve", "na\u0131ve", "école", "e\u0301cole", "日本", "🌉", "a\u00a0b", "x--y",
]  # fmt: skip
NAMES = [
    "Ann O'Brien",
    "100% Union",
    "A_B Group",
    "Straße AG",
    "École Nord",
    "日本銀行",
    'The "Quoted" Club',
    "C:\\Corp",
]


def strings(count: int = STRINGS) -> Iterator[str]:
    """Search strings, the same in every run: signs and words alone, then mixed, cut, in other cases."""
    dice = random.Random(7)
    made = [*SIGNS, *WORDS, *NAMES, "a" * 100_000, "%" * 60_000, "x " * 20_000]
    yield from made
    for _ in range(count - len(made)):
        text = dice.choice(["", " ", "%", "_"]).join(
            dice.choices(SIGNS + WORDS + NAMES, k=dice.randint(1, 4))
        )
        begin = dice.randint(0, len(text))
        text = text[begin : begin + dice.randint(1, 12)] if dice.random() < 0.5 else text
        yield dice.choice([str, str.upper, str.lower, str.swapcase])(text)


@pytest.fixture
def archive(store: Store) -> Store:
    """Claims, speakers and outlets whose words are full of what databases take for their own."""
    storable = [sign for sign in SIGNS if sign.strip() and can_be_stored(sign)]
    for number, name in enumerate(NAMES):
        speaker = Speaker("s" + digest(name)[:12], name, SpeakerKind.ORGANISATION)
        words = [*storable[number :: len(NAMES)], *WORDS[number % 7 :: 7]]
        contents = [f"{word} stands {i} here" for i, word in enumerate(words)]
        article = make_article(
            f"Quill said {'. '.join(contents)}.", f"{number}.txt", f"Outlet {name}", day=number + 1
        )
        claims = [
            replace(make_claim(article, content, replace(MAYOR, name="Quill")), speaker=speaker)
            for content in contents
        ]
        put(store, article, *claims)
    return store


def test_strings_in_claims_and_speakers(archive: Store) -> None:
    claims = {claim.id: folded(claim.text) for claim in archive.claims()}
    speakers = {s.id: [folded(name) for name in (s.name, *s.aliases)] for s in archive.speakers()}
    assert len(claims) > 80
    hits = 0
    for text in strings():
        wanted = folded(text)
        found = [claim.id for claim in archive.claims(search=text)]
        assert found == [key for key, held in claims.items() if wanted in held], ascii(text)[:80]
        bearers = {speaker.id for speaker in archive.speakers(search=text)}
        assert bearers == {key for key, names in speakers.items() if any(wanted in n for n in names)}, ascii(
            text
        )
        hits += bool(wanted and found)
    assert hits > 100


def test_strings_as_names(archive: Store) -> None:
    speakers = {folded(speaker.name): speaker.id for speaker in archive.speakers()}
    outlets = {folded(outlet.name): outlet.id for outlet in archive.outlets()}
    for text in strings():
        found = _or_none(partial(archive.find_speaker, text, exact=True))
        assert found is None or found.id in speakers.values()
        if folded(text) in speakers:
            assert found is not None
            assert found.id == speakers[folded(text)]
        assert _or_none(partial(archive.find_outlet, text)) == outlets.get(folded(text)), ascii(text)[:80]
        assert archive.merged(text) is None
        assert _or_none(partial(archive.get, text)) is None
        assert _or_none(lambda text=text: list(archive.claims(article=text))) is None


def test_names_as_people_type_them(archive: Store) -> None:
    for name in NAMES:
        for typed in (name, name.upper(), f"  {name.lower()} "):
            assert archive.find_speaker(typed).name == name
            assert archive.find_outlet(f"outlet {typed}") == archive.find_outlet(f"Outlet {name}")


def _or_none(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except NotFoundError:
        return None
