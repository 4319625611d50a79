"""Requests to the front of kept pages, as a web server makes them."""

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from portal.page_cache.front import Application, Front, Observer
from portal.page_cache.shared import NotShared

ENOUGH = 64 * 1024 * 1024


@dataclass
class Got:
    """An answer of a WSGI application."""

    status: int
    headers: dict[str, str]
    body: bytes


def a_front(
    application: Application | None = None,
    *,
    max_bytes: int = ENOUGH,
    shared: NotShared | None = None,
    observers: Sequence[Observer] = (),
) -> Front:
    """A front before the casebook, or before another application."""
    return Front(application or WSGIHandler(), max_bytes, shared or NotShared(), observers)


def a_copy_of(front: Front) -> Front:
    """Another front before the same application, with the pages that this one keeps."""
    made = a_front(front.application)
    for address, page in front._plain._pages.items():
        made._plain.put(address, copy.deepcopy(page))
    return made


def rendered(front: Front) -> int:
    """How many pages it has rendered."""
    return front.counts["rendered"]


def ask(application: Application, path: str, method: str = "GET", **environ: Any) -> Got:
    """The answer to a request; environ: further variables, such as HTTP_ACCEPT_ENCODING."""
    asked: dict[str, Any] = {}
    setup_testing_defaults(asked)
    path, _mark, query = path.partition("?")
    asked |= {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", "REQUEST_METHOD": method}
    said: list[Any] = []
    # The tests' own transaction goes on; Django's client does the same.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        chunks = application(asked | environ, lambda *start: said.extend(start))
        body = b"".join(chunks)
        if close := getattr(chunks, "close", None):
            close()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    return Got(int(said[0].split()[0]), dict(said[1]), body)


def an_application(answer: Callable[[], tuple[str, dict[str, str], Iterable[bytes]]]) -> Application:
    """An application that answers every request alike."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status, headers, chunks = answer()
        start_response(status, [*headers.items()])
        return chunks

    return application


def commit() -> None:
    """What is written from now on is another transaction, also within that of a test."""
    connection.run_on_commit.clear()
