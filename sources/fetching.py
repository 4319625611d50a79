"""Reads one page of the public web, as links are checked: each hop goes to the address that was judged."""

import http.client
import io
import socket
import time
from dataclasses import dataclass
from typing import Any

from sources import links
from sources.links import IsPublic, NotPublic, Resolve

# For all hops together.
SECONDS = 8.0
MAX_BYTES = 512 * 1024
HTML = "text/html,application/xhtml+xml"


class NotRead(Exception):
    """The page could not be read: it is not public, does not answer in time, or is no page."""


@dataclass(frozen=True)
class FetchedPage:
    """What a server answered: the address of the last hop, and the beginning of the body."""

    url: str
    content_type: str
    body: bytes


def fetch(
    url: str,
    *,
    accept: str = HTML,
    resolve: Resolve = links.addresses_of,
    is_public: IsPublic = links.is_public,
) -> FetchedPage:
    """Request the page, and follow redirects. Raises NotRead."""
    deadline = time.monotonic() + SECONDS
    try:
        for _hop in range(links.MAX_REDIRECTS + 1):
            answer = _request(url, accept, deadline, resolve, is_public)
            if answer.status not in links.REDIRECTS:
                return _page_of(url, answer)
            url = links.next_url(url, answer.getheader("Location") or "")
    except (NotPublic, OSError, http.client.HTTPException, ValueError) as error:
        raise NotRead from error
    raise NotRead


@dataclass(frozen=True)
class Answer:
    """The status and headers of a hop, and the beginning of its body."""

    status: int
    headers: Any
    body: bytes

    def getheader(self, name: str) -> str:
        """The header of that name; "" without one."""
        return str(self.headers.get(name) or "")


def _page_of(url: str, answer: Answer) -> FetchedPage:
    is_plain = answer.getheader("Content-Encoding").lower() in ("", "identity")
    if answer.status != http.client.OK or not is_plain:
        raise NotRead
    return FetchedPage(url, answer.getheader("Content-Type"), answer.body)


def _request(url: str, accept: str, deadline: float, resolve: Resolve, is_public: IsPublic) -> Answer:
    destination = links.destination_of(url)
    addresses = links.public_addresses(destination.host, deadline, resolve, is_public)
    with links.connected(destination, addresses, deadline) as connection:
        connection.settimeout(links.seconds_left(deadline))
        connection.sendall(links.request("GET", destination, accept))
        answer = http.client.HTTPResponse(_InTime(connection, deadline), method="GET")  # type: ignore[arg-type]
        try:
            answer.begin()
            body = b"" if answer.status in links.REDIRECTS else answer.read(MAX_BYTES)
            return Answer(answer.status, answer.headers, body)
        finally:
            answer.close()


class _InTime:
    """A connection from which nothing is read after the deadline."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self.connection, self.deadline = connection, deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client reads from."""
        return io.BufferedReader(_Read(self.connection, self.deadline))


class _Read(io.RawIOBase):
    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self.connection, self.deadline = connection, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.connection.settimeout(links.seconds_left(self.deadline))
        return self.connection.recv_into(buffer)
