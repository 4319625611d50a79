"""The web server of a process: waitress, which reads from slow clients before it takes a thread."""

import copy
import socket
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
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
    # Settings say whether a proxy's headers are believed (BEHIND_PROXY).
    "clear_untrusted_proxy_headers": False,
    "ident": None,
}


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
    language = ""

    def parse_header(self, header_plus: bytes) -> None:
        """Take in the head, and how large the body may be at its address."""
        super().parse_header(header_plus)
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
        return consumed


class Channel(HTTPChannel):
    """A connection."""

    parser_class = Parser
    task_class = Task


def a_server(application: Callable[..., Any], listener: socket.socket) -> Any:
    """The server of one open port; `run()` serves until KeyboardInterrupt."""
    server = create_server(application, sockets=[listener], **OPTIONS)
    server.channel_class = Channel
    return server
