"""What writes in a casebook, in a process of its own: publications, and a save that is refused."""

import http.client
import logging
import sqlite3
import sys
import threading
import time
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection

from cases.models import Case
from publishing import snapshots
from publishing.actions.publishing import publish_at_once
from publishing.fields.columns import packed
from publishing.integrity import broken_links
from publishing.models import Revision
from publishing.refusals import Refusal
from publishing.vocabulary import ChangeClass
from tests.desk.sheets import Fields

ADMINISTRATOR = "admin"
NOTE = "The benchmark wants it."
# A line for each publication helps nobody here.
logging.getLogger("publishing").setLevel(logging.WARNING)
# Between two looks whether the write lock is free.
LOOK = 0.001
NEVER_LONGER = 60


def publish(first: int, threads: int, each: int, pause: float) -> dict[str, Any]:
    """Publish corrections of different cases, with so many threads, each so many; begin at a line of stdin.

    first: the number of the first case. pause: seconds between two of a thread.
    Returns the seconds that each took, the CPU seconds of all together, and the errors.
    """
    cases = list(
        Case.objects.filter(slug__startswith="synthetic").order_by("slug")[first : first + threads * each]
    )
    per_thread = [cases[number::threads] or cases[:1] for number in range(threads)]
    took: list[float] = []
    errors: list[str] = []

    def work(own: list[Case]) -> None:
        with closing(connection):
            for number in range(each):
                begun = time.monotonic()
                try:
                    _publish(own[number % len(own)], number)
                    took.append(time.monotonic() - begun)
                except (DatabaseError, Refusal) as error:
                    errors.append(repr(error))
                time.sleep(pause)

    _warm_up()
    workers = [threading.Thread(target=work, args=(own,)) for own in per_thread]
    print("ready", flush=True)
    sys.stdin.readline()
    begun, cpu = time.monotonic(), time.process_time()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return {
        "took": took,
        "errors": errors,
        "cpu": time.process_time() - cpu,
        "from": begun,
        "to": time.monotonic(),
    }


def _warm_up() -> None:
    """Ask and compile what each publication asks, without writing."""
    with snapshots.rehearsal():
        _publish(Case.objects.order_by("-slug")[0], 0)


def _publish(case: Case, number: int) -> Revision:
    newest = Revision.objects.filter(entry_id=case.pk).latest("number")
    author = get_user_model().objects.get(username=ADMINISTRATOR)
    wanted = snapshots.conformed(newest.snapshot)
    wanted["fields"] = wanted["fields"] | {"finding_en": f"Measured at {time.time()}, {number}."}
    said = {"note": NOTE, "note_language": "en", "change_class": ChangeClass.CORRECTION}
    return publish_at_once(wanted, by=author, base=newest, override_reason=NOTE, **said)


def faults() -> dict[str, int]:
    """Of the publications of this benchmark: how many stand, and where the chain of all revisions is broken."""
    return {
        "published": Revision.objects.filter(note=NOTE).count(),
        "faults": len([*broken_links()]),
    }


def bytes_of_revisions(number: int) -> float:
    """How many bytes of the file a revision takes, for each byte of its snapshot, compressed by itself."""
    cases = list(Case.objects.filter(slug__startswith="synthetic").order_by("-slug")[:number])
    before = _bytes_of_file()
    revisions = [_publish(case, 0) for case in cases]
    written = _bytes_of_file() - before
    return written / sum(len(packed(one.snapshot)) for one in revisions)


def _bytes_of_file() -> int:
    with connection.cursor() as cursor:
        found = []
        for pragma in ("page_count", "freelist_count", "page_size"):
            cursor.execute(f"PRAGMA {pragma}")
            found.append(cursor.fetchone()[0])
    return int((found[0] - found[1]) * found[2])


def refuse(port: int, address: str, session: str, tries: int) -> dict[str, list[float]]:
    """Save the form without a note, again and again, while another connection asks for the write lock.

    Returns of each try the seconds that the lock was not free without a break, and those the answer took.
    """
    cookies = f"session={session}; csrf={'k' * 32}"
    found: dict[str, list[float]] = {"held": [], "took": []}
    for _one in range(tries):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=NEVER_LONGER)) as line:
            line.request("GET", address, headers={"Cookie": cookies})
            fields = Fields(line.getresponse().read().decode()).values
            fields |= {"public_note": [""], "csrfmiddlewaretoken": ["k" * 32]}
            body = urlencode(fields, doseq=True)
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            probe = Probe()
            begun = time.monotonic()
            line.request("POST", address, body, headers)
            answer = line.getresponse()
            answer.read()
            found["took"].append(time.monotonic() - begun)
            found["held"].append(probe.end())
            assert answer.status == 200, (answer.status, answer.headers.get("Location"))
    return found


class Probe(threading.Thread):
    """Asks again and again for the write lock of the database."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._is_over = threading.Event()
        self.start()

    def run(self) -> None:
        """Note the longest time in which the lock was never free."""
        database = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0, isolation_level=None)
        with closing(database):
            free_at = time.monotonic()
            while not self._is_over.wait(LOOK):
                try:
                    database.execute("BEGIN IMMEDIATE")
                    database.execute("ROLLBACK")
                except sqlite3.OperationalError:
                    continue
                now = time.monotonic()
                self.longest = max(self.longest, now - free_at)
                free_at = now

    def end(self) -> float:
        """Stop, and return the seconds."""
        self._is_over.set()
        self.join()
        return self.longest
