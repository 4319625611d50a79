"""Remembers how far each translator has come, and what they skipped."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import F
from django.utils import timezone

from publishing.models import Entry, SkippedText, TranslatorsPlace


def remember_progress(
    *, by: Any, language: str, kind: str, after: str, texts: int, words: int, on: datetime.date
) -> None:
    """What was sent last; after: its position in the queue, or "" if it was not sent from there."""
    progress, _is_new = TranslatorsPlace.objects.get_or_create(by=by, language=language, defaults={"day": on})
    if after:
        progress.kind, progress.after = kind, after
    if progress.day == on:
        progress.texts, progress.words = F("texts") + texts, F("words") + words
    else:
        progress.day, progress.texts, progress.words = on, texts, words
    progress.save()


def skip_text(*, by: Any, language: str, entry: Entry, path: str) -> None:
    """The person leaves the text for later; texts that were skipped earlier come first."""
    SkippedText.objects.update_or_create(
        by=by, language=language, entry=entry, path=path, defaults={"at": timezone.now()}
    )


def forget_skipped(*, language: str, entry: Entry, paths: Collection[str]) -> None:
    """Texts that somebody has translated are no longer skipped by anybody."""
    SkippedText.objects.filter(language=language, entry=entry, path__in=paths).delete()
