"""`manage.py run`: set up once, said plainly, ended cleanly; and no answered save is lost to a kill."""

import signal
import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

from config.services import MAX_WAIT
from portal.management.commands.run import MAX_SHUTDOWN
from portal.starter.reading import key_of, read_all
from tests.faults.finished import FirstStart
from tests.faults.servers import Browser, Casebook

THEME = f"/en/admin/pillars/theme/{key_of('theme', 'security-and-justice')}/change/"
LIVES = 3
# Of the theme, one for each hand that edits it.
OWN_FIELDS = ("summary_en", "summary_ar", "summary_fr", "title_fr")
SLOWNESS = 60  # seconds that a crowded machine may take for what takes a tenth of one


def test_a_port_that_is_taken_is_said_in_one_line_and_nothing_is_done(casebook: Casebook) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", casebook.port))
        taken.listen()

        ended = casebook.manage("run")

    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        f"CommandError: Port {casebook.port} is taken. Choose another: PORT={casebook.port + 1} make run"
    ]
    assert not casebook.database.exists()


def test_a_first_start_that_was_killed_is_completed_and_the_next_repeats_nothing(
    finished_casebook: Casebook, first_start: FirstStart
) -> None:
    casebook, everything = finished_casebook, len(read_all())

    found = casebook.rows("SELECT count(*), count(DISTINCT entry_id) FROM publishing_revision")
    again = casebook.start()
    second_end = casebook.stop(signal.SIGINT)

    assert 0 < first_start.half < everything
    added = f"{everything - first_start.half} entries published, {first_start.half} were there already."
    assert added in first_start.said
    assert found == [(everything, everything)]
    assert "entries" not in again
    assert "assword" not in first_start.said + again
    assert f"The casebook is at http://localhost:{casebook.port}/" in again
    assert {first_start.end, second_end} <= {0, 130}
    # That its tables agree, the test below says, which begins with a copy of it.
    assert "Traceback" not in first_start.said + casebook.said()


def test_ctrl_c_ends_it_at_any_moment_and_without_a_traceback(finished_casebook: Casebook) -> None:
    casebook = finished_casebook

    for pause, again in ((0.0, None), (0.3, None), (0.1, 0.0), (0.1, 0.3)):
        casebook.launch()
        casebook.wait_until(casebook.is_up)
        time.sleep(pause)
        if again is not None:
            casebook.send(signal.SIGINT)
            time.sleep(again)

        # A terminal sends Ctrl-C to the server and to its worker.
        assert casebook.stop(signal.SIGINT, everything=True, within=MAX_SHUTDOWN + SLOWNESS) in {0, 130}
        assert "Traceback" not in casebook.said()


def test_the_worker_ends_with_a_server_that_was_killed(finished_casebook: Casebook) -> None:
    casebook = finished_casebook
    casebook.start()
    (worker,) = casebook.workers()

    casebook.stop(signal.SIGKILL, everything=True)

    end = time.monotonic() + SLOWNESS
    while Path(f"/proc/{worker}").exists():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_every_save_that_was_answered_survives_kill_minus_nine_and_to_verify_them_keeps_no_writer_waiting(
    finished_casebook: Casebook,
) -> None:
    casebook = finished_casebook
    casebook.start()
    answered: list[str] = []
    browser = Browser(casebook.site)
    # Once for all lives: that it is answered means that it is kept, too.
    browser.sign_in("admin", casebook.password)

    for life in range(LIVES):
        hands = [
            threading.Thread(target=edit_until_it_dies, args=(casebook, browser, field, life, answered))
            for field in OWN_FIELDS
        ]
        before = len(answered)
        for hand in hands:
            hand.start()
        casebook.wait_until(lambda before=before: len(answered) > before)
        time.sleep(0.06 * life)
        casebook.stop(signal.SIGKILL, everything=True)
        for hand in hands:
            hand.join()
        casebook.start()

    took, waits = verify_beside_a_writer(casebook)
    notes = [note for (note,) in casebook.rows("SELECT note FROM publishing_revision")]
    assert len(answered) >= LIVES
    assert not set(answered) - set(notes)
    assert len(notes) == len(read_all()) + len({note for note in notes if note.startswith("Edit ")})
    half = "SELECT count(*) FROM publishing_proposal WHERE (state = 'accepted') <> (revision_id IS NOT NULL)"
    assert casebook.rows(half) == [(0,)]
    assert casebook.rows("PRAGMA integrity_check") == [("ok",)]
    assert len(waits) > 10
    # Whoever were kept waiting would wait for all of it; on a crowded machine both take longer.
    assert max(waits) < max(MAX_WAIT / 2, took / 2)


def edit_until_it_dies(
    casebook: Casebook, browser: Browser, field: str, life: int, answered: list[str]
) -> None:
    """Each hand has a field of its own, so that nothing collides."""
    try:
        for count in range(10_000):
            note = f"Edit {life}-{field}-{count}"
            status, leads_to = browser.save(THEME, **{field: note}, public_note=note, note_language="en")
            assert (status, "/resolve/" in leads_to) == (302, False)
            answered.append(note)
    except (URLError, HTTPException, OSError):
        return


def verify_beside_a_writer(casebook: Casebook) -> tuple[float, list[float]]:
    """Verify all that is published: the seconds it took, and those that somebody waited for the write lock."""
    waits: list[float] = []
    first = time.monotonic()
    with (
        ThreadPoolExecutor() as other,
        closing(sqlite3.connect(casebook.database, timeout=SLOWNESS)) as writer,
    ):
        verified = other.submit(casebook.manage, "verify")
        while not verified.done():
            begun = time.monotonic()
            writer.execute("BEGIN IMMEDIATE")
            writer.rollback()
            waits.append(time.monotonic() - begun)
            time.sleep(0.05)
    assert verified.result().returncode == 0, verified.result().stderr
    return time.monotonic() - first, waits
