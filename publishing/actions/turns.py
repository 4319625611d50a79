"""Records the turns of the worker."""

import datetime

from publishing.models import WorkerTurn

# A turn that ends sooner after the one before it is not stored.
EXACTNESS = datetime.timedelta(minutes=1)


def record_turn(now: datetime.datetime) -> None:
    """Store when the worker's turn ended, at most once a minute."""
    turns = WorkerTurn.objects.filter(pk=1)
    if not turns.filter(ended_at__gt=now - EXACTNESS, ended_at__lte=now).exists():
        WorkerTurn.objects.update_or_create(pk=1, defaults={"ended_at": now})
