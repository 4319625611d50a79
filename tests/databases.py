"""On which databases tests run, and databases beside their own, of the same kind."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

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
