"""What would hold a look, or lead it to an impostor: it takes its time and no more, and asks for papers."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sources import links
from sources.links import LinkResponse, check_link
from sources.vocabulary import LinkResult
from tests.sources.sites import HANG_UP, PUBLIC, SITE, Road, Site, endlessly, look_here, silent_site, status

WORKS, UNREACHABLE = LinkResult.WORKS, LinkResult.UNREACHABLE
DRIP = 0.02
# Seconds that a crowded machine may take for hops of half a second; what waits without end takes longer.
SOON, WITHOUT_END = 30, 120


# --- time ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        endlessly(b"", b"H", DRIP),
        endlessly(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n", DRIP),
        endlessly(b"", b"HTTP/1.1 103 So\r\n\r\n", DRIP),
        endlessly(b"HTTP/1.1 200 OK\r\nSet-Cookie: ", b"x" * 4_096),
        lambda line: HANG_UP.wait(WITHOUT_END),
    ],
    ids=["drip of the status", "drip of headers", "drip of hints", "huge header", "silence"],
)
def test_a_head_without_end_does_not_hold_the_look(site: Site, short_hops: float, answer: Any) -> None:
    site.answers["/a"] = answer

    seen, seconds = timed(lambda: look_here(f"{SITE}/a"))

    assert seen == LinkResponse(UNREACHABLE)
    assert seconds < SOON


@pytest.mark.parametrize("pause", [0, DRIP], ids=["flood", "drip"])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_body_without_end_is_not_read(
    site: Site, monkeypatch: pytest.MonkeyPatch, pause: float, method: str
) -> None:
    # Hops that a crowded machine does not miss: what is counted is what is read.
    monkeypatch.setattr(links, "HOP_SECONDS", SOON)
    body = endlessly(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1_024, pause)
    site.answers["/a"] = lambda line: (body if site.asked[-1].startswith(method) else status(405))(line)
    sizes: list[int] = []
    receive = socket.socket.recv
    monkeypatch.setattr(
        socket.socket, "recv", lambda self, size, *a: sizes.append(size) or receive(self, size, *a)
    )

    seen, seconds = timed(lambda: look_here(f"{SITE}/a"))

    assert seen == LinkResponse(WORKS, 200)
    assert seconds < SOON
    assert {size for size in sizes if size != 4_096} == {1_024}, "4,096 is how the site itself listens"
    assert sizes.count(1_024) <= 3


def test_a_resolver_that_takes_its_time_does_not_hold_the_look(short_hops: float, road: Road) -> None:
    released = threading.Event()

    def slow(host: str) -> list[str]:
        released.wait(WITHOUT_END)
        return [PUBLIC]

    seen, seconds = timed(lambda: check_link(SITE, resolve=slow))
    released.set()

    assert seen == LinkResponse(UNREACHABLE)
    assert seconds < SOON
    assert road.taken == []


def test_a_handshake_that_never_ends_does_not_hold_the_look(short_hops: float, road: Road) -> None:
    with silent_site() as port:
        road.ends[PUBLIC, 443] = port

        seen, seconds = timed(lambda: check_link("https://site.example/", resolve=lambda _host: [PUBLIC]))

    assert seen == LinkResponse(UNREACHABLE)
    assert seconds < SOON


def timed(call: Callable[[], LinkResponse]) -> tuple[LinkResponse, float]:
    start = time.monotonic()
    return call(), time.monotonic() - start


# --- certificates --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for site.example that nobody but the bearer vouches for."""
    assert shutil.which("openssl"), "openssl is needed to make a certificate (Debian: apt install openssl)"
    file = tmp_path_factory.mktemp("certificate") / "site.pem"
    make = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=site.example"
    )
    subprocess.run(
        [
            *make.split(),
            "-addext",
            "subjectAltName=DNS:site.example",
            "-keyout",
            file,
            "-out",
            file.with_suffix(".crt"),
        ],
        check=True,
        capture_output=True,
    )
    with file.open("a") as both:
        both.write(file.with_suffix(".crt").read_text())
    return file


@pytest.mark.parametrize(
    "host, is_trusted, seen",
    [
        ("site.example", True, LinkResponse(WORKS, 200)),
        ("site.example", False, LinkResponse(UNREACHABLE)),
        ("another.example", True, LinkResponse(UNREACHABLE)),
    ],
    ids=["trusted", "nobody vouches", "another name"],
)
def test_a_certificate_is_verified_against_the_name(
    road: Road,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    is_trusted: bool,
    seen: LinkResponse,
) -> None:
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with Site(certificate) as site:
        road.ends[PUBLIC, 443] = site.port

        assert check_link(f"https://{host}/", resolve=lambda _host: [PUBLIC]) == seen

    assert site.names == [host]
    assert road.taken == [(PUBLIC, 443)]
    assert [f"Host: {host}\r\n" in asked for asked in site.asked] == [True] * (seen.result == WORKS)
