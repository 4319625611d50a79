"""What the web server reads by itself, before waitress does: only what both read alike, and in one way."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from portal.web_server import OPTIONS, Parser, plain_request
from tests.whole_site.reading import CORPORA

SERVER = SimpleNamespace(
    adj=Adjustments(listen="127.0.0.1:0", **OPTIONS), effective_port="80", server_name=""
)
CHANNEL: Any = SimpleNamespace(server=SERVER, addr=("127.0.0.1", 1), check_client_disconnected=bool)
HEAD = (
    b"GET /en/cases/?page=2&q=a+b%20c HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: Mozilla/5.0 (X11)\r\n"
    b'Accept-Encoding: gzip, br;q=0.9\r\nConnection: keep-alive\r\nIf-None-Match: W/"a", *\r\nX-Empty:\r\n\r\n'
)
# What makes requests of other sorts, and what is read in several ways by servers in the world.
PIECES = [
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\t",
        b" ",
        b":",
        b"//",
        b"/",
        b"#",
        b"?",
        b"%2f",
        b"%00",
        b"\0",
        b"\xe9",
        b"_",
    ),
    *(b"Host: evil.example\r\n", b"Host : localhost\r\n", b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    *(
        b"Content-Length: 5\r\n",
        b"Content-Length:\r\n",
        b"Cookie: session=a\r\n",
        b"Expect: 100-continue\r\n",
    ),
    *(
        b"Connection: close\r\n",
        b"http://localhost",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST",
        b"HTTP/1.0",
    ),
]
HOSTILE = [CORPORA / f"{name}.jsonl" for name in ("headers", "query_params")]
LINES = [json.loads(line) for file in HOSTILE for line in file.read_text(encoding="utf-8").splitlines()]


def read_by_waitress(data: bytes) -> tuple[HTTPRequestParser, int, dict[str, Any]]:
    """The request, how much of the data it is, and the environ."""
    behind: list[bytes] = []
    request = Parser(SERVER.adj, behind.append)
    taken = request.received(data) - sum(map(len, behind))
    return request, taken, {} if request.error else WSGITask(CHANNEL, request).get_environment()


def assert_read_alike(data: bytes) -> None:
    """If the data is a plain request, waitress reads the same of it, and nothing else."""
    asked = plain_request(data)
    if asked is None:
        return
    request, taken, environ = read_by_waitress(data)
    assert (taken, request.completed, request.error, request.empty) == (len(data), True, None, False)
    assert (request.body_rcv, request.expect_continue, request.connection_close) == (None, False, False)
    assert (request.version, request.proxy_scheme, request.proxy_netloc) == ("1.1", "", "")
    assert asked == {key: environ.get(key.replace("HTTP_CONTENT_TYPE", "CONTENT_TYPE")) for key in asked}
    assert {key for key in environ if key.startswith("HTTP_")} <= asked.keys()


def test_what_browsers_and_proxies_send_is_plain() -> None:
    assert plain_request(HEAD) == {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/en/cases/",
        "QUERY_STRING": "page=2&q=a+b%20c",
        "HTTP_HOST": "localhost:8000",
        "HTTP_USER_AGENT": "Mozilla/5.0 (X11)",
        "HTTP_ACCEPT_ENCODING": "gzip, br;q=0.9",
        "HTTP_CONNECTION": "keep-alive",
        "HTTP_IF_NONE_MATCH": 'W/"a", *',
        "HTTP_X_EMPTY": "",
    }
    assert_read_alike(HEAD)
    assert_read_alike(HEAD.replace(b"GET", b"HEAD"))


@pytest.mark.parametrize(
    "old,new",
    [
        (b"GET", b"get"),
        (b"GET", b"POST"),
        (b"GET", b"\r\nGET"),
        (b"/en/", b"//en/"),
        (b"/en/", b"http://localhost/en/"),
        (b"/en/", b"*"),
        (b"/en/", b"/en/%61"),
        (b"/en/", b"/en/\\"),
        (b"page=2", b"page=2#a"),
        (b"page=2", b"page=\xd9\x85"),
        (b"HTTP/1.1", b"HTTP/1.0"),
        (b"HTTP/1.1", b"HTTP/2.0"),
        (b" HTTP/1.1", b""),
        (b"HTTP/1.1", b" HTTP/1.1"),
        (b"HTTP/1.1\r\n", b"HTTP/1.1\n"),
        (b"X-Empty:", b"X-Empty"),
        (b"X-Empty:", b"X-Empty :"),
        (b"X-Empty:", b" X-Empty:"),
        (b"X-Empty:", b"X-Empty: a\r\n folded"),
        (b"X-Empty:", b"X_Empty:"),
        (b"X-Empty:", b"X-Empty: a\rb"),
        (b"X-Empty:", b"X-Empty: \x00"),
        (b"X-Empty:", b"X-Empty: \xe9"),
        (b"X-Empty:", b"X-Empty: \ta"),
        (b"X-Empty:", b"host: localhost:8000"),
        (b"X-Empty:", b"Accept-Encoding: br"),
        (b"X-Empty:", b"Cookie: csrf=a"),
        (b"X-Empty:", b"Content-Length: 0"),
        (b"X-Empty:", b"Content-Length: 5"),
        (b"X-Empty:", b"Transfer-Encoding: chunked"),
        (b"X-Empty:", b"transfer-encoding: identity"),
        (b"X-Empty:", b"Expect: 100-continue"),
        (b"X-Empty:", b"Upgrade: h2c"),
        pytest.param(b"X-Empty:", b"X-Long: " + 8192 * b"a", id="long"),
        (b"keep-alive", b"close"),
        (b"keep-alive", b"keep-alive, close"),
        (b"X-Empty:\r\n\r\n", b"X-Empty:\r\n"),
        (b"X-Empty:\r\n\r\n", b"X-Empty:\r\n\r\n\r\n"),
        (b"X-Empty:\r\n\r\n", b"X-Empty:\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    ],
)
def test_whatever_else_is_left_to_waitress(old: bytes, new: bytes) -> None:
    data = HEAD.replace(old, new, 1)

    assert data != HEAD
    assert plain_request(data) is None


def test_hostile_headers_and_queries_are_read_alike() -> None:
    heads = []
    for line in LINES:
        place = b"X-Empty:" if line["where"] == "request header" else b"?page=2"
        heads.append(HEAD.replace(place, line["input"].encode(errors="surrogatepass")))
    for head in heads:
        assert_read_alike(head)
    assert {plain_request(head) is None for head in heads} == {True, False}


@given(st.lists(st.tuples(st.integers(0, len(HEAD)), st.integers(0, 3), st.sampled_from(PIECES)), max_size=4))
def test_whatever_is_made_of_a_request_is_read_alike_or_left_to_waitress(
    changes: list[tuple[int, int, bytes]],
) -> None:
    data = HEAD
    for place, removed, piece in changes:
        data = data[:place] + piece + data[place + removed :]

    assert_read_alike(data)
