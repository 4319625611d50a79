"""Of the threads of a process that prepare to publish, one goes on at a time, until it has written."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from config.sqlite import base
from config.sqlite.turns import turns_at
from publishing.actions.steps import lock_publishing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such queue"),
]
SOON = 0.2
SLOWNESS = 20


@contextmanager
def another_thread(does: Any) -> Iterator[threading.Thread]:
    def work() -> None:
        with closing(connection):
            does()

    thread = threading.Thread(target=work)
    thread.start()
    yield thread
    thread.join(SLOWNESS)
    assert not thread.is_alive()


def test_the_next_one_begins_as_soon_as_others_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MOST_FOR_OTHERS", 2 * SLOWNESS)
    begun, while_it_waits_for_the_disk = threading.Event(), []

    def next_one() -> None:
        with connection.alone_in_process():  # type: ignore[attr-defined]
            begun.set()

    def disk(_log: Any) -> None:
        while_it_waits_for_the_disk.append(begun.wait(SLOWNESS))

    monkeypatch.setattr(base, "bring_to_disk", disk)
    with connection.alone_in_process(), another_thread(next_one):  # type: ignore[attr-defined]
        assert not begun.wait(SOON)
        with transaction.atomic():
            lock_publishing()
            assert not begun.wait(SOON)

        assert begun.wait(SLOWNESS)
    assert while_it_waits_for_the_disk == [True] or not connection._syncs_behind_lock  # type: ignore[attr-defined]


def test_whoever_is_refused_lets_the_next_one_in() -> None:
    with pytest.raises(ZeroDivisionError), connection.alone_in_process():  # type: ignore[attr-defined]
        raise ZeroDivisionError

    assert turns_at(str(connection.settings_dict["NAME"])).preparing.acquire(blocking=False)
    turns_at(str(connection.settings_dict["NAME"])).preparing.release()


def test_whoever_is_inside_may_begin_again() -> None:
    preparing = turns_at(str(connection.settings_dict["NAME"])).preparing
    with connection.alone_in_process():  # type: ignore[attr-defined]
        with connection.alone_in_process():  # type: ignore[attr-defined]
            assert preparing.locked()

        assert preparing.locked()
    assert not preparing.locked()


def test_whoever_has_waited_long_goes_on_and_lets_nobody_in_by_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MOST_FOR_OTHERS", SOON)
    preparing = turns_at(str(connection.settings_dict["NAME"])).preparing
    with preparing:
        with connection.alone_in_process(), transaction.atomic():  # type: ignore[attr-defined]
            lock_publishing()

        assert preparing.locked()
