"""What an application knows at once is answered without a thread, in its turn, to whoever takes it however slowly."""

import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

import pytest

from tests.portal.raw import PATIENCE, answers, connected, read_from, request

LARGE = 4 * 1024 * 1024 * b"x"


def response(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nDate: Mon, 30 Nov 2026 10:00:00 GMT\r\n\r\n"
    return head.encode() + body


class Application:
    """Knows at once what is below /at-once; each other request takes a thread until it is let go."""

    def __init__(self) -> None:
        self.at_once_asked: list[str] = []
        self.slow_was_asked, self.goes_on = threading.Event(), threading.Event()
        self.goes_on.set()

    def at_once(self, asked: dict[str, str]) -> bytes | None:
        path = asked["PATH_INFO"]
        self.at_once_asked.append(path)
        if path == "/slow":
            self.slow_was_asked.set()
        if path == "/at-once/large":
            return response(LARGE)
        return response(path.encode()) if path.startswith("/at-once/") else None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        assert self.goes_on.wait(PATIENCE)
        body = b"later " + environ["PATH_INFO"].encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]


@pytest.fixture
def application() -> Application:
    return Application()


def bodies(found: list[bytes]) -> list[bytes]:
    return [one.partition(b"\r\n\r\n")[2] for one in found]


def test_what_is_known_is_answered_while_all_threads_are_busy(application: Application, port: int) -> None:
    application.goes_on.clear()
    with ExitStack() as open_ones:
        clients = [open_ones.enter_context(connected(port)) for _one in range(6)]
        for client in clients:
            client.sendall(request("/slow"))

        assert bodies(answers(port, request("/at-once/a"))) == [b"/at-once/a"]

        application.goes_on.set()
        assert [bodies(read_from(client)) for client in clients] == [[b"later /slow"]] * 6


def test_who_sends_many_requests_at_once_takes_turns_with_others(application: Application, port: int) -> None:
    paths = [f"/at-once/{number}" for number in range(100)]

    found = bodies(answers(port, b"".join(map(request, paths)), number=100))

    # The last one comes alone, when all others were answered.
    assert [one.removeprefix(b"later ") for one in found] == [path.encode() for path in paths]
    assert application.at_once_asked in ([], paths[-1:])


def test_answers_come_in_the_order_of_the_requests(application: Application, port: int) -> None:
    application.goes_on.clear()
    with connected(port) as client:
        client.sendall(request("/at-once/1"))
        assert bodies(read_from(client)) == [b"/at-once/1"]
        client.sendall(request("/slow"))
        assert application.slow_was_asked.wait(PATIENCE)
        client.sendall(request("/at-once/2"))
        application.goes_on.set()
        # Whether it arrives before the first answer is sent is chance; that it comes behind it is not.
        first, second = bodies(read_from(client, 2))
    assert (first, second.removeprefix(b"later ")) == (b"later /slow", b"/at-once/2")


def test_the_end_of_a_request_is_no_request_whatever_it_looks_like(
    application: Application, port: int
) -> None:
    with connected(port) as client:
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
        # The server has taken the first piece when it answers somebody who came later.
        answers(port, request("/at-once/0"))
        client.sendall(request("/at-once/1"))
        assert bodies(read_from(client)) == [b"later /slow"]
    assert application.at_once_asked == ["/at-once/0"]


def test_who_reads_slowly_gets_the_whole_answer_and_keeps_nobody_waiting(port: int) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        client.settimeout(PATIENCE)
        client.connect(("127.0.0.1", port))
        client.sendall(request("/at-once/large"))
        assert bodies(answers(port, request("/at-once/b"))) == [b"/at-once/b"]
        assert bodies(read_from(client)) == [LARGE]

        client.sendall(request("/at-once/c"))
        assert bodies(read_from(client)) == [b"/at-once/c"]


def test_who_goes_away_before_the_answer_does_no_harm(port: int) -> None:
    with connected(port) as client:
        # Closed so, the connection is reset.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes([1, 0, 0, 0, 0, 0, 0, 0]))
        client.sendall(request("/at-once/large"))

    assert bodies(answers(port, request("/at-once/d"))) == [b"/at-once/d"]
