"""Clients that send slowly, send too much or stand behind a proxy."""

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection

import pytest

from portal.management.commands.run import MAX_SHUTDOWN
from portal.web_server import OPTIONS
from sources.pictures import MAX_BYTES
from tests.faults.finished import give_database
from tests.faults.servers import Browser, Casebook, killed_at_the_end
from tests.faults.test_running import SLOWNESS

HEAD = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Half"
# The public form takes up to 400,000 bytes, from anybody.
BODY = (
    b"POST /en/propose/case/somalia-djibouti-2008/finding/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000\r\n\r\ntoken="
)
# A page that nobody takes: its answer is larger than what a client with so small a buffer is sent.
WHOLE = b"GET /en/accessibility/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
SMALL = 1024


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """One that is served until the end of this file."""
    for casebook in killed_at_the_end(Casebook(tmp_path_factory.mktemp("served"))):
        give_database(casebook, tmp_path_factory)
        casebook.start()
        yield casebook


@pytest.fixture
def proxied(served: Casebook) -> Iterator[Casebook]:
    """The same casebook, served behind a proxy to which readers speak https."""
    for casebook in killed_at_the_end(Casebook(served.database.parent)):
        casebook.environment |= {"SITE_URL": "https://casebook.example", "BEHIND_PROXY": "1"}
        casebook.launch()
        casebook.wait_until(casebook.is_up)
        yield casebook


@pytest.mark.parametrize("sent", [HEAD, BODY, WHOLE], ids=["heads", "bodies", "readers"])
def test_two_hundred_slow_clients_keep_nobody_waiting(served: Casebook, sent: bytes) -> None:
    alone = shortest_time(served)

    with half_sent(served, sent, 200):
        among_them = shortest_time(served)

    assert among_them < 2 * alone + SLOWNESS / 60


def shortest_time(casebook: Casebook) -> float:
    """The seconds that a page takes, at best of five."""
    times = []
    for _one in range(5):
        begun = time.monotonic()
        assert Browser(casebook.site).get("/en/changes/")[0] == 200
        times.append(time.monotonic() - begun)
    return min(times)


def test_a_body_larger_than_any_form_is_refused_before_it_is_stored(served: Casebook) -> None:
    most = OPTIONS["max_request_body_size"]

    with socket.create_connection(("127.0.0.1", served.port), timeout=SLOWNESS) as client:
        client.sendall(BODY.replace(b"300000", str(most + 1).encode()))

        assert client.recv(64).startswith(b"HTTP/1.1 413 ")
    assert most > MAX_BYTES


def test_what_a_proxy_says_of_its_client_reaches_the_settings_that_judge_it(proxied: Casebook) -> None:
    statuses = {}
    for scheme in ("http", "https"):
        with closing(HTTPConnection("127.0.0.1", proxied.port, timeout=SLOWNESS)) as line:
            headers = {"Host": "casebook.example", "X-Forwarded-Proto": scheme}
            line.request("GET", "/robots.txt", headers=headers)
            statuses[scheme] = line.getresponse().status

    assert statuses == {"http": 301, "https": 200}


def test_a_request_to_end_is_heard_while_others_are_half_sent(served: Casebook) -> None:
    with half_sent(served, BODY, 20):
        assert served.stop(signal.SIGTERM, within=MAX_SHUTDOWN + SLOWNESS) == 0

    assert "Traceback" not in served.said()


@contextmanager
def half_sent(casebook: Casebook, beginning: bytes, number: int) -> Iterator[None]:
    """So many clients that sent the beginning of a request, or all of it, and then do and read nothing."""
    with ExitStack() as clients:
        for _one in range(number):
            client = clients.enter_context(closing(socket.socket()))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
            client.settimeout(SLOWNESS)
            client.connect(("127.0.0.1", casebook.port))
            client.sendall(beginning)
        yield
