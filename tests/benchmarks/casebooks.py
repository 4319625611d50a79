"""The casebooks that are measured: each is made once, and kept under var/benchmarks/."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from config.env import ROOT

KEPT = ROOT / "var" / "benchmarks"
# What another program may have set for a casebook of its own; and what would keep Python from finding its modules
# compiled, as `make run` and docs/running.md let it.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "SITE_URL", "CACHE_URL", "PURGE_URL", "DEBUG", "SERVERS"}
NOT_OURS |= {"PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Casebook:
    """A database with so many synthetic cases, beside the starter content or alone."""

    database: Path
    size: int
    has_starter: bool = True

    def environment(self, **settings: str) -> dict[str, str]:
        """The variables of a process that serves it, or does something in it."""
        return {name: value for name, value in os.environ.items() if name not in NOT_OURS} | {
            "ENVIRONMENT_FILE": os.devnull,
            "DEVELOPMENT": "1",
            "SECRET_KEY": "of-the-benchmarks-and-of-nothing-else",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "EMAIL_URL": "none:",
            "CHECK_SENT_LINKS": "0",
            "PYTHONUNBUFFERED": "1",
            **settings,
        }

    def begin_inside(self, what: str, *arguments: Any) -> subprocess.Popen[str]:
        """Start a function of `inside.py` in a process of its own; the argument is read by `result_of`."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.inside", what, json.dumps(arguments)],
            cwd=ROOT, env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def inside(self, what: str, *arguments: Any) -> Any:
        """What a function of `inside.py` returns."""
        return result_of(self.begin_inside(what, *arguments))

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Addresses, a session of the administrator, versions: what `inside.facts` says."""
        return dict(self.inside("facts"))

    def copied_to(self, folder: Path) -> "Casebook":
        """A copy, for what writes; its session and addresses are the same."""
        facts = self.facts
        copy = replace(self, database=folder / self.database.name)
        with (
            closing(sqlite3.connect(self.database)) as here,
            closing(sqlite3.connect(copy.database)) as there,
        ):
            here.backup(there)
        copy.__dict__["facts"] = facts
        return copy


def result_of(process: subprocess.Popen[str]) -> Any:
    """What the function returned, once its process has ended; raises where it failed."""
    said, _nothing = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
    return json.loads(said.splitlines()[-1])


def made(size: int, folder: Path = KEPT, *, has_starter: bool = True) -> Casebook:
    """The casebook of so many cases, which is built where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = Casebook(folder / f"{size}.sqlite3", size, has_starter)
    with _alone_in(folder):
        if not kept.database.exists():
            making = replace(kept, database=folder / f"{size}.making.sqlite3")
            making.database.unlink(missing_ok=True)
            making.inside("build", size, has_starter)
            making.database.rename(kept.database)
    return kept


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
