"""Answers that belong to no app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_often(request: HttpRequest) -> HttpResponse:
    """To somebody who tries again and again."""
    return render(request, "429.html", status=429)
