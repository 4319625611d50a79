"""The web server of a process: waitress, which reads from slow clients before it takes a thread.

What an application knows at once is answered without a thread, where the request is as simple as most are.
"""

import copy
import re
import socket
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import WSGITask
from waitress.utilities import RequestEntityTooLarge

OPTIONS: dict[str, Any] = {
    "threads": 4,
    # A slow client costs a connection and no thread; the kernel's poll() can watch that many.
    "connection_limit": 1000,
    "asyncore_use_poll": True,
    # A request is stored before the application sees it; no form is larger than a picture, but
    # one that sends a dataset (Parser).
    "max_request_body_size": 16 * 1024 * 1024,
    # No address of ours is longer, and each page says it again some times.
    "max_request_header_size": 64 * 1024,
    # What a slow client has not taken yet lies on disk, up to so much, and keeps no thread waiting.
    "outbuf_high_watermark": 512 * 1024 * 1024,
    # Of what is sent and taken slowly, so little lies in memory that a thousand connections fill none.
    "inbuf_overflow": 64 * 1024,
    "outbuf_overflow": 64 * 1024,
    # Settings say whether a proxy's headers are believed (BEHIND_PROXY).
    "clear_untrusted_proxy_headers": False,
    "ident": None,
}

# One request without a body, which can be read in one way only: each header is a line of printable ASCII.
PLAIN = re.compile(
    rb"(GET|HEAD) (/(?!/)[\w./~-]*)(?:\?([!-\"$-~]*))? HTTP/1\.1\r\n"
    rb"((?:[A-Za-z][A-Za-z0-9-]*:[ -~]*\r\n)+)\r\n",
    re.ASCII,
)
LONGEST_PLAIN = 8 * 1024
# With so many connections open, each new one takes the place of one that sends and takes nothing: at
# `connection_limit`, waitress would let nobody in until some of these have waited for two minutes.
MOST_OPEN = 900
# Headers that change how a request is read; and a visitor with cookies may have pages of their own.
NOT_PLAIN = {"content-length", "cookie", "expect", "transfer-encoding", "upgrade"}

AtOnce = Callable[[bytes], bytes | None]


def plain_request(data: bytes) -> dict[str, str] | None:
    """The request in the words of WSGI, if the data is one plain request and nothing else."""
    if len(data) > LONGEST_PLAIN or (found := PLAIN.fullmatch(data)) is None:
        return None
    method, path, query, lines = ((part or b"").decode("ascii") for part in found.groups())
    asked = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    for line in lines.split("\r\n")[:-1]:
        name, _colon, value = line.partition(":")
        key = _key_of(name)
        if not key or key in asked:
            return None
        asked[key] = value.strip(" ")
    return asked if asked.get("HTTP_CONNECTION", "keep-alive").lower() == "keep-alive" else None


@lru_cache(maxsize=256)
def _key_of(header: str) -> str:
    """The name that WSGI gives it; "" where the request is not plain."""
    return "" if header.lower() in NOT_PLAIN else f"HTTP_{header.upper().replace('-', '_')}"


class Task(WSGITask):
    """Answers one request; after an answer that has no body, such as a 304, the connection stays open.

    waitress closes it wherever the length is not said, and of these it must not be (RFC 9112, section 6.3).
    """

    def set_close_on_finish(self) -> None:
        """Close the connection after the answer, if the client cannot know otherwise where that ends."""
        is_asked_for = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or self.version != "1.1" or is_asked_for:
            super().set_close_on_finish()


