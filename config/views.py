"""Views that belong to no app."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from exchange.api import base
from exchange.problems import Problem

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# Seconds until a browser or a crawler may try again what the database could not do.
RETRY_AFTER = 30


def too_long(request: HttpRequest) -> HttpResponse:
    """The page for a form that is longer than the casebook reads, with status 413."""
    return render(request, "413.html", status=413)


def refuse_method(request: HttpRequest) -> HttpResponse:
    """The answer to a method that no page supports."""
    if base.is_for_programs(request):
        return base.method_refused(base.METHODS).answer()
    return HttpResponseNotAllowed(METHODS)


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read; of a form that is too long it says so."""
    if base.is_for_programs(request):
        return Problem(400, _("This request cannot be read.")).answer()
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_long(request)
    return render(request, "400.html", status=400)


def too_often(request: HttpRequest) -> HttpResponse:
    """The page for too many attempts, with status 429."""
    return render(request, "429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for an error: that of a database that is locked, full or away says that it passes."""
    is_of_the_database = _is_of_the_database(sys.exc_info()[1])
    if base.is_for_programs(request):
        return (_not_now() if is_of_the_database else Problem(500, _("Something went wrong here."))).answer()
    return not_now(request) if is_of_the_database else server_error(request)


def _not_now() -> Problem:
    text = _("Its database is busy, full or being repaired. Please try again in a minute.")
    return Problem(503, text, headers={"Retry-After": str(RETRY_AFTER)})


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
