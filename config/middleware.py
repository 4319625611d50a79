"""Middleware for the methods, headers and queries of all pages."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.views import METHODS, not_readable, refuse_method, too_long
from exchange.api.base import for_all_sites, is_for_programs
from publishing.numbers import parse_number

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

GetResponse = Callable[[HttpRequest], HttpResponse]


def restrict_methods_and_headers(get_response: GetResponse) -> GetResponse:
    """Refuse methods that no page supports, and set the headers that say which other sites may do what."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request) if request.method in METHODS else refuse_method(request)
        if is_for_programs(request):
            for_all_sites(response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def limit_forms_of_strangers(get_response: GetResponse) -> GetResponse:
    """Refuse forms with very many fields, or very long ones, from people who do not work at the desk.

    To read a million fields takes long; a form of the desk may have as many as its record needs.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not request.user.is_staff:
            length = parse_number(request.META.get("CONTENT_LENGTH") or "0", max_digits=18)
            if length is None:
                return not_readable(request, BadRequest("a length that is no number"))
            if length > settings.MAX_BYTES_OF_STRANGERS:
                return _sign_in_again(request) or too_long(request)
            is_in_parts = request.content_type == "multipart/form-data"
            fields = request.body.count(b"form-data;" if is_in_parts else b"&")
            if fields > settings.MAX_FIELDS_OF_STRANGERS:
                if sign_in := _sign_in_again(request):
                    return sign_in
                return not_readable(request, TooManyFieldsSent("from a stranger"))
        return get_response(request)

    return middleware


def _sign_in_again(request: HttpRequest) -> HttpResponse | None:
    """Where to sign in, for an editor whose session ended while a long form was filled in."""
    is_signed_out = not request.user.is_authenticated
    if is_signed_out and request.path.startswith(reverse("admin:index")):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    return None


def answer_bad_requests(get_response: GetResponse) -> GetResponse:
    """Answer what a view cannot read with the page for that; Django would log it with a traceback."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return not_readable(request, exception) if isinstance(exception, BadRequest) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def refuse_null_bytes(get_response: GetResponse) -> GetResponse:
    """Refuse queries with a null byte, which PostgreSQL does not accept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in "".join(value for values in request.GET.lists() for value in (values[0], *values[1])):
            # Returned, not raised: what strangers send belongs into no log with a traceback.
            return not_readable(request, BadRequest("a null byte in the query"))
        return get_response(request)

    return middleware
