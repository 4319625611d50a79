"""Migrations: none is missing, each has a sentence as its name and is reversible; they match the models."""

import io
import re
from contextlib import ExitStack

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from config.env import ROOT
from portal.models import ContentChange
from tests.databases import a_database, insert_rows_of_migrations
from tests.repository.migrating import Executor, states_made_once

OWN_APPS = sorted(file.parent.name for file in ROOT.glob("*/apps.py"))
OWN_MIGRATIONS = {
    key: migration
    for key, migration in sorted(MigrationLoader(connection=None).disk_migrations.items())
    if key[0] in OWN_APPS
}
SENTENCE = re.compile(r"[0-9]{4}(_[a-z0-9]+)+")

# In Django's own migrations these tables have another type of key than in its models (on PostgreSQL).
OTHER_KEY_TYPE = {"auth_group_permissions", "auth_user_groups", "auth_user_user_permissions"}

# The names of indexes and constraints, where definitions_in_postgresql reads them.
MADE_UP = re.compile(r"(?<=INDEX )\w+|^\w+(?= (?:CHECK|FOREIGN KEY|PRIMARY KEY|UNIQUE) \()")

each_migration = pytest.mark.parametrize("key", OWN_MIGRATIONS, ids="/".join)


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.usefixtures("migrations_that_run")
def test_no_migration_is_missing():
    output = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, interactive=False, stdout=output)
    except SystemExit:
        pytest.fail(output.getvalue())


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


@each_migration
def test_migrations_write_to_the_database_that_is_migrated(key):
    """A manager without `using` asks the database "default", whichever `migrate --database` names."""
    app, name = key
    lines = (ROOT / app / "migrations" / f"{name}.py").read_text(encoding="utf-8").splitlines()
    # A query that is part of another one goes where that goes.
    asks = [
        line
        for line in lines
        if re.search(r"\.(objects|_default_manager)\b", line) and "OuterRef" not in line
    ]

    assert [line for line in asks if ".using(" not in line] == []


# The other tests run on tables that are made from the models: both ways must lead to the same database.


@pytest.mark.every_database
def test_migrations_make_the_tables_that_the_models_make(migrated, made_from_models):
    assert sorted(tables(migrated)) == sorted(tables(made_from_models))
    unlike = differences(tables(migrated), tables(made_from_models))
    assert {table: parts for table, parts in unlike.items() if table not in OTHER_KEY_TYPE} == {}


@pytest.mark.every_database
def test_migrations_insert_the_rows_that_the_tests_insert(migrated, made_from_models):
    assert rows(migrated) == rows(made_from_models)
    assert permissions_of_groups(migrated) == permissions_of_groups(made_from_models)


@pytest.mark.every_database
def test_migrating_to_nothing_and_back_gives_the_same_tables(migrated):
    before = tables(migrated)

    Executor(migrated).migrate([(app, None) for app in OWN_APPS])
    without = tables(migrated)
    call_command("migrate", database=migrated.alias, verbosity=0)

    assert [table for table in without if table.split("_")[0] in OWN_APPS] == []
    assert differences(tables(migrated), before) == {}
    assert sorted(tables(migrated)) == sorted(before)


@pytest.fixture(scope="module")
def migrations_that_run(django_db_setup):
    """Switch migrations on; the database of the tests is made without them."""
    with override_settings(MIGRATION_MODULES={}):
        yield


@pytest.fixture(scope="module")
def migrated(migrations_that_run, tmp_path_factory, django_db_blocker):
    """A database of its own, of the kind that the tests run on, made by all migrations."""
    with (
        django_db_blocker.unblock(),
        states_made_once(),
        a_database("migrated", tmp_path_factory.mktemp("migrated")) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def made_from_models(django_db_setup, tmp_path_factory, django_db_blocker):
    """Another database, made from the models, with the rows that the tests insert."""
    every_app = {key[0]: None for key in MigrationLoader(connection=None).disk_migrations}
    with django_db_blocker.unblock(), ExitStack() as until_the_end:
        with override_settings(MIGRATION_MODULES=every_app):
            made = until_the_end.enter_context(
                a_database("from_models", tmp_path_factory.mktemp("from_models"))
            )
        insert_rows_of_migrations(using=made.alias)
        yield made


def tables(connection):
    """The definitions of each table in the database: columns, constraints, indexes, triggers; and the views."""
    read = {"sqlite": definitions_in_sqlite, "postgresql": definitions_in_postgresql}[connection.vendor]
    found = {}
    with connection.cursor() as cursor:
        for table, definition in read(cursor):
            found.setdefault(table, []).append(definition)
    return {table: sorted(several) for table, several in found.items() if table != "django_migrations"}


def differences(some, others):
    """What only one of the two has, by table."""
    return {
        table: unlike
        for table, several in some.items()
        if (unlike := sorted({*several} ^ {*others.get(table, several)}))
    }


def definitions_in_sqlite(cursor):
    """The statements that it keeps; those of tables in parts, whose order tells only which part is younger."""
    cursor.execute(
        "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    for table, statement in cursor.fetchall():
        for part in re.split(r', (?=["C])', statement.removesuffix(")")):
            yield table, part.removeprefix(f'CREATE TABLE "{table}" (')


def definitions_in_postgresql(cursor):
    """From its catalogues; without the names that Django made up, which keep the first name of a renamed table."""
    named = {
        one.name for model in apps.get_models() for one in (*model._meta.constraints, *model._meta.indexes)
    }
    for question in (
        "SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable,"
        " column_default, is_identity) FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT relname, conname || ' ' || pg_get_constraintdef(pg_constraint.oid)"
        " FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
        " WHERE connamespace = 'public'::regnamespace",
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT relname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class"
        " ON pg_class.oid = tgrelid WHERE NOT tgisinternal",
        "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    ):
        cursor.execute(question)
        for table, definition in cursor.fetchall():
            yield table, MADE_UP.sub(lambda name: name[0] if name[0] in named else "", definition)


def rows(connection):
    """The number of rows in each table but that of changes, which numbers the writing of the others."""
    found = {}
    with connection.cursor() as cursor:
        for table in {*tables(connection)} - {ContentChange._meta.db_table}:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            [(found[table],)] = cursor.fetchall()
    return found


def permissions_of_groups(connection):
    """The permissions of each group."""
    return {
        group.name: sorted(group.permissions.values_list("content_type__app_label", "codename"))
        for group in Group.objects.using(connection.alias)
    }


def operations(listed):
    for operation in listed:
        yield operation
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from operations(operation.database_operations)


def is_named_by_a_person(migration):
    """Whether the name is a sentence, and not one that Django suggests."""
    number_and_suggestion = f"{migration.name[:5]}{migration.suggest_name()}"
    named_by_machine = migration.name == number_and_suggestion or "_auto_" in migration.name
    return bool(SENTENCE.fullmatch(migration.name)) and not named_by_machine
