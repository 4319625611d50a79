"""How far a translator has come: what was sent today, and the way to go on after what was sent last."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from desk.next_text import AFTER, KIND, QUEUE, QueuePosition, queue_address
from publishing.actions.translators import remember_progress
from publishing.models import TranslatorsPlace
from publishing.models.entry import kinds
from publishing.translations.side_by_side import Wording


@dataclass(frozen=True)
class TranslatorsDay:
    """What a person sent today in a language, and where the queue goes on; "" where it was never begun."""

    texts: int = 0
    words: int = 0
    go_on: str = ""


def day_of(by: Any, language: str) -> TranslatorsDay:
    """How far the person has come in the language."""
    return days_of(by).get(language, TranslatorsDay())


def days_of(by: Any) -> dict[str, TranslatorsDay]:
    """How far the person has come in each language."""
    today, found = timezone.localdate(), {}
    for stored in TranslatorsPlace.objects.filter(by=by):
        after = QueuePosition.parse(stored.after)
        is_today = stored.day == today
        found[stored.language] = TranslatorsDay(
            stored.texts if is_today else 0,
            stored.words if is_today else 0,
            queue_address(stored.language, stored.kind, after) if after is not None else "",
        )
    return found


def note_sent(
    query: QueryDict, language: str, wordings: Iterable[Wording], sent: Collection[str], by: Any
) -> None:
    """Remember what was sent: the texts with these paths. query: that of the form's address."""
    after = QueuePosition.parse(query.get(AFTER, "")) if QUEUE in query else None
    kind = query.get(KIND, "")
    words = sum(len(one.source.split()) for one in wordings if one.path in sent)
    remember_progress(
        by=by,
        language=language,
        kind=kind if kind in kinds() else "",
        after=str(after) if after is not None else "",
        texts=len(sent),
        words=words,
        on=timezone.localdate(),
    )
