"""Views that belong to no app."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
