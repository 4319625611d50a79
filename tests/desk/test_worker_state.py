"""Administrators see on the desk's first page whether the worker runs."""

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from publishing import jobs
from publishing.actions.turns import record_turn
from publishing.models import WorkerTurn
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def shown(account: Any) -> tuple[str, str]:
    """What the first page says of the worker, and how; two times nothing of nothing."""
    client = Client()
    client.force_login(account)
    document = Document.of(client.get("/en/admin/").content.decode())
    found = [one for one in document.all("p") if "worker-state" in one.classes]
    return (found[0].text, found[0]["class"]) if found else ("", "")


def minutes_ago(minutes: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(minutes=minutes)


def test_a_worker_that_never_ran_is_a_warning(administrator: Any) -> None:
    text, how = shown(administrator)

    assert text.startswith("The worker has not run yet")
    assert how == "worker-state overdue"


def test_a_turn_of_the_worker_is_shown(administrator: Any) -> None:
    call_command("work", once=True)

    assert shown(administrator) == ("The worker ran less than a minute ago.", "worker-state")


@pytest.mark.parametrize("minutes, text, how", [
    (3, "The worker last ran 3\xa0minutes ago.", "worker-state"),
    (16, "The worker last ran 16\xa0minutes ago. Until it runs again,", "worker-state overdue"),
])  # fmt: skip
def test_a_worker_that_is_overdue_is_a_warning(administrator: Any, minutes: int, text: str, how: str) -> None:
    record_turn(minutes_ago(minutes))

    seen, seen_how = shown(administrator)

    assert seen.startswith(text)
    assert seen_how == how


def test_only_administrators_are_told(editor: Any) -> None:
    assert shown(editor) == ("", "")


def test_turns_are_stored_once_a_minute_whatever_the_clock_does() -> None:
    first = minutes_ago(10)

    stored = []
    for seconds in (0, 30, 59, 60, 90, -3600):
        record_turn(first + datetime.timedelta(seconds=seconds))
        stored.append((WorkerTurn.objects.get().ended_at - first).total_seconds())

    assert stored == [0, 0, 0, 60, 60, -3600]


def test_a_turn_in_which_a_job_fails_is_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(now: datetime.datetime) -> list[str]:
        raise RuntimeError("broken")

    monkeypatch.setattr(jobs.hooks, "worker_jobs", [fail, jobs.record_turn])

    said = [*jobs.run_jobs(timezone.now())]

    assert len(said) == 1
    assert said[0].endswith("failed: RuntimeError: broken")
    assert WorkerTurn.objects.exists()
