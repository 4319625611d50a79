"""On which databases tests run, and databases beside their own, of the same kind."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from accounts.actions import fill_groups
from accounts.vocabulary import Role
from publishing.models import ChainHead


def insert_rows_of_migrations(using: str = "default") -> None:
    """What migrations insert: the row from which the chain begins, and a group for each role."""
    ChainHead.objects.using(using).get_or_create(pk=1)
    for role in Role.values:
        Group.objects.using(using).get_or_create(name=role)
    fill_groups(using=using)


def some_on_every_database(cases: Mapping[str, Any], some: Collection[str]) -> list[Any]:
    """A parameter for each of the cases, with its name; of a module on one database, some run on every one."""
    assert {*some} <= {*cases}
    marks = {name: [pytest.mark.every_database] for name in some}
    return [pytest.param(case, id=name, marks=marks.get(name, [])) for name, case in cases.items()]


def tidy_up() -> None:
    """What PostgreSQL does by itself, a minute too late for tests: it counts the rows, and indexes of words take in
    what was written last; until then each search reads through that."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def record_migrations() -> None:
    """Let the tables that the models made count as migrated: /readyz and restored backups look for that."""
    # pytest-django's --nomigrations hides them, until the first test that overrides a setting ends.
    with override_settings(MIGRATION_MODULES={}):
        found = MigrationLoader(None).disk_migrations
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in found.keys() - recorder.applied_migrations().keys():
        recorder.record_applied(app, name)


@contextmanager
def a_database(alias: str, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """The connection to a new database, which is dropped in the end."""
    usual = connections["default"].settings_dict
    name = str(folder / "database.sqlite3") if connection.vendor == "sqlite" else None
    connections.databases[alias] = {
        **usual,
        "NAME": name or f"{alias}_{usual['NAME']}"[:60],
        "TEST": {**usual["TEST"], "NAME": name},
    }
    made = connections[alias]
    before = made.settings_dict["NAME"]
    made.creation.create_test_db(verbosity=0, autoclobber=True)
    yield made
    made.creation.destroy_test_db(before, verbosity=0)
    del connections[alias], connections.databases[alias]


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """The tests' own connection, to another database."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


class Copy:
    """All that the tests' own database holds, kept for other processes of the same test run."""

    def __init__(self, folder: Path, run: str) -> None:
        self._file = folder / "copy.sqlite3"
        self._name = f"copy_{run}"[:60]

    def exists(self) -> bool:
        if connection.vendor == "sqlite":
            return self._file.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [self._name])
            return cursor.fetchone() == (1,)

    def write(self) -> None:
        """Keep what the tables hold now; nobody else may be connected to them."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self._file)) as there:
                connection.connection.backup(there)
        else:
            _alone(f'CREATE DATABASE "{self._name}" TEMPLATE "{connection.settings_dict["NAME"]}"')

    def read(self) -> None:
        """Replace all tables by those that were kept; nobody else may be connected to them."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self._file)) as there:
                there.backup(connection.connection)
        else:
            own = connection.settings_dict["NAME"]
            _alone(f'DROP DATABASE "{own}"', f'CREATE DATABASE "{own}" TEMPLATE "{self._name}"')
        ContentType.objects.clear_cache()

    def delete(self) -> None:
        """Where no process needs it any longer."""
        if connection.vendor == "sqlite":
            self._file.unlink(missing_ok=True)
        else:
            _alone(f'DROP DATABASE IF EXISTS "{self._name}"')


def _alone(*commands: str) -> None:
    """Commands to PostgreSQL that nobody may be connected for."""
    connection.close()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        for command in commands:
            cursor.execute(command)
