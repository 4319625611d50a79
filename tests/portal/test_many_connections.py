"""Whoever opens many connections, or asks for much and takes nothing, neither fills the memory nor keeps others out."""

import logging
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

import pytest

from portal import web_server
from tests.portal.raw import PATIENCE, answers, connected, read_from, request

LARGE = b"x" * 8 * 2**20
MOST = 5


class Application:
    """Notes what it has answered; below /large, with more than a connection takes by itself."""

    def __init__(self) -> None:
        self.answered: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = LARGE if environ["PATH_INFO"].startswith("/large") else environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        try:
            yield body
        finally:
            self.answered.append(environ["PATH_INFO"])


@pytest.fixture
def application() -> Application:
    return Application()


def posted(path: str, body: bytes, **headers: str) -> bytes:
    return request(path, "POST", Content_Length=str(len(body)), **headers) + body


def test_of_many_requests_one_is_answered_until_its_answer_is_taken(
    application: Application, port: int
) -> None:
    with connected(port) as client:
        client.sendall(
            request("/large/1") + posted("/2", b"of 2") + request("/large/3") + posted("/4", b"of 4")
        )
        wait_until(lambda: application.answered)
        # Others, who come later, are answered meanwhile, one after the other.
        for _one in range(5):
            answers(port, request("/5"))
        assert application.answered == ["/large/1", *["/5"] * 5]

        found = [one.partition(b"\r\n\r\n")[2] for one in read_from(client, 4)]

    assert found == [LARGE, b"of 2", LARGE, b"of 4"]
    assert application.answered[6:] == ["/2", "/large/3", "/4"]


def test_as_many_slow_clients_as_there_may_be_take_little_memory() -> None:
    options = web_server.OPTIONS

    most = options["inbuf_overflow"], options["outbuf_overflow"], options["max_request_header_size"]
    assert sum(most) * options["connection_limit"] <= 200 * 2**20
    assert options["connection_limit"] > web_server.MOST_OPEN


def test_whoever_opens_many_connections_keeps_nobody_out(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_server, "MOST_OPEN", MOST)
    with ExitStack() as open_ones:
        clients = [open_ones.enter_context(connected(port)) for _one in range(4 * MOST)]
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\nX-Half")

        assert answers(port, request("/in"))
        wait_until(lambda: sum(map(is_closed, clients)) >= 3 * MOST - 1)
        assert not is_closed(clients[-1])


def test_an_answer_that_is_being_made_is_not_given_up_for_others(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_server, "MOST_OPEN", 0)
    channels = [
        channel(),
        channel(requests=[1], last_activity=-1.0),
        channel(last_activity=1.0),
        channel(will_close=True, last_activity=-2.0),
    ]

    web_server._close_the_idlest(channels)

    assert [one.will_close for one in channels] == [True, False, False, True]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_asks_whether_to_send_what_is_nothing_gets_the_answer(port: int, method: str) -> None:
    assert answers(port, request("/a", method, Expect="100-continue"))


UNREADABLE = [
    b"GET http://[x/ HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: %b\r\n\r\n" % (b"9" * 5000),
    b"GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n",
]


@pytest.mark.parametrize("asked", UNREADABLE)
def test_what_two_could_read_differently_is_refused(
    port: int, asked: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), connected(port) as client:
        client.sendall(asked)
        received = b"".join(iter(lambda: client.recv(4096), b""))

    assert (received[8:13], received.count(b"HTTP/1."), caplog.records) == (b" 400 ", 1, [])


def channel(**said: Any) -> Any:
    """As far as it is looked at."""
    return type("Channel", (), {"requests": [], "will_close": False, "last_activity": 0.0} | said)()


def wait_until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_closed(client: socket.socket) -> bool:
    """Whether the other side has closed it."""
    client.settimeout(0)
    try:
        return client.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True
