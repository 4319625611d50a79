"""Editors who talk at the desk about an entry."""

from typing import Any

from django.urls import reverse

from tests.desk.conftest import signed_in

PROVENANCE = {"note": "Better.", "note_language": "en", "change_class": "correction"}


def page_of(subject: Any) -> str:
    return reverse("discussion:page", args=[subject.pk])


def said(subject: Any, by: Any, **sent: Any) -> Any:
    return signed_in(by).post(page_of(subject), {"verb": "open", "path": "", **sent}, follow=True)
