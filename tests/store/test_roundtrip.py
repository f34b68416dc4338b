"""What is put is what is read, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.records import Claim
from claimtrack.store import Store
from claimtrack.store.views import ClaimView
from tests.store.strategies import articles, claims


class UndoneError(Exception):
    pass


@contextmanager
def undone(store: Store) -> Iterator[None]:
    """A transaction that leaves nothing behind: every example begins with an empty database."""
    try:
        with store.transaction():
            yield
            raise UndoneError
    except UndoneError:
        pass


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_put_then_read_gives_the_same_records(store: Store, data: st.DataObject) -> None:
    article = data.draw(articles())
    made = data.draw(
        st.lists(claims(article), max_size=3, unique_by=(lambda c: c.key, lambda c: c.speaker.key))
    )
    with undone(store):
        found = store.standing(article)
        store.put_article(found)
        for claim in made:
            store.put_speaker(claim.speaker, ["k"])
        store.put_claims(found.id, made, {})

        assert store.article(article.key) == article
        assert store.load_claims(c.key for c in made) == {c.key: c for c in made}
        assert store.personas(c.speaker.key for c in made) == {c.speaker.key: c.speaker for c in made}
        assert set(store.speakers_under(["k"]).get("k", ())) == {c.speaker.key for c in made}
        assert list(store.verify()) == []
        views = {view.id: view for view in store.claims()}
        assert set(views) == {c.key for c in made}
        for claim in made:
            check_view(store, claim, views[claim.key])


def check_view(store: Store, claim: Claim, view: ClaimView) -> None:
    body = store.body(claim.article)
    assert view.text == " … ".join(body[s.start : s.end] for s in view.content)
    assert view.mention == " … ".join(body[s.start : s.end] for s in claim.attribution.source)
    assert view.sentence == claim.attribution.sentence.of(body)
    assert view.relays == claim.relays
    assert view.resolution_rule == claim.resolution.rule
    assert (view.stated_on, view.published) == (claim.stated_on, claim.published)
