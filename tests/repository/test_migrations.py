"""Migrations: none missing, each named by a sentence, each able to go back."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connections, migrations
from django.db.migrations.loader import MigrationLoader

from config.env import ROOT

OWN_APPS = sorted(file.parent.name for file in ROOT.glob("*/apps.py"))
OWN_MIGRATIONS = {
    key: migration
    for key, migration in sorted(MigrationLoader(connection=None).disk_migrations.items())
    if key[0] in OWN_APPS
}
SENTENCE = re.compile(r"[0-9]{4}(_[a-z0-9]+)+")

each_migration = pytest.mark.parametrize("key", OWN_MIGRATIONS, ids="/".join)


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, interactive=False, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


@each_migration
def test_migrations_are_named_by_a_sentence(key):
    assert is_named_by_a_person(OWN_MIGRATIONS[key])


@pytest.mark.parametrize(
    "name", ["0002_auto_20260101_1200", "0001_initial", "0002_case_note", "0003_Changes"]
)
def test_names_that_django_gives_are_noticed(name):
    migration = migrations.Migration(name, "cases")
    migration.operations = [migrations.AddField("Case", "note", None)]
    migration.initial = True if name == "0001_initial" else None

    assert not is_named_by_a_person(migration)


@each_migration
def test_migrations_can_go_back(key):
    assert [one for one in operations(OWN_MIGRATIONS[key].operations) if not one.reversible] == []


def test_migrating_to_nothing_and_back_gives_the_same_tables(scratch):
    before = tables(scratch)

    for app in OWN_APPS:
        call_command("migrate", app, "zero", database="scratch", verbosity=0)
    without = tables(scratch)
    call_command("migrate", database="scratch", verbosity=0)

    assert [table for table in without if table.split("_")[0] in OWN_APPS] == []
    assert tables(scratch) == before


@pytest.fixture
def scratch(tmp_path, django_db_setup, django_db_blocker):
    """A migrated database of its own, of the kind that the tests run on."""
    settings = connections["default"].settings_dict
    name = tmp_path / "scratch.sqlite3" if connections["default"].vendor == "sqlite" else None
    connections.databases["scratch"] = {
        **settings,
        "NAME": name or f"scratch_{tmp_path.parent.name}_{settings['NAME']}"[:60],
        "TEST": {**settings["TEST"], "NAME": name and str(name)},
    }
    with django_db_blocker.unblock():
        connection = connections["scratch"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        yield connection
        connection.creation.destroy_test_db(
            str(name or connections.databases["scratch"]["NAME"]), verbosity=0
        )
    del connections["scratch"], connections.databases["scratch"]


def tables(connection):
    """Every table, with the names of its columns."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")
            found[table] = sorted(column[0] for column in cursor.description)
    return found


def operations(of):
    for one in of:
        yield one
        if isinstance(one, migrations.SeparateDatabaseAndState):
            yield from operations(one.database_operations)


def is_named_by_a_person(migration):
    """A sentence, and not the name that Django would suggest."""
    number_and_suggestion = f"{migration.name[:5]}{migration.suggest_name()}"
    named_by_machine = migration.name == number_and_suggestion or "_auto_" in migration.name
    return bool(SENTENCE.fullmatch(migration.name)) and not named_by_machine
