from __future__ import annotations

from collections.abc import Iterator

import pytest

from claimtrack.articles.web.fetcher import Fetcher, Manners
from tests.web_server import Internet, Patience, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def internet(site: Site) -> Internet:
    return Internet(site)


@pytest.fixture
def clock() -> Patience:
    return Patience()


@pytest.fixture
def fetcher(internet: Internet, clock: Patience) -> Iterator[Fetcher]:
    """Fetches from the site under every name, as if it stood on the public internet."""
    with Fetcher(Manners(agent="claimtrack/test"), clock, internet.resolve, internet.call) as opened:
        yield opened
