"""Looking at links: what is asked, and what is made of the answer."""

import socket
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.links import LinkResponse, check_link
from sources.vocabulary import LinkResult
from tests.sources.sites import HOME, OTHER_PUBLIC, PUBLIC, SITE, Road, Site, here, look_here, says, status

WORKS, MOVED, GONE = LinkResult.WORKS, LinkResult.MOVED, LinkResult.GONE
REFUSED, UNREACHABLE, NOT_PUBLIC = LinkResult.REFUSED, LinkResult.UNREACHABLE, LinkResult.NOT_PUBLIC


# --- how it answers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code, result",
    [
        *((code, WORKS) for code in (200, 204, 206)),
        *((code, GONE) for code in (404, 410)),
        *((code, REFUSED) for code in (400, 401, 403, 429, 451)),
        *((code, UNREACHABLE) for code in (304, 500, 503, 599)),
    ],
)
def test_a_status_is_told_in_our_words(site: Site, code: int, result: LinkResult) -> None:
    site.answers["/a"] = status(code)

    assert look_here(f"{SITE}/a") == LinkResponse(result, code)


def test_one_look_is_one_question_for_the_head_alone(site: Site) -> None:
    look_here(f"{SITE}/a/%D8%B5?q=1&r=%20#part")

    (asked,) = site.asked
    assert asked.startswith("HEAD /a/%D8%B5?q=1&r=%20 HTTP/1.1\r\nHost: site.example\r\n")


def test_letters_of_other_scripts_are_asked_for_in_ascii(site: Site) -> None:
    seen = check_link(
        "http://موقع.مثال/صلح?q=سلم", resolve=lambda host: [HOME] * host.startswith("xn--"), is_public=here
    )

    assert seen.result == WORKS
    assert site.asked[0].startswith("HEAD /%D8%B5%D9%84%D8%AD?q=%D8%B3%D9%84%D9%85 HTTP/1.1\r\nHost: xn--")


@pytest.mark.parametrize("code", [405, 501])
def test_a_server_that_knows_no_head_is_asked_again(site: Site, code: int) -> None:
    site.answers["/a"] = lambda line: status(200 if site.asked[-1].startswith("GET") else code)(line)

    assert look_here(f"{SITE}/a") == LinkResponse(WORKS, 200)
    assert site.paths == ["HEAD /a", "GET /a"]


def test_early_hints_are_passed_over(site: Site) -> None:
    site.answers["/a"] = says(
        b"HTTP/1.1 103 Early Hints\r\nLocation: /b\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n"
    )

    assert look_here(f"{SITE}/a") == LinkResponse(GONE, 404)


def test_blanks_within_an_address_take_no_time(site: Site) -> None:
    site.answers["/a"] = says(b"HTTP/1.1 200 So\r\nLocation: /b" + b" " * 15_000 + b"c\r\n\r\n")
    began = time.thread_time()

    assert look_here(f"{SITE}/a") == LinkResponse(WORKS, 200)
    assert time.thread_time() - began < 0.5


def test_a_name_that_nobody_knows_does_not_answer(road: Road) -> None:
    def unknown(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert check_link(SITE, resolve=unknown) == LinkResponse(UNREACHABLE)
    assert check_link(SITE, resolve=lambda _host: []) == LinkResponse(UNREACHABLE)


def test_a_closed_port_does_not_answer(road: Road) -> None:
    assert check_link(SITE, resolve=lambda _host: [PUBLIC]) == LinkResponse(UNREACHABLE)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\r\n\r\n", id="empty"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", id="another protocol"),
        pytest.param(b"HTTP/1.1 200", id="cut off"),
        pytest.param(b"HTTP/1.1 999 So\r\n\r\n", id="no such status"),
        pytest.param(b"HTTP/1.1 2\xb2\xb2 So\r\n\r\n", id="other digits"),
        pytest.param(b"\x00" * 70_000, id="zeros"),
        pytest.param(b"HTTP/1.1 200 So\r\nA: " + b"x" * 20_000 + b"\r\n\r\n", id="huge header"),
        pytest.param(b"HTTP/1.1 103 So\r\n\r\n" * 5_000, id="hints without end"),
    ],
)
def test_garbage_is_no_answer(site: Site, answer: bytes) -> None:
    site.answers["/a"] = says(answer)

    assert look_here(f"{SITE}/a") == LinkResponse(UNREACHABLE)


