"""Writes one line of the log for each request, which says nothing of who sent it."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from config.logs import REQUEST_KEY, current_request
from portal.page_cache.front import ROUTE, Sent

# As nginx writes $request_id, or Caddy a UUID.
REQUEST_ID = re.compile(r"[0-9a-f-]{32,36}")

log = logging.getLogger("requests")

GetResponse = Callable[[HttpRequest], HttpResponse]


def log_requests(get_response: GetResponse) -> GetResponse:
    """Log each answer with its route, status, time and role; only where logs are JSON."""
    if settings.LOG_FORMAT != "json":
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        number, began = _request_id(request.META), time.perf_counter()
        before, request.META[REQUEST_KEY] = current_request.set(number), number
        try:
            response = get_response(request)
            log.info(
                "answered",
                extra={
                    "method": request.method,
                    "route": note_route(request),
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                    "role": role_of(request),
                },
            )
            return response
        finally:
            current_request.reset(before)

    return middleware


def log_kept(environ: dict[str, Any], sent: Sent) -> None:
    """Log the answer to a request for a page that is kept; a visitor asked for it."""
    if settings.LOG_FORMAT != "json":
        return
    number = current_request.set(_request_id(environ))
    try:
        fields = {"method": environ["REQUEST_METHOD"], "route": sent.route, "status": sent.status}
        log.info("answered", extra=fields | {"ms": round(sent.seconds * 1000, 1), "role": "visitor"})
    finally:
        current_request.reset(number)


def note_route(request: HttpRequest) -> str:
    """As `route_of`; noted for the page, if it is kept."""
    route = request.META[ROUTE] = route_of(request)
    return route


def route_of(request: HttpRequest) -> str:
    """The name of the address that the request asked for; never the path, which may hold a token."""
    if (match := getattr(request, "resolver_match", None)) is not None:
        return match.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def role_of(request: HttpRequest) -> str:
    """What sort of account sent the request, as far as answering it asked for the account."""
    account = getattr(request, "_cached_user", None)
    if account is None or not account.is_authenticated:
        return "visitor"
    return "superuser" if account.is_superuser else "desk" if account.is_staff else "account"


def _request_id(environ: dict[str, Any]) -> str:
    """The number that the proxy gave the request, or a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    return given if REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
