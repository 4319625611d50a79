"""A casebook as a first start leaves it, made once for all that run it."""

import json
import signal
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Self

import pytest

from portal.starter.reading import all_keys
from tests.faults.servers import Casebook, alone_in, killed_at_the_end, password_in, shared_folder


@dataclass(frozen=True)
class FirstStart:
    """How it went: killed on its way, completed by another, which Ctrl-C ended."""

    password: str
    # How many entries were there when it was killed.
    half: int
    said: str
    end: int

    @classmethod
    def of(cls, casebook: Casebook) -> Self:
        """Start the casebook, kill it at a third of the starter content, and start it again."""
        third = len(all_keys()) // 3
        casebook.launch()
        casebook.wait_until(lambda: published(casebook) > third)
        password = password_in(casebook.said())
        casebook.stop(signal.SIGKILL, everything=True)
        half = published(casebook)
        casebook.start()
        end = casebook.stop(signal.SIGINT, everything=True)
        return cls(password, half, casebook.said(), end)


def published(casebook: Casebook) -> int:
    """How many revisions its tables have; none where there are no tables yet."""
    if not casebook.database.exists():
        return 0
    tables = casebook.rows("SELECT name FROM sqlite_master WHERE name = 'publishing_chainhead'")
    return int(casebook.rows("SELECT count(*) FROM publishing_revision")[0][0]) if tables else 0


def give_database(casebook: Casebook, factory: pytest.TempPathFactory) -> FirstStart:
    """Copy what a first start makes, from the folder that all processes of a test run share; made once."""
    folder = shared_folder(factory)
    with alone_in(folder):
        told, first = folder / "first_start.json", Casebook(folder)
        if not told.exists():
            first.database.unlink(missing_ok=True)
            for one in killed_at_the_end(first):
                told.write_text(json.dumps(asdict(FirstStart.of(one))), encoding="utf-8")
        start = FirstStart(**json.loads(told.read_text(encoding="utf-8")))
        with (
            closing(sqlite3.connect(first.database)) as there,
            closing(sqlite3.connect(casebook.database)) as here,
        ):
            there.backup(here)
            (newest,) = here.execute("SELECT max(id) FROM publishing_revision").fetchone()
    casebook.password = start.password
    # The worker would draw for minutes, and the tests of cards are elsewhere.
    drawn = casebook.media / "cards" / "upto"
    drawn.parent.mkdir(parents=True, exist_ok=True)
    drawn.write_text(str(newest), encoding="utf-8")
    return start
