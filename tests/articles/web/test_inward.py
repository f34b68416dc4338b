"""Addresses that point inward: none is fetched, and none is even called."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.fetcher import Fetcher, Manners
from claimtrack.articles.web.public import is_public
from tests.web_server import PUBLIC, Internet, Patience, Reply, Site

NUMBERS = [  # what a machine's own resolver takes for 127.0.0.1, 169.254.169.254 or 10.0.0.1
    "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "127.1", "127.0.1", "0x7f.1",
    "127.0.0.1.", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "167772161", "012.1",
    "0", "0x0", "4294967295",
]  # fmt: skip
LITERALS = [
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "0.0.0.0", "192.0.0.192",
    "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[fd20:ce::254]", "[fec0::1]", "[ff02::1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]", "[2001:0:5ef5:79fd::80ff:fffe]", "[2001:db8::1]", "[100::1]",
]  # fmt: skip
NAMES = {
    "localhost": ["127.0.0.1"],
    "inside.example": ["10.0.0.7"],
    "metadata.google.internal": ["169.254.169.254"],
    "mixed.example": [PUBLIC, "127.0.0.1"],
    "six.example": ["::ffff:10.0.0.1"],
    "zone.example": ["fe80::1%eth0"],
}
TRICKS = [  # spellings that one reader takes for an outside host, and another one for the loopback
    "http://news.example@127.0.0.1/", "http://127.0.0.1:80@inside.example/", "http://news.example\\@127.0.0.1/",
    "http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://[fe80::1%25eth0]/",
    "http://localhost%00.news.example/", "http:/127.0.0.1/", "http:127.0.0.1", "///127.0.0.1/",
    "http://news.example:22/", "http://news.example:6379/",
    "http://.example/", "http://a..example/", "http://" + "a" * 64 + ".example/",
    "file:///etc/passwd", "gopher://127.0.0.1/",
    "ftp://news.example/", "data:text/plain,hello", "javascript:alert(1)", "http://", "http://[::1",
]  # fmt: skip
URLS = [
    *(f"http://{host}/" for host in (*NUMBERS, *LITERALS, *NAMES)),
    *(f"https://{host}/" for host in ("127.0.0.1", "[::1]", "localhost")),
    *TRICKS,
]


@pytest.mark.parametrize("url", URLS)
def test_what_points_inward_is_refused_before_connecting(url: str, site: Site) -> None:
    site.put("/", "secret")
    internet = Internet(site, NAMES)
    with (
        Fetcher(Manners(), Patience(), internet.resolve, internet.call) as fetcher,
        pytest.raises(FetchError) as caught,
    ):
        fetcher.fetch(url)
    assert caught.value.final
    assert "\n" not in str(caught.value)
    assert (internet.called, site.asked) == ([], [])


def test_there_are_enough_of_them() -> None:
    assert len(set(URLS)) >= 60


@pytest.mark.parametrize("url", URLS)
def test_a_redirect_does_not_lead_inward(url: str, site: Site) -> None:
    site.put("/start", Reply(status=302, headers={"Location": url.encode().decode("latin-1")}))
    site.put("/", "secret")
    internet = Internet(site, NAMES)
    with (
        Fetcher(Manners(), Patience(), internet.resolve, internet.call) as fetcher,
        pytest.raises(FetchError),
    ):
        fetcher.fetch("http://news.example/start")
    assert set(internet.called) == {PUBLIC}
    assert "/" not in site.paths  # what reads as relative stays on the outside host, and finds nothing there


def test_robots_txt_does_not_lead_inward_either(site: Site) -> None:
    site.put(
        "/robots.txt", Reply(status=301, headers={"Location": "http://169.254.169.254/latest/meta-data"})
    )
    internet = Internet(site)
    with (
        Fetcher(Manners(), Patience(), internet.resolve, internet.call) as fetcher,
        pytest.raises(FetchError, match="not on the public internet"),
    ):
        fetcher.fetch("http://news.example/")
    assert [asked.path for asked in site.asked] == ["/robots.txt"]


class Rebinding(Internet):
    """A name server that tells an outside address first, and an inward one from then on."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        return [PUBLIC] if len(self.looked_up) == 1 else ["127.0.0.1"]


def test_a_name_that_changes_its_address_is_not_followed(site: Site) -> None:
    site.put("/a", Reply(b"first", headers={"Connection": "close"}))
    site.put("/robots.txt", Reply(b"", headers={"Connection": "close"}))
    internet = Rebinding(site)
    with (
        Fetcher(Manners(), Patience(), internet.resolve, internet.call) as fetcher,
        pytest.raises(FetchError, match="not on the public internet"),
    ):
        fetcher.fetch("http://rebind.example/a")
    assert internet.called == [PUBLIC]  # for robots.txt; the page itself would have gone inward


def test_what_was_checked_is_what_is_called(site: Site) -> None:
    site.put("/a", "first")
    site.put("/robots.txt", "")
    internet = Rebinding(site)
    with Fetcher(Manners(), Patience(), internet.resolve, internet.call) as fetcher:
        page = fetcher.fetch("http://rebind.example/a")
    assert page is not None
    assert (page.data, internet.called) == (b"first", [PUBLIC])
    assert {asked.headers["Host"] for asked in site.asked} == {"rebind.example"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "inside.example"])
def test_allow_private_reaches_what_is_refused_otherwise(host: str, site: Site) -> None:
    site.put("/a", "an intranet page")
    names = {"localhost": ["127.0.0.1"], "inside.example": ["127.0.0.1"]}
    with Fetcher(Manners(allow_private=True), Patience(), Internet(site, names).resolve) as fetcher:
        page = fetcher.fetch(site.url("/a", host))
    assert page is not None
    assert page.data == b"an intranet page"


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255", "2606:4700::1111",
     "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450::1"],
)  # fmt: skip
def test_the_rest_is_public(address: str) -> None:
    assert is_public(address)


def test_the_proxy_of_the_environment_is_not_used(
    fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.put("/a", "direct")
    page = fetcher.fetch("http://news.example/a")
    assert page is not None
    assert page.data == b"direct"
