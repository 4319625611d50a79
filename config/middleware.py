"""Middleware for the methods, headers and queries of all pages."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

GetResponse = Callable[[HttpRequest], HttpResponse]


def restrict_methods_and_headers(get_response: GetResponse) -> GetResponse:
    """Refuse methods that no page supports, and set Permissions-Policy and Cross-Origin-Resource-Policy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def refuse_null_bytes(get_response: GetResponse) -> GetResponse:
    """Refuse queries with a null byte, which PostgreSQL does not accept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in "".join(value for values in request.GET.lists() for value in (values[0], *values[1])):
            raise BadRequest("a null byte in the query")
        return get_response(request)

    return middleware
