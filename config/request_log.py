"""Writes one line of the log for each request, which says nothing of who sent it."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from config.logs import REQUEST_KEY, current_request

# As nginx writes $request_id, or Caddy a UUID.
REQUEST_ID = re.compile(r"[0-9a-f-]{32,36}")

log = logging.getLogger("requests")

GetResponse = Callable[[HttpRequest], HttpResponse]


def log_requests(get_response: GetResponse) -> GetResponse:
    """Log each answer with its route, status, time and role; only where logs are JSON."""
    if settings.LOG_FORMAT != "json":
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        number, began = _request_id(request), time.perf_counter()
        before, request.META[REQUEST_KEY] = current_request.set(number), number
        try:
            response = get_response(request)
            log.info(
                "answered",
                extra={
                    "method": request.method,
                    "route": route_of(request),
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                    "role": role_of(request),
                },
            )
            return response
        finally:
            current_request.reset(before)

    return middleware


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


def _request_id(request: HttpRequest) -> str:
    """The number that the proxy gave the request, or a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    return given if REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
