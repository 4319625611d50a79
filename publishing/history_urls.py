"""Addresses that every kind of entry has below those of its pages."""

from django.urls import URLPattern, path

from publishing.models import Entry
from publishing.views import EntryHistory, RevisionDetail


def history_of(kind: type[Entry], *, below: str) -> list[URLPattern]:
    """The history of an entry of the kind, and each revision in it."""
    name = kind.PAGE.partition(":")[2]
    history = f"{below}<slug:slug>/history/"
    return [
        path(history, EntryHistory.as_view(model=kind), name=f"{name}-history"),
        path(f"{history}<int:number>/", RevisionDetail.as_view(model=kind), name=f"{name}-revision"),
    ]
