"""The page over a small archive, asked without a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from starlette.testclient import TestClient

from claimtrack.store import Store, open_store
from claimtrack.web.app import make_app
from claimtrack.web.options import Options
from tests.conftest import Fill
from tests.web.archive import fill

Archive = tuple[str, dict[str, str]]


@dataclass
class Shown:
    """A filled archive, the keys of what is in it, and a browser to ask for pages."""

    store: Store
    keys: dict[str, str]
    options: Options = field(default_factory=lambda: Options(reviewer="Ada"))

    def __post_init__(self) -> None:
        self.client = self.browser()

    def browser(self, **options: object) -> TestClient:
        app = make_app(self.store, replace(self.options, **options))  # type: ignore[arg-type]
        return TestClient(app, base_url="http://127.0.0.1:8017", follow_redirects=False)

    def get(self, path: str) -> str:
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text

    def token(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.get(f"/claims/{self.keys['opens']}"))
        assert found is not None
        return found.group(1)

    def post(self, path: str, **fields: object) -> str:
        """Send a form as a browser would; where it leads comes back."""
        answer = self.client.post(path, data={"csrf": self.token(), **fields})
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]


@pytest.fixture
def archive(copy_of: Callable[[Fill], Archive]) -> Archive:
    """A database of one's own, and the keys of what is in it."""
    return copy_of(fill)


@pytest.fixture
def shown(archive: Archive) -> Iterator[Shown]:
    with open_store(archive[0], who="tester") as store:
        yield Shown(store, archive[1])
