"""The web server of a process: waitress, which reads from slow clients before it takes a thread."""

import socket
from collections.abc import Callable
from typing import Any

from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

OPTIONS: dict[str, Any] = {
    "threads": 4,
    # A slow client costs a connection and no thread; the kernel's poll() can watch that many.
    "connection_limit": 1000,
    "asyncore_use_poll": True,
    # A request is stored before the application sees it; no form of ours is larger than a picture.
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


class Channel(HTTPChannel):
    """A connection."""

    task_class = Task


def a_server(application: Callable[..., Any], listener: socket.socket) -> Any:
    """The server of one open port; `run()` serves until KeyboardInterrupt."""
    server = create_server(application, sockets=[listener], **OPTIONS)
    server.channel_class = Channel
    return server
