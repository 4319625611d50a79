"""Asks our own site for its pages and files, as a reader without an account would."""

import io
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve


class NotAnswered(Exception):
    """A page or a file that the offline edition needs was not answered with 200."""


class Answer(NamedTuple):
    """What was answered: its media type and its bytes."""

    media_type: str
    body: bytes


class Site:
    """The site in this process, with all its middleware."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def get(self, address: str) -> Answer:
        """The answer to a path with its query. Raises NotAnswered."""
        response: Any = self._handler.get_response(request_for(address))
        if response.status_code != 200:
            raise NotAnswered(f"{address} was answered with {response.status_code}")
        if not response.streaming:
            body = response.content
        else:
            # Not the response: closing that ends the request, and with it the connection to the database.
            with response.file_to_stream:
                body = b"".join(response.streaming_content)
        return Answer(response.headers["Content-Type"].partition(";")[0], body)


def request_for(address: str) -> WSGIRequest:
    """The request of an anonymous reader for the path with its query."""
    path, _mark, query = address.partition("?")
    site = urlsplit(settings.SITE_URL)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(path, encoding="latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": str(site.port or {"https": 443}.get(site.scheme, 80)),
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )
    request.user = AnonymousUser()
    return request


def resolved_request(path: str) -> WSGIRequest:
    """The same, for a template that is rendered here and asks which page it is."""
    request = request_for(path)
    request.resolver_match = resolve(path)
    return request
