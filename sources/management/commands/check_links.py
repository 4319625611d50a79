"""Check the links of published sources."""

import datetime
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Max
from django.utils import timezone
from tqdm import tqdm

from sources import links
from sources.actions import record_link_check
from sources.links import LinkResponse
from sources.models import LinkCheck, Source
from sources.vocabulary import LinkResult

# Between two checks at the same host.
PAUSE_SECONDS = 2.0
# If so many hosts do not answer and no host does, this machine probably has no network.
MIN_HOSTS_FOR_DOUBT = 3
NO_ANSWER = LinkResponse(LinkResult.UNREACHABLE)
LONG_AGO = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)

Link = tuple[Source, str]


class Command(BaseCommand):
    """Checks each link that was not checked lately, and records how it answered."""

    help = "Look at the links of published sources, and note how they answered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --days and --limit."""
        parser.add_argument("--days", type=int, default=30, help="look again after so many days (30)")
        parser.add_argument("--limit", type=int, help="look at no more links than this")

    def handle(self, *args: Any, days: int, limit: int | None = None, **options: Any) -> None:
        """Record each answer at once, and missing answers only if this machine has a network."""
        due = due_links(timezone.now() - datetime.timedelta(days=days))[:limit]
        counts: Counter[str] = Counter()
        unreachable: list[tuple[Link, LinkResponse]] = []
        has_answer = False
        for link, response in check_slowly(tqdm(due, desc="Links", unit="link")):
            counts[response.result] += 1
            has_answer = has_answer or response.status_code is not None
            if response == NO_ANSWER:
                unreachable.append((link, response))
            else:
                record_link_check(*link, response)
        hosts = {links.host_of(url) for (_source, url), _seen in unreachable}
        if not has_answer and len(hosts) >= MIN_HOSTS_FOR_DOUBT:
            self.stdout.write(
                f"None of {len(hosts)} hosts answered: is this machine on the net? None is noted."
            )
            return
        for link, response in unreachable:
            record_link_check(*link, response)
        counted = ", ".join(f"{result} {counts[result]}" for result in LinkResult.values if counts[result])
        self.stdout.write(f"{len(due)} links looked at{': ' if counted else ''}{counted}.")


def due_links(before: datetime.datetime) -> list[Link]:
    """The links of published sources that were not checked since `before`, the longest waiting first."""
    newest_checks = LinkCheck.objects.order_by().values("source_id", "url").annotate(newest=Max("checked_at"))
    newest = {(check["source_id"], check["url"]): check["newest"] for check in newest_checks}
    waiting = [
        (source, url)
        for source in Source.objects.published().order_by("pk")
        for url in dict.fromkeys((source.url, source.archived_url))
        if url and newest.get((source.pk, url), LONG_AGO) <= before
    ]
    return sorted(waiting, key=lambda link: newest.get((link[0].pk, link[1]), LONG_AGO))


def check_slowly(due: Iterable[Link]) -> Iterator[tuple[Link, LinkResponse]]:
    """Check each link in turn, with a pause between two checks at one host."""
    checked_at: dict[str, float] = {}
    for source, url in due:
        host = links.host_of(url)
        time.sleep(max(0.0, checked_at.get(host, 0.0) + PAUSE_SECONDS - time.monotonic()))
        yield (source, url), links.check_link(url)
        checked_at[host] = time.monotonic()
