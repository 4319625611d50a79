"""Copies a whole database into a file, and back."""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from publishing.models import ChainHead, Entry

# The name in a backup, by vendor.
FILES = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}


class CannotCopy(Exception):
    """The database could not be copied."""


def save(folder: Path) -> tuple[Path, str]:
    """Copy the database into the folder while others use it: the file, and the head of the chain in it."""
    path = folder / FILES[connection.vendor]
    return path, (_save_sqlite if connection.vendor == "sqlite" else _save_postgresql)(path)


def load(folder: Path) -> None:
    """Put the database in the folder in the place of ours, whole or not at all. Raises CannotCopy."""
    path = folder / FILES[connection.vendor]
    (_load_sqlite if connection.vendor == "sqlite" else _load_postgresql)(path)
    connection.close()


def has_content() -> bool:
    """Whether something would be lost with the database: entries or accounts; or it cannot be read."""
    try:
        tables = connection.introspection.table_names()
        models = (Entry, get_user_model())
        return any(model._meta.db_table in tables and model._default_manager.exists() for model in models)
    except DatabaseError:
        return True


def head() -> str:
    """The digest of the newest revision."""
    return ChainHead.objects.get(pk=1).digest


# --- SQLite ------------------------------------------------------------------------------------


def _save_sqlite(path: Path) -> str:
    """Copying the file while others write would give a broken one; VACUUM INTO waits for nobody for long."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with closing(sqlite3.connect(path)) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise CannotCopy(f"the database is damaged: {found[0][0]}")
        return copy.execute("SELECT digest FROM publishing_chainhead").fetchone()[0]


def _load_sqlite(path: Path) -> None:
    """One transaction of SQLite: a server that runs meanwhile reads the old content, then the new."""
    ours = Path(connection.settings_dict["NAME"])
    connection.close()
    try:
        if not _is_database(ours):
            # It is kept, and its journal, which must not meet the new one.
            kept = f"{ours}.broken-{time.time():.0f}"
            for ending in ("-journal", "-wal", "-shm", ""):
                if Path(f"{ours}{ending}").exists():
                    os.replace(f"{ours}{ending}", f"{kept}{ending}")
        _copy_sqlite(path, ours)
    except sqlite3.OperationalError as error:
        raise CannotCopy(str(error)) from error
    connection.choose_journal()  # type: ignore[attr-defined]


def _is_database(file: Path) -> bool:
    """Whether SQLite can open the file; it makes one where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=60)) as opened:
        try:
            opened.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return False
    return True


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target, timeout=60)) as there:
        here.backup(there)


# --- PostgreSQL --------------------------------------------------------------------------------


def _save_postgresql(path: Path) -> str:
    """pg_dump sees what this transaction sees."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        at = head()
        _run("pg_dump", "--no-owner", f"--snapshot={snapshot}", f"--file={path}")
    return at


def _load_postgresql(path: Path) -> None:
    """One transaction; tables of a later release go too. Without ANALYZE, queries would be slow at first."""
    connection.close()
    emptied = path.with_name("emptied.sql")
    emptied.write_text("DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n", encoding="utf-8")
    steps = [f"--file={emptied}", f"--file={path}", "--command=ANALYZE"]
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *steps)


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; the password is in no list of processes."""
    if (found := shutil.which(program)) is None:
        raise CannotCopy(f"{program} is not installed; it comes with PostgreSQL's client")
    settings: dict[str, Any] = connection.settings_dict
    options = {"--username": "USER", "--host": "HOST", "--port": "PORT", "--dbname": "NAME"}
    at = [f"{option}={settings[key]}" for option, key in options.items() if settings[key]]
    _arguments, secrets = connection.client.settings_to_cmd_args_env(settings, [])
    answer = subprocess.run(  # noqa: S603 (nothing of it comes from outside)
        [found, *at, *arguments],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **(secrets or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise CannotCopy(answer.stderr.strip() or f"{program} failed")
