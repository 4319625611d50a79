"""Connections stay open where the client knows the end of an answer."""

import http.client
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

import pytest
from waitress.adjustments import Adjustments

from portal.web_server import OPTIONS, Parser
from tests.portal.raw import served

ANSWERS = {
    "/whole": ("200 OK", [("Content-Length", "3")], [b"abc"]),
    "/unchanged": ("304 Not Modified", [("ETag", '"a"')], []),
    "/nothing": ("204 No Content", [], []),
    "/unknown": ("200 OK", [], [b"a", b"bc"]),
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    status, headers, chunks = ANSWERS[environ["PATH_INFO"]]
    start_response(status, headers)
    return iter(chunks)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where the server listens."""
    with served(application) as port:
        yield port


def connections(port: int, path: str, **headers: str) -> tuple[int, str | None]:
    """How many connections two requests take, and what the first answer says of its own."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as client:
        used, said = set(), []
        for _ in range(2):
            client.request("GET", path, headers=headers)
            assert client.sock is not None
            used.add(client.sock.getsockname())
            answer = client.getresponse()
            said.append(answer.headers["Connection"])
            assert answer.read() == b"".join(ANSWERS[path][2])
        return len(used), said[0]


@pytest.mark.parametrize("path", ["/whole", "/unchanged", "/nothing"])
def test_the_connection_stays_open(port: int, path: str) -> None:
    assert connections(port, path) == (1, None)


@pytest.mark.parametrize("path", ["/whole", "/unchanged"])
def test_whoever_asks_for_its_end_gets_it(port: int, path: str) -> None:
    assert connections(port, path, Connection="close") == (2, "close")


def test_where_only_its_end_ends_the_answer_the_connection_is_closed(port: int) -> None:
    assert connections(port, "/unknown") == (2, "close")


@pytest.mark.parametrize(
    "path, cookie, megabytes, said",
    [
        ("/en/admin/datasets/", "session=a", 16, ""),
        ("/fr/admin/datasets/mappings/", "csrf=b; session=a", 16, ""),
        ("/en/admin/datasets/", "session=a", 17, "larger than 17 MB"),
        ("/en/admin/datasets/", "csrf=b", 16, "larger than 16 MB"),
        ("/fr/admin/sources/image/add/", "session=a", 16, "dépasse 16\N{NO-BREAK SPACE}Mo"),
        ("/admin/datasets/", "session=a", 16, "larger than 16 MB"),
        ("/xx/admin/datasets/", "session=a", 16, "larger than 16 MB"),
        ("/%00", "session=a", 16, "larger than 16 MB"),
    ],
)
def test_a_dataset_of_somebody_at_the_desk_alone_may_be_large(
    settings: Any, path: str, cookie: str, megabytes: int, said: str
) -> None:
    settings.MAX_IMPORT_MEGABYTES = 1
    request = Parser(Adjustments(listen="127.0.0.1:0", **OPTIONS), [].append)

    head = f"POST {path} HTTP/1.1\r\nCookie: {cookie}\r\nContent-Length: {megabytes * 2**20}\r\n\r\n"
    request.received(head.encode())

    assert said in (request.error.body if request.error else "")
    assert bool(request.error) == bool(said)
