"""Pages that editors paste are read as links are checked: public addresses only, in time, and not without end."""

import pytest

from sources import fetching
from sources.fetching import NotRead, fetch
from tests.sources.sites import HOME, PUBLIC, SITE, Road, Site, endlessly, says, status
from tests.sources.test_links_inside import CORPUS, INSIDE

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<title>A page</title>"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"


@pytest.fixture
def page(road: Road) -> Site:
    """http://site.example/, on a public address that leads to loopback."""
    with Site() as site:
        road.ends[PUBLIC, 80] = site.port
        yield site


def read(url: str) -> fetching.FetchedPage:
    return fetch(url, resolve=lambda _host: [PUBLIC])


@pytest.mark.parametrize("row", CORPUS, ids=[row["id"] for row in CORPUS])
@pytest.mark.usefixtures("no_connection")
def test_an_address_inside_is_not_read(row: dict[str, str]) -> None:
    for url in (row["input"], row["input"].split(" ")[0]):
        with pytest.raises(NotRead):
            read(url)


@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.usefixtures("no_connection")
def test_a_name_that_leads_inside_is_not_read(address: str) -> None:
    with pytest.raises(NotRead):
        fetch(SITE, resolve=lambda _host: [PUBLIC, address])


def test_a_page_is_read_after_its_redirects(page: Site) -> None:
    page.answers["/a"] = status(302, Location="/b")
    page.answers["/b"] = says(PAGE)

    found = read(f"{SITE}/a")

    assert (found.url, found.content_type) == (f"{SITE}/b", "text/html; charset=utf-8")
    assert found.body == b"<title>A page</title>"
    assert page.paths == ["GET /a", "GET /b"]
    assert "Accept: text/html" in page.asked[0]


def test_a_redirect_that_leads_inside_is_not_followed(page: Site) -> None:
    page.answers["/a"] = status(302, Location=f"http://{HOME}/secret")

    with pytest.raises(NotRead):
        read(f"{SITE}/a")
    assert page.paths == ["GET /a"]


def test_redirects_in_a_circle_end(page: Site) -> None:
    page.answers["/a"] = status(302, Location="/a")

    with pytest.raises(NotRead):
        read(f"{SITE}/a")
    assert len(page.asked) == 4


def test_chunks_are_joined(page: Site) -> None:
    page.answers["/a"] = says(CHUNKED)

    assert read(f"{SITE}/a").body == b"abcde"


def test_of_an_endless_page_the_beginning_is_read(page: Site) -> None:
    page.answers["/a"] = endlessly(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000)

    assert len(read(f"{SITE}/a").body) == fetching.MAX_BYTES


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_takes_its_time_is_left(
    page: Site, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    page.answers["/a"] = endlessly(start, b"x", pause=0.05)

    with pytest.raises(NotRead):
        read(f"{SITE}/a")


@pytest.mark.parametrize(
    "answer",
    [
        *(status(404), status(500), status(302), status(302, Location="http://[")),
        *(says(b""), says(b"SSH-2.0-OpenSSH\r\n"), says(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500)),
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        status(200, **{"Content-Encoding": "gzip"}),
    ],
)
def test_what_is_no_page_is_not_read(page: Site, answer: object) -> None:
    page.answers["/a"] = answer  # type: ignore[assignment]

    with pytest.raises(NotRead):
        read(f"{SITE}/a")
