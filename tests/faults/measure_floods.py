"""A flood at the public door of a real server, with the limits as they come; measured on demand, in minutes:

    POSTS=20000 python -m pytest -n 0 tests/faults/measure_floods.py

Fifty senders, each with a network address of its own on loopback, send as fast as they are answered. Whoever
is taken opens the form again; whoever is refused tries again with the same.
"""

import http.client
import os
import statistics
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.desk.sheets import Fields
from tests.faults.servers import Browser, Casebook, password_in

POSTS = int(os.environ.get("POSTS", "20000"))
DOOR = settings.DOOR
SENDERS = 50
FORM = "/en/propose/case/libya-2020/declared_on/"
READ = ("/en/cases/", "/ar/cases/libya-2020/")
A_THEME = "SELECT id FROM publishing_entry WHERE kind = 'theme' ORDER BY slug LIMIT 1"
# Between two looks of a reader, and between two saves of the editor.
PAUSE = 0.5
WAITING = """
    SELECT count(*) FROM contributions_contribution JOIN publishing_proposal p ON p.id = proposal_id
    WHERE p.state IN ('submitted', 'in_review')
"""


@dataclass
class LinkResponse:
    """How long answers took, in seconds, and which they were."""

    took: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    def note(self, begun: float, status: int) -> None:
        """One answer."""
        self.took.append(time.perf_counter() - begun)
        self.answers[status] += 1

    def __str__(self) -> str:
        if not self.took:
            return "nothing"
        told = ", ".join(f"{count} x {status}" for status, count in sorted(self.answers.items()))
        late = sorted(self.took)[int(len(self.took) * 0.95)]
        return f"{told}; median {1000 * statistics.median(self.took):.0f} ms, 95th {1000 * late:.0f} ms"


def test_a_flood_leaves_the_queue_within_its_cap_and_readers_and_editors_served(
    casebook: Casebook, capsys: pytest.CaptureFixture[str]
) -> None:
    editor, flood = Browser(casebook.site), LinkResponse()
    editor.sign_in("admin", password_in(casebook.start()))
    theme = f"/en/admin/pillars/theme/{uuid.UUID(casebook.rows(A_THEME)[0][0])}/change/"

    in_peace = _watched(casebook.site, theme, editor, lambda: time.sleep(20))
    begun = time.monotonic()
    in_flood = _watched(casebook.site, theme, editor, lambda: _flood(casebook.port, POSTS, flood))
    seconds = time.monotonic() - begun
    waiting = casebook.rows(WAITING)[0][0]

    with capsys.disabled():
        print(f"\nIn peace\n  {in_peace}\nIn a flood of {POSTS} posts of {SENDERS} senders\n  {in_flood}")
        print(f"  the flood: {flood}; {POSTS / seconds:.0f} a second\n  waiting for moderators: {waiting}")
    assert sum(flood.answers.values()) == POSTS
    assert {*flood.answers} <= {302, 422, 429, 503}
    assert 0 < waiting <= DOOR["max_in_an_hour_of_all"]
    assert {*in_flood.readers.answers} == {200}
    assert {*in_flood.saves.answers} == {302}
    assert casebook.manage("verify").returncode == 0


@dataclass
class Service:
    """How those fared who are no part of the flood."""

    readers: LinkResponse = field(default_factory=LinkResponse)
    saves: LinkResponse = field(default_factory=LinkResponse)

    def __str__(self) -> str:
        return f"readers: {self.readers}\n  the editor's saves: {self.saves}"


def _watched(site: str, theme: str, editor: Browser, meanwhile: Callable[[], None]) -> Service:
    """Read and save again and again until the other thing is done."""
    is_over, service = threading.Event(), Service()
    hands = [
        threading.Thread(target=_again, args=(is_over, lambda n: _read(site, n, service.readers))),
        threading.Thread(target=_again, args=(is_over, lambda _n: _save(editor, theme, service.saves))),
    ]
    for hand in hands:
        hand.start()
    try:
        meanwhile()
    finally:
        is_over.set()
        for hand in hands:
            hand.join()
    return service


def _again(is_over: threading.Event, act: Callable[[int], None]) -> None:
    number = 0
    while not is_over.wait(PAUSE):
        act(number)
        number += 1


def _read(site: str, number: int, seen: LinkResponse) -> None:
    begun = time.perf_counter()
    seen.note(begun, Browser(site).get(READ[number % len(READ)])[0])


def _save(editor: Browser, theme: str, seen: LinkResponse) -> None:
    status, page = editor.get(theme)
    assert status == 200, status
    typed = {
        "summary_en": [f"Sentence {time.time()}."],
        "public_note": ["A flood is on."],
        "note_language": ["en"],
    }
    begun = time.perf_counter()
    seen.note(begun, editor.send(theme, Fields(page).values | typed)[0])


def _flood(port: int, posts: int, flood: LinkResponse) -> None:
    lock = threading.Lock()

    def send(number: int) -> None:
        with closing(_line(port, number)) as line:
            fields = _form(line)
            time.sleep(5)
            for turn in range(posts // SENDERS):
                fields["f:declared_on"] = [f"2020-10-{turn % 22 + 1:02}"]
                begun = time.perf_counter()
                line.request("POST", FORM, urlencode(fields, doseq=True), _HEADERS)
                answer = line.getresponse()
                answer.read()
                with lock:
                    flood.note(begun, answer.status)
                if answer.status == 302:
                    fields = _form(line)

    senders = [threading.Thread(target=send, args=(number,)) for number in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()


_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


def _line(port: int, number: int) -> http.client.HTTPConnection:
    """A connection from an address of the sender's own."""
    return http.client.HTTPConnection(
        "127.0.0.1", port, timeout=120, source_address=(f"127.0.1.{number + 1}", 0)
    )


def _form(line: http.client.HTTPConnection) -> dict[str, list[str]]:
    line.request("GET", FORM)
    said = {"reason": ["The text says so."], "source_reference": ["S/2020/1043"]}
    return Fields(line.getresponse().read().decode()).values | said
