"""Look at the links of published sources."""

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
from sources.links import Seen
from sources.models import LinkCheck, Source
from sources.vocabulary import LinkResult

# Between two looks at the same host.
PAUSE_SECONDS = 2.0
# When so many hosts are silent and none answers, it is this machine that is cut off.
HOSTS_TO_DOUBT_SILENCE = 3
SILENCE = Seen(LinkResult.UNREACHABLE)
LONG_AGO = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)

Link = tuple[Source, str]


class Command(BaseCommand):
    """Looks at each link that nobody has looked at lately, and notes how it answered."""

    help = "Look at the links of published sources, and note how they answered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often, and how many."""
        parser.add_argument("--days", type=int, default=30, help="look again after so many days (30)")
        parser.add_argument("--limit", type=int, help="look at no more links than this")

    def handle(self, *args: Any, days: int, limit: int | None = None, **options: Any) -> None:
        """Note each answer at once, and each silence only where this machine is on the net."""
        due = due_links(timezone.now() - datetime.timedelta(days=days))[:limit]
        found: Counter[str] = Counter()
        silent: list[tuple[Link, Seen]] = []
        has_answer = False
        for link, seen in unhurried(tqdm(due, desc="Links", unit="link")):
            found[seen.result] += 1
            has_answer = has_answer or seen.status_code is not None
            if seen == SILENCE:
                silent.append((link, seen))
            else:
                record_link_check(*link, seen)
        hosts = {links.host_of(url) for (_source, url), _seen in silent}
        if not has_answer and len(hosts) >= HOSTS_TO_DOUBT_SILENCE:
            self.stdout.write(
                f"None of {len(hosts)} hosts answered: is this machine on the net? None is noted."
            )
            return
        for link, seen in silent:
            record_link_check(*link, seen)
        counted = ", ".join(f"{result} {found[result]}" for result in LinkResult.values if found[result])
        self.stdout.write(f"{len(due)} links looked at{': ' if counted else ''}{counted}.")


def due_links(before: datetime.datetime) -> list[Link]:
    """The links of published sources that nobody has looked at since, the longest waiting first."""
    looks = LinkCheck.objects.order_by().values("source_id", "url").annotate(newest=Max("checked_at"))
    newest = {(look["source_id"], look["url"]): look["newest"] for look in looks}
    waiting = [
        (source, url)
        for source in Source.objects.published().order_by("pk")
        for url in dict.fromkeys((source.url, source.archived_url))
        if url and newest.get((source.pk, url), LONG_AGO) <= before
    ]
    return sorted(waiting, key=lambda link: newest.get((link[0].pk, link[1]), LONG_AGO))


def unhurried(due: Iterable[Link]) -> Iterator[tuple[Link, Seen]]:
    """Look at each link in turn, with a pause between two looks at one host."""
    asked_at: dict[str, float] = {}
    for source, url in due:
        host = links.host_of(url)
        time.sleep(max(0.0, asked_at.get(host, 0.0) + PAUSE_SECONDS - time.monotonic()))
        yield (source, url), links.look(url)
        asked_at[host] = time.monotonic()
