"""The pages that are kept in the memory of a process."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import InitVar, dataclass, field
from typing import Any, NamedTuple

import brotli

from portal.page_cache.changes import Change
from portal.page_cache.questions import Question

# A page of a phone's size is compressed in 2 ms; the highest quality takes fifty times that for a tenth less.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
# What a page takes besides its bytes: headers and questions.
OVERHEAD = 8_000
# The headers that a browser needs to go on with what it has.
OF_NOT_MODIFIED = {"Cache-Control", "ETag", "Vary", "Access-Control-Allow-Origin"}
# Seconds to wait for a page that another request renders.
MAX_WAIT = 5.0

Headers = list[tuple[str, str]]


class Address(NamedTuple):
    """What a page is asked by: two requests with the same address get the same page."""

    host: str
    scheme: str
    path: str
    query: str


class Ready(NamedTuple):
    """An answer of HTTP 1.1 as bytes, but for the date, which stands between the two parts of its head."""

    status: int
    before_date: bytes
    after_date: bytes
    body: bytes


@dataclass
class KeptPage:
    """A page, and what it was made of.

    headers: all but those that say how the body is encoded and how long it is.
    route: the name of its address, where requests are logged.
    answers: the digest of what the database answered to the questions, as of the changes.
    asked_at: by time.time(), when they were last asked.
    """

    headers: Headers
    etag: str
    route: str
    text: InitVar[bytes]
    encoding: InitVar[str]
    questions: list[Question]
    answers: bytes
    changes: Change
    asked_at: float
    size: int = field(init=False)
    # By content encoding ("br", "gzip", ""): the headers and the body, which is the same text in all of them.
    _sent: dict[str, tuple[Headers, bytes]] = field(init=False, default_factory=dict)
    # By content encoding, and by None for a reader who has it already: what `at_once` made of it.
    ready: dict[str | None, Ready] = field(init=False, default_factory=dict)

    def __post_init__(self, text: bytes, encoding: str) -> None:
        _headers, body = self._encode(text, encoding)
        self.size = OVERHEAD + len(body)

    def __getstate__(self) -> dict[str, Any]:
        """For what all processes share: other threads may add to the page meanwhile."""
        return {**self.__dict__, "_sent": dict(self._sent), "ready": {}}

    def sent(self, encoding: str) -> tuple[Headers, bytes]:
        """The headers and the body in that encoding, which is made when it is first asked for."""
        return self._sent.get(encoding) or self._encode(self._text(), encoding)

    def sent_before(self, encoding: str) -> tuple[Headers, bytes] | None:
        """As `sent`; None where it would have to be made."""
        return self._sent.get(encoding)

    def headers_of_not_modified(self) -> Headers:
        """The headers of a 304, for a reader who has the page already."""
        return [one for one in self.headers if one[0] in OF_NOT_MODIFIED]

    def _encode(self, text: bytes, encoding: str) -> tuple[Headers, bytes]:
        body = compressed(text, encoding)
        headers = [*self.headers, ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        # An encoding that few ask for is made again each time.
        if encoding != "" or not self._sent:
            self._sent[encoding] = headers, body
        return headers, body

    def _text(self) -> bytes:
        encoding, (_headers, body) = next(iter(self._sent.items()))
        return decompressed(body, encoding)


def compressed(text: bytes, encoding: str) -> bytes:
    """The text in a content encoding: "br", "gzip", or "" for itself."""
    if encoding == "br":
        return bytes(brotli.compress(text, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY))
    return gzip.compress(text, GZIP_LEVEL, mtime=0) if encoding == "gzip" else text


def decompressed(body: bytes, encoding: str) -> bytes:
    """The text of a body in a content encoding."""
    if encoding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if encoding == "gzip" else body


class Pages:
    """The pages that were asked for last, up to a number of bytes; safe for threads."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._pages: OrderedDict[Address, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        # By address: the lock of whoever renders it, and how many hold it or wait for it.
        self._turns: dict[Address, tuple[threading.Lock, int]] = {}

    def get(self, address: Address) -> KeptPage | None:
        """The page, if it is kept."""
        with self._lock:
            if (page := self._pages.get(address)) is not None:
                self._pages.move_to_end(address)
            return page

    def put(self, address: Address, page: KeptPage) -> None:
        """Keep the page, and let go of those that nobody asked for the longest."""
        with self._lock:
            self._drop(address)
            self._pages[address] = page
            self._bytes += page.size
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._pages)))

    def drop(self, address: Address) -> None:
        """Keep it no longer."""
        with self._lock:
            self._drop(address)

    def _drop(self, address: Address) -> None:
        if (page := self._pages.pop(address, None)) is not None:
            self._bytes -= page.size

    @contextmanager
    def turn(self, address: Address) -> Iterator[None]:
        """Let one request at a time go on; whoever has waited for MAX_WAIT goes on all the same."""
        with self._lock:
            lock, count = self._turns.get(address, (threading.Lock(), 0))
            self._turns[address] = lock, count + 1
        is_mine = lock.acquire(timeout=MAX_WAIT)
        try:
            yield
        finally:
            if is_mine:
                lock.release()
            with self._lock:
                lock, count = self._turns.pop(address)
                if count > 1:
                    self._turns[address] = lock, count - 1
