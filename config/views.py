"""Views that belong to no app."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

# Seconds until a browser or a crawler may try again what the database could not do.
RETRY_AFTER = 30


def too_long(request: HttpRequest) -> HttpResponse:
    """The page for a form that is longer than the casebook reads, with status 413."""
    return render(request, "413.html", status=413)


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read; of a form that is too long it says so."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_long(request)
    return render(request, "400.html", status=400)


def too_often(request: HttpRequest) -> HttpResponse:
    """The page for too many attempts, with status 429."""
    return render(request, "429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for an error: that of a database that is locked, full or away says that it passes."""
    return not_now(request) if _is_of_the_database(sys.exc_info()[1]) else server_error(request)


def not_now(request: HttpRequest) -> HttpResponse:
    """The page for what needs a database that does not answer now, with status 503. It asks no database."""
    if hasattr(request, "session"):
        # To store the session would be to wait for the database once more.
        request.session.modified = False
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_of_the_database(error: BaseException | None) -> bool:
    """Whether the database could not do what it does otherwise; a mistake of ours is another error."""
    if error is None:
        return False
    return isinstance(error, (OperationalError, InterfaceError)) or _is_of_the_database(
        error.__cause__ or error.__context__
    )