class Parser(HTTPRequestParser):
    """Reads one request; one that sends a dataset may be as large as that, and lies on disk meanwhile."""

    adj: Any
    error: Any
    body_rcv: Any
    expect_continue: bool
    language = ""

    def __init__(self, adj: Any, leave: Callable[[bytes], None]) -> None:
        """leave: is called with what was sent behind the request."""
        super().__init__(adj)
        self._leave = leave

    def parse_header(self, header_plus: bytes) -> None:
        """Take in the head, and how large the body may be at its address."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            # An address, or a length, that Python does not read.
            raise ParsingError("Bad request") from error
        # Where the body ends, two could understand differently (RFC 9112, sections 6.1 and 6.3).
        if "CONTENT_LENGTH" in self.headers if self.chunked else "TRANSFER_ENCODING" in self.headers:
            raise ParsingError("Bad request")
        # Who sends no body need not be told to go on; waitress would wait for it.
        self.expect_continue = self.expect_continue and self.body_rcv is not None
        self.language, _slash, path = self.path[1:].partition("/")
        if f"/{path}".startswith(settings.IMPORTS_AT) and self._is_of_the_desk():
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size += settings.MAX_IMPORT_MEGABYTES * 2**20

    def _is_of_the_desk(self) -> bool:
        """Whether the head is as of somebody who signed in; Django asks whether they did."""
        has_session = f"{settings.SESSION_COOKIE_NAME}=" in self.headers.get("COOKIE", "")
        return has_session and self.language in dict(settings.LANGUAGES)

    def received(self, data: bytes) -> int:
        """Take in a piece; what is too large is refused in the language of its address."""
        consumed: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            is_known = self.language in dict(settings.LANGUAGES)
            with override(self.language if is_known else settings.LANGUAGE_CODE):
                most = self.adj.max_request_body_size // 2**20
                self.error = RequestEntityTooLarge(_("The file is larger than %(size)d MB.") % {"size": most})
        if self.completed and not self.empty and consumed < len(data):
            self._leave(data[consumed:])
            return len(data)
        return consumed


class Channel(HTTPChannel):
    """A connection. Its requests are answered one by one: the next is read when an answer was taken.

    So whoever sends hundreds at once and takes no answer has one answer made, and not hundreds.
    """

    task_class = Task
    server: Any
    adj: Any
    last_activity: float
    # What was sent behind the request that is being answered. For the loop alone.
    _behind = b""

    def __init__(self, server: Any, *args: Any, **options: Any) -> None:
        super().__init__(server, *args, **options)
        if len(server.active_channels) > MOST_OPEN:
            _close_the_idlest(server.active_channels.values())

    def parser_class(self, adj: Any) -> Parser:
        """What reads the next request."""
        return Parser(adj, self._leave)

    def _leave(self, data: bytes) -> None:
        self._behind = data

    def readable(self) -> bool:
        """Whether more can be taken in; the loop asks all connections before it waits for any of them."""
        return not self._behind and bool(super().readable())

    def writable(self) -> bool:
        """Whether something is to be done as soon as the client takes what it is sent."""
        return bool(super().writable()) or self._can_go_on()

    def handle_write(self) -> None:
        """Send what there is; then it is the turn of what was sent behind the last request."""
        super().handle_write()
        if self._can_go_on():
            data, self._behind = self._behind, b""
            self.received(data)

    def _can_go_on(self) -> bool:
        return bool(self._behind) and self.connected and self._is_idle()

    def received(self, data: bytes) -> bool:
        """Take in a piece, and answer it here if it is a request whose answer is known."""
        answer = self.server.answer_at_once(data) if self._is_idle() else None
        if answer is None:
            return bool(super().received(data))
        self._send_at_once(answer)
        return True

    def _is_idle(self) -> bool:
        """Whether nothing comes before what is received now: no thread is at work for this connection."""
        with self.requests_lock:
            is_ending = self.will_close or self.close_when_flushed
            return not (self.request or self.requests or self.total_outbufs_len or is_ending)

    def _send_at_once(self, answer: bytes) -> None:
        """Send what the client takes now; what it does not, the loop sends when it does."""
        sent = self.send(answer)
        if sent < len(answer) and self.connected:
            self.outbufs[-1].append(answer[sent:])
            self.total_outbufs_len += len(answer) - sent
            # The next answer has a buffer of its own, as waitress has it.
            self.current_outbuf_count = self.adj.outbuf_high_watermark


def _close_the_idlest(channels: Iterable[Channel]) -> None:
    """Close the connection that has been silent for the longest; none for which an answer is made."""
    idle = (one for one in channels if not (one.requests or one.will_close))
    if (idlest := min(idle, key=lambda one: one.last_activity, default=None)) is not None:
        idlest.will_close = True


def a_server(application: Callable[..., Any], listener: socket.socket) -> Any:
    """The server of one open port; `run()` serves until KeyboardInterrupt.

    An application may have a method `at_once`, which returns a whole answer, as bytes, or None. It is asked
    in the loop that all connections share, so it waits for nothing.
    """
    server = create_server(application, sockets=[listener], **OPTIONS)
    server.channel_class = Channel
    around = {"SERVER_PORT": str(server.effective_port), "wsgi.url_scheme": server.adj.url_scheme}
    server.answer_at_once = _answers_at_once(getattr(application, "at_once", None), around)
    return server


def _answers_at_once(
    at_once: Callable[[dict[str, str]], bytes | None] | None, around: dict[str, str]
) -> AtOnce:
    """around: what the server knows besides the request."""

    def answer(data: bytes) -> bytes | None:
        asked = plain_request(data)
        return None if asked is None or at_once is None else at_once(asked | around)

    return answer
