"""Place articles among their copies: the archive proposes, the articles room compares, the archive keeps.

Whatever the order in which texts come in, the same archive gives the same origins: when an original comes
late, the copies that were there before it are placed anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.articles.copies import bands_of, print_of
from claimtrack.articles.origins import Text, find_origin
from claimtrack.records import Article, TextOrigin
from claimtrack.store import Store


@dataclass(frozen=True)
class _Known:
    """A text of the archive and the key of the one it goes back to as far as was known."""

    text: Text
    of: str


def place(
    store: Store, key: str, article: Article, former: str | None = None, is_new: bool = False
) -> tuple[TextOrigin, list[str]]:
    """Find and store the origin of an article that has just been put under its `key`.

    `former` is the article whose place it took; one that `is_new` was never there, so nothing goes back to
    it.  Returns its origin, and the keys of the other articles whose origin may be another one now.
    """
    store.put_bands(key, bands_of(print_of(article.body, article.marks)), is_new)
    bereft = [] if is_new else store.copies_of([key, former] if former else [key])
    known = _around(store, key)
    origin = _settle(store, key, known)
    overtaken = _overtaken(store, key, known)
    for late in overtaken:
        store.put_origin(late, find_origin(known[late].text, [known[key].text]))
    for late in bereft:
        _settle(store, late, _around(store, late))
    return origin, sorted({*overtaken, *bereft} - {key})


def place_all(store: Store) -> None:
    """Place the articles that were put by a version of the program that placed none."""
    for key in store.unindexed():
        place(store, key, store.article(key))


def _settle(store: Store, key: str, known: dict[str, _Known]) -> TextOrigin:
    origin = find_origin(known[key].text, (other.text for other in known.values()))
    store.put_origin(key, origin)
    return origin


def _overtaken(store: Store, key: str, known: dict[str, _Known]) -> list[str]:
    """The copies of `key` that go back to nothing, or to a text that is later than this one.

    Where there are any, the others of their groups are looked up too and added to `known`.
    """
    own = known[key].text

    def later() -> list[str]:
        return [
            late
            for late, found in known.items()
            if own.order < found.text.order
            and (found.of not in known or own.order < known[found.of].text.order)
        ]

    members = store.copies_of(later())
    known |= _load(store, [member for member in members if member not in known])
    return [late for late in later() if find_origin(known[late].text, [own]).of == key]


def _around(store: Store, key: str) -> dict[str, _Known]:
    """An article, the texts nearest to it, and those that they go back to."""
    known = _load(store, [key, *store.near_copies(key)])
    return known | _load(store, {found.of for found in known.values()} - {"", *known})


def _load(store: Store, keys: list[str] | set[str]) -> dict[str, _Known]:
    found = store.placed(keys)
    return {key: _Known(Text(key, p.article, p.by_agency), p.origin_of or "") for key, p in found.items()}