@given(
    answer=st.binary(max_size=3_000),
    start=st.sampled_from([b"", b"HTTP/1.1 ", b"HTTP/1.1 302 \r\nLocation: "]),
)
@example(answer=b"http://[::1\r\n\r\n", start=b"HTTP/1.1 302 \r\nLocation: ")
@example(answer=b"http://site.example:\xff/\r\n\r\n", start=b"HTTP/1.1 302 \r\nLocation: ")
def test_no_answer_raises(monkeypatch: pytest.MonkeyPatch, start: bytes, answer: bytes) -> None:
    def connect(*_: Any, **__: Any) -> socket.socket:
        near, far = socket.socketpair()
        with far:
            far.sendall(start + answer)
        return Deaf(near)

    monkeypatch.setattr(socket, "create_connection", connect)

    assert check_link(SITE, resolve=lambda _host: [PUBLIC]).result in LinkResult


class Deaf:
    """A line that takes every question, and gives what was said into it beforehand."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.settimeout, self.recv = line.settimeout, line.recv

    def sendall(self, question: bytes) -> None:
        """Nobody hears it."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        self._line.close()


def test_the_next_address_is_tried_where_the_first_is_down(site: Site, road: Road) -> None:
    road.ends = {(OTHER_PUBLIC, 80): site.port}

    assert check_link(SITE, resolve=lambda _host: ["2606:4700::1111", PUBLIC, OTHER_PUBLIC]) == LinkResponse(
        WORKS, 200
    )
    assert road.taken == [(PUBLIC, 80), (OTHER_PUBLIC, 80)]


def test_the_proxy_of_the_environment_is_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")

    assert look_here(SITE) == LinkResponse(WORKS, 200)


# --- redirects -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code, result", [(301, MOVED), (308, MOVED), (302, WORKS), (303, WORKS), (307, WORKS)]
)
def test_only_a_permanent_redirect_says_that_it_moved(site: Site, code: int, result: LinkResult) -> None:
    site.answers["/a"] = status(code, Location="/b c")

    assert look_here(f"{SITE}/a") == LinkResponse(result, 200)
    assert site.paths == ["HEAD /a", "HEAD /b%20c"]


def test_a_permanent_redirect_to_nothing_is_gone(site: Site) -> None:
    site.answers |= {"/a": status(301, location="/b"), "/b": status(404)}

    assert look_here(f"{SITE}/a") == LinkResponse(GONE, 404)


def test_three_redirects_are_followed_and_no_fourth(site: Site) -> None:
    site.answers |= {f"/{hop}": status(302, Location=f"/{hop + 1}") for hop in range(4)}

    assert look_here(f"{SITE}/1") == LinkResponse(WORKS, 200)
    site.asked.clear()
    assert look_here(f"{SITE}/0") == LinkResponse(UNREACHABLE, 302)
    assert site.paths == ["HEAD /0", "HEAD /1", "HEAD /2", "HEAD /3"]


def test_a_redirect_loop_ends(site: Site) -> None:
    site.answers["/a"] = status(302, Location="/a")

    assert look_here(f"{SITE}/a") == LinkResponse(UNREACHABLE, 302)
    assert len(site.asked) == 4


def test_a_redirect_without_a_place_does_not_answer(site: Site) -> None:
    site.answers["/a"] = status(302)

    assert look_here(f"{SITE}/a") == LinkResponse(UNREACHABLE)


@pytest.mark.parametrize(
    "location",
    [
        *("http://10.0.0.1/", "http://127.0.0.2/", "http://[::1]/", "//169.254.169.254/latest/meta-data/"),
        *("http://inside.example/", "http://2130706433/", "http://localhost/", "http://site.example:8000/"),
        *("http://a:b@site.example/", "http://[::1", "file:///etc/passwd", "gopher://site.example/"),
    ],
)
def test_a_redirect_to_what_is_not_public_is_not_followed(site: Site, road: Road, location: str) -> None:
    site.answers["/a"] = status(302, Location=location)
    names = {"site.example": [HOME], "inside.example": ["192.168.0.7"]}

    seen = check_link(f"{SITE}/a", resolve=names.__getitem__, is_public=here)

    assert seen == LinkResponse(NOT_PUBLIC)
    assert road.taken == [(HOME, 80)]
