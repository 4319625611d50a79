"""Remembers how far each translator has come."""

import datetime
from typing import Any

from django.db.models import F

from publishing.models import TranslatorsPlace


def remember_place(
    *, by: Any, language: str, kind: str, after: str, texts: int, words: int, on: datetime.date
) -> None:
    """What was sent last; after: its place in the queue, or "" where it was not sent from there."""
    place, _is_new = TranslatorsPlace.objects.get_or_create(by=by, language=language, defaults={"day": on})
    if after:
        place.kind, place.after = kind, after
    if place.day == on:
        place.texts, place.words = F("texts") + texts, F("words") + words
    else:
        place.day, place.texts, place.words = on, texts, words
    place.save()
