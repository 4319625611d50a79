"""Views that belong to no app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_often(request: HttpRequest) -> HttpResponse:
    """The page for too many attempts, with status 429."""
    return render(request, "429.html", status=429)
