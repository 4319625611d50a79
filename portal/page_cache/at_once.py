"""What the loop of the web server may do by itself: nothing that waits for a lock, a disk or a network."""

import time
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import connection
from waitress.utilities import build_http_date

from portal.page_cache.changes import Change, newest_changes_sql
from portal.page_cache.messages import Environ, accepted_encoding, is_among
from portal.page_cache.pages import Headers, KeptPage, Ready

CRLF = "\r\n"
# Seconds until the next question, after one that could not be answered at once.
PAUSE = 1.0


class NewestChanges:
    """Asks what the newest changes are, by a connection of its own; for one thread alone."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._asks_again_at = 0.0
        # The number that SQLite gives the content of the file, and the newest changes in that content.
        self._version: Any = None
        self._changes: Change = ()

    def __call__(self) -> Change | None:
        """The same as `newest_changes`; None where it cannot be known at once.

        A question to PostgreSQL goes over a network, so there is no answer here. SQLite's `data_version` is
        another number after each commit of any other connection, in whatever process.
        """
        if connection.vendor != "sqlite" or time.monotonic() < self._asks_again_at:
            return None
        try:
            return self._ask()
        except _library().Error:
            self._asks_again_at = time.monotonic() + PAUSE
            self.close()
            return None

    def _ask(self) -> Change:
        if self._connection is None:
            self._connection = _opened()
        version = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._changes = tuple(number for (number,) in self._connection.execute(newest_changes_sql()))
            self._version = version
        return self._changes

    def close(self) -> None:
        """Let go of the connection; the next question opens another one."""
        self._version = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _library() -> Any:
    """SQLite as Django has it: with two libraries in a process, one would take the other's locks away."""
    wrapper: Any = connection
    return wrapper.Database


def _opened() -> Any:
    """A connection that waits for no lock, and only reads."""
    options = connection.get_connection_params() | {"timeout": 0, "isolation_level": None}
    opened = _library().connect(**options)
    opened.execute("PRAGMA query_only = 1")
    return opened


def whole_answer(page: KeptPage, environ: Environ) -> tuple[int, bytes] | None:
    """The status and the bytes of the answer; None where the page has to be compressed for it first."""
    has_it = is_among(page.etag, environ.get("HTTP_IF_NONE_MATCH", ""))
    encoding = None if has_it else accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    ready = page.ready.get(encoding) or _made_ready(page, encoding)
    if ready is None:
        return None
    status, before, after, body = ready
    head = before, _date(int(time.time())), after
    return status, b"".join(head if environ["REQUEST_METHOD"] == "HEAD" else (*head, body))


def _made_ready(page: KeptPage, encoding: str | None) -> Ready | None:
    """encoding: None for a reader who has the page already."""
    if encoding is None:
        page.ready[None] = _joined("304 Not Modified", page.headers_of_not_modified(), b"")
    elif sent := page.sent_before(encoding):
        page.ready[encoding] = _joined("200 OK", *sent)
    return page.ready.get(encoding)


def _joined(status: str, headers: Headers, body: bytes) -> Ready:
    """As waitress joins them."""
    in_order = sorted(
        [*((_as_sent(name), value) for name, value in headers), ("Date", "")], key=itemgetter(0)
    )
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in in_order)]
    before, date, after = f"{CRLF.join(lines)}{CRLF}{CRLF}".partition(f"{CRLF}Date: ")
    return Ready(int(status[:3]), f"{before}{date}".encode("latin-1"), after.encode("latin-1"), body)


def _as_sent(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


@lru_cache(maxsize=2)
def _date(second: int) -> bytes:
    return bytes(build_http_date(second), "ascii")
