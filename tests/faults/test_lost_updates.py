"""Eight hands, twelve edits each, on one entry, over HTTP to two processes: whatever was accepted is kept.

The servers share the tests' own database, whichever it is, so that its locks stand between processes.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from config.env import ROOT
from publishing import snapshots
from publishing.integrity import broken_links, differing_entries
from publishing.models import Entry, Proposal, Revision
from publishing.vocabulary import ProposalState
from tests.desk.sheets import Sheet, change_page
from tests.factories import an_account, newest, publish_theme
from tests.faults.servers import free_port
from tests.faults.test_many_hands import at_once

pytestmark = pytest.mark.every_database

HANDS, EDITS = 8, 12
# Every so many edits a hand writes into the field that all share, and may be asked to choose.
SHARED_EVERY = 5
SHARED = "summary_en"
OWN_FIELDS = (
    "title_en", "title_ar", "title_fr", "summary_ar", "summary_fr", "slug", "position", "last_verified_on",
)  # fmt: skip
ANSWERS_WITHIN = 600
TOKEN = "k" * 32


@pytest.fixture
def servers(transactional_db: None) -> Iterator[list[str]]:
    """The addresses of two processes that serve from the tests' database."""
    with ExitStack() as running:
        yield [running.enter_context(serving({})) for _one in range(2)]


@contextmanager
def serving(settings: dict[str, str]) -> Iterator[str]:
    """A process that serves from the tests' database, with these variables: its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "config.wsgi:application"],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": address_of_database()} | settings,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(timeout=30)


def address_of_database() -> str:
    """The tests' own database, as DATABASE_URL names one; on a crowded machine, writers wait longer."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}?timeout={ANSWERS_WITHIN}"
    server = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    return f"postgresql://{server}/{told['NAME']}?options=-c%20lock_timeout%3D{ANSWERS_WITHIN}s"


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + ANSWERS_WITHIN
    while True:
        assert process.poll() is None, "the server ended by itself"
        assert time.monotonic() < end, "the server does not answer"
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
                line.request("GET", "/robots.txt")
                if line.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)


class Hand:
    """An editor who opened the form once, and goes on from what each of their saves became."""

    def __init__(self, number: int, server: str, theme: Entry) -> None:
        client = Client()
        client.force_login(an_account(f"hand-{number}", is_staff=True, is_superuser=True))
        self.number, self.theme, self.address = number, theme, change_page(theme)
        self.form = {name: values for name, values in Sheet(client, self.address).values.items() if values}
        self.cookies = f"session={client.cookies['session'].value}; csrf={TOKEN}"
        self.line = http.client.HTTPConnection(server, timeout=ANSWERS_WITHIN)
        self.seen = newest(theme)
        self.accepted: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def work(self) -> None:
        """All edits, one after the other."""
        with closing(self.line), closing(connection):
            for count in range(EDITS):
                self._edit(count)

    def _edit(self, count: int) -> None:
        note, changes = f"{self.number}/{count}", {OWN_FIELDS[self.number]: self._value(count)}
        if count % SHARED_EVERY == 0:
            changes[SHARED] = f"Written by {self.number} at {count}"
        status, leads_to = self._send(changes, note)
        assert status == 302, (status, note)
        if "/resolve/" in leads_to:
            self.asked.append(note)
            self.seen = newest(self.theme)
        else:
            self.accepted[note] = changes
            self.seen = Revision.objects.get(entry=self.theme.pk, note=note)

    def _value(self, count: int) -> str:
        field = OWN_FIELDS[self.number]
        day = f"20{10 + count // 28:02}-01-{1 + count % 28:02}"
        usual = f"Edit {count} of {self.number}"
        return {"slug": f"theme-edit-{count}", "position": str(100 + count), "last_verified_on": day}.get(
            field, usual
        )

    def _send(self, changes: dict[str, str], note: str) -> tuple[int, str]:
        stands = {name: value for name, value in self.seen.snapshot["fields"].items() if name in self.form}
        told = {name: "" if value is None else value for name, value in (stands | changes).items()}
        fields = self.form | told | {
            "public_note": note, "note_language": "en", "based_on": self.seen.number, "csrfmiddlewaretoken": TOKEN,
            # As of a form that was opened again.
            "form_token": note,
        }  # fmt: skip
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        self.line.request("POST", self.address, urlencode(fields, doseq=True), headers)
        answer = self.line.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")


def test_whatever_was_accepted_is_kept_and_nothing_is_overwritten_unasked(servers: list[str]) -> None:
    translation.activate("en")
    theme = publish_theme(last_verified_on="2009-01-01")
    hands = [Hand(number, servers[number % 2], theme) for number in range(HANDS)]

    at_once(lambda number, _hand: hands[number].work(), hands)

    accepted = {note: changes for hand in hands for note, changes in hand.accepted.items()}
    asked = {note for hand in hands for note in hand.asked}
    assert len(accepted) + len(asked) == HANDS * EDITS
    history = list(Revision.objects.filter(entry=theme.pk).order_by("number"))
    assert [one.number for one in history] == list(range(1, len(history) + 1))
    assert sorted(one.note for one in history[1:]) == sorted(accepted)
    for before, after in pairwise(history):
        # Each revision says what its author sent, and leaves all else as the one before it left it.
        changed = {one.path.name: str(one.new) for one in snapshots.diff(before.snapshot, after.snapshot)}
        assert changed.items() <= accepted[after.note].items(), after.note
        said = {name: str(after.snapshot["fields"][name]) for name in accepted[after.note]}
        assert said == accepted[after.note]
    waiting = Proposal.objects.filter(state=ProposalState.DRAFT)
    assert {one.note for one in waiting} == asked
    assert all(f"Written by {one.note.split('/')[0]}" in one.wanted["fields"][SHARED] for one in waiting)
    assert asked
    assert [*broken_links(), *differing_entries()] == []
