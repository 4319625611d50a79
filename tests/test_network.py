"""No test reaches beyond this machine, and none skips in silence."""

import socket
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest

from tests.conftest import _without_silence

ELSEWHERE = "192.0.2.1"


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as one, pytest.raises(ConnectionRefusedError, match="reached for the network"):
        one.connect((ELSEWHERE, 80))


def test_another_machine_is_not_even_looked_up() -> None:
    with pytest.raises(ConnectionRefusedError, match="reached for the network"):
        socket.getaddrinfo("example.org", 443)


def test_libraries_meet_the_same_refusal() -> None:
    with pytest.raises(urllib.error.URLError, match="reached for the network"):
        urllib.request.urlopen("https://example.org/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_may_be_reached(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1])) as one,
    ):
        assert one.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    "outcome, becomes", [("skipped", "failed"), ("passed", "passed"), ("failed", "failed")]
)
def test_a_skipped_test_is_a_failed_one(outcome: str, becomes: str) -> None:
    report = _without_silence(SimpleNamespace(outcome=outcome, longrepr="why"))

    assert report.outcome == becomes


def test_a_failure_that_is_expected_is_no_skip() -> None:
    report = _without_silence(SimpleNamespace(outcome="skipped", longrepr="why", wasxfail="a known bug"))

    assert report.outcome == "skipped"
