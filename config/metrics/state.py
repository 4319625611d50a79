"""How the casebook is, as its database and its folders say when somebody asks."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, models
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric

from accounts.models import Mail
from config.metrics.processes import memory_and_start
from portal.backups import newest_backup
from publishing.heads import read_head
from publishing.models import Proposal, Revision, SignedHead, WorkerTurn
from publishing.vocabulary import Origin

# After so many tries the mail server has refused a mail for hours.
TRIED_OFTEN = 5


class State:
    """Collects what no process counts; moments are seconds since 1970, and what never was has no sample."""

    def collect(self) -> Iterator[Metric]:
        """All figures; of a database that does not answer, that it does not."""
        try:
            found = [*_in_database()]
        except (DatabaseError, InterfaceError):
            found = []
        yield _gauge("sulh_database_up", "1 when the database answers.", int(bool(found)))
        yield from found
        if (made_at := newest_backup(settings.BACKUP_FOLDER)) is not None:
            yield _gauge(
                "sulh_backup_timestamp_seconds", "When the newest backup was made.", made_at.timestamp()
            )
        running = [*memory_and_start(settings.METRICS_FOLDER)]
        yield _gauge("sulh_processes", "Running processes, the worker among them.", len(running))
        memory = sum(resident for resident, _started_at in running)
        yield _gauge("sulh_resident_memory_bytes", "What these processes hold in memory.", memory)
        if running:
            oldest = min(started_at for _resident, started_at in running)
            yield _gauge("sulh_start_timestamp_seconds", "When the oldest of them started.", oldest)


def _in_database() -> Iterator[Metric]:
    now = timezone.now()
    yield _gauge("sulh_revisions", "Published revisions.", Revision.objects.count())
    if turn := WorkerTurn.objects.first():
        yield _gauge(
            "sulh_worker_turn_timestamp_seconds", "When the worker last ran.", turn.ended_at.timestamp()
        )
    if newest := SignedHead.objects.first():
        yield _gauge(
            "sulh_signed_head_timestamp_seconds",
            "When the head of the chain was last signed.",
            read_head(newest.line).made_at.timestamp(),
        )
    yield _proposals_by_age(now)
    waiting = Mail.objects.filter(sent_at=None)
    mails = GaugeMetricFamily("sulh_mails_waiting", "Mails that are not sent yet.", labels=["tried"])
    mails.add_metric(["often"], waiting.filter(tries__gte=TRIED_OFTEN).count())
    mails.add_metric(["seldom"], waiting.filter(tries__lt=TRIED_OFTEN).count())
    yield mails
    yield _gauge(
        "sulh_scheduled_overdue",
        "Proposals whose day of publication has passed.",
        Proposal.objects.undecided().filter(publish_at__lt=now - datetime.timedelta(minutes=15)).count(),
    )


def _proposals_by_age(now: datetime.datetime) -> Metric:
    """How many proposals wait, by who sent them and by the ages at which the queue calls them late."""
    late, very_late = (
        now - datetime.timedelta(days=settings.QUEUE_AGES[name]) for name in ("late", "very_late")
    )
    is_public = models.Q(origin=Origin.PUBLIC)
    ages = {
        "new": models.Q(submitted_at__gt=late),
        "late": models.Q(submitted_at__lte=late, submitted_at__gt=very_late),
        "very_late": models.Q(submitted_at__lte=very_late),
    }
    wanted = {
        (sender, age): models.Count("pk", filter=by & at)
        for sender, by in (("public", is_public), ("editors", ~is_public))
        for age, at in ages.items()
    }
    counted = (
        Proposal.objects.waiting()
        .order_by()
        .aggregate(**{"_".join(labels): count for labels, count in wanted.items()})
    )
    family = GaugeMetricFamily("sulh_proposals_waiting", "Proposals to decide.", labels=["sender", "age"])
    for labels in wanted:
        family.add_metric([*labels], counted["_".join(labels)])
    return family


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)
