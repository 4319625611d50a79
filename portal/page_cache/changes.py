"""Notices every write to the tables that pages show, and says what the newest of these writes is."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import WeakSet

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.models import ContentChange
from portal.page_cache.proxies import purge
from publishing.models import (
    ChainHead,
    Decision,
    Entry,
    EntryNames,
    OldSlug,
    Proposal,
    Release,
    Revision,
    SearchDocument,
    SignedHead,
    TextAges,
    Translation,
    TranslationCheck,
)
from publishing.models.entry import Child
from publishing.snapshots import is_rehearsed
from sources.models import LinkCheck

# What pages show besides entries and their rows.
BESIDES = (
    *(ChainHead, EntryNames, LinkCheck, OldSlug, Release, Revision, SearchDocument, SignedHead),
    *(TextAges, Translation, TranslationCheck),
)
# What the figures alone count: a proxy in front is not told of each.
COUNTED = (Decision, Proposal)
WRITES = re.compile(r"\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO) [\"`]?(\w+)", re.ASCII)
# On PostgreSQL, a transaction that began earlier may end later: its number is looked for among the newest.
NEWEST = 16
READS = ("SELECT", "WITH")
# So many numbers remain when older ones are deleted.
REMAINING = 1000

# The connections to databases that have the table of changes.
_with_table: WeakSet[BaseDatabaseWrapper] = WeakSet()

Change = tuple[int, ...]
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@cache
def content_tables() -> frozenset[str]:
    """The names of the tables that public pages show; a page that reads another table is not kept."""
    content = [model for model in apps.get_models() if issubclass(model, (Entry, Child))]
    related = [field for model in content for field in model._meta.local_many_to_many]
    joined: list[Any] = [field.remote_field.through for field in related]
    return frozenset(model._meta.db_table for model in (*content, *joined, *BESIDES, *COUNTED))


@cache
def _counted_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in COUNTED)


def notice_writes(sender: object, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Let the new connection note its writes; a receiver of Django's connection_created."""
    if _note_write not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _note_write)


def newest_changes() -> Change:
    """The numbers of the newest changes, by one statement: it is another tuple after any change."""
    with connection.cursor() as cursor:
        cursor.execute(newest_changes_sql())
        return tuple(number for (number,) in cursor.fetchall())


@cache
def newest_changes_sql() -> str:
    """The statement of `newest_changes`."""
    table = connection.ops.quote_name(ContentChange._meta.db_table)
    return f"SELECT id FROM {table} ORDER BY id DESC LIMIT {NEWEST}"  # noqa: S608 (nothing of it comes from outside)


def _note_write(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute the statement; where it writes content, number the change, once in a transaction."""
    result = execute(sql, params, many, context)
    if not sql.startswith(READS):
        written = None if is_rehearsed() else WRITES.match(sql)
        if written and written[1] in content_tables():
            _note_change(context["connection"])
            if written[1] not in _counted_tables():
                _once_after_commit(context["connection"], purge)
        elif sql.startswith("DROP TABLE"):
            _with_table.discard(context["connection"])
    return result


def _note_change(on: BaseDatabaseWrapper) -> None:
    if _has_table(on) and _once_after_commit(on, _is_noted):
        number = _next_number(on)
        if number % REMAINING == 0:
            ContentChange.objects.using(on.alias).filter(pk__lt=number - REMAINING).delete()


def _next_number(on: BaseDatabaseWrapper) -> int:
    """Of a new row, which says nothing else."""
    with on.cursor() as cursor:
        cursor.execute(_new_number_sql(on.vendor))
        return int(cursor.fetchone()[0])


@cache
def _new_number_sql(vendor: str) -> str:
    """vendor: of the database, in whose words a row of nothing but defaults is written."""
    table = connection.ops.quote_name(ContentChange._meta.db_table)
    return f"INSERT INTO {table} DEFAULT VALUES RETURNING id"  # noqa: S608 (nothing of it comes from outside)


def _once_after_commit(on: BaseDatabaseWrapper, function: Callable[[], None]) -> bool:
    """Call it after the commit; whether nobody had asked for that in this transaction.

    Django forgets what waits for the commit where it rolls back: what waits is what stands. Whoever manages
    transactions by hand waits for nothing.
    """
    if not (on.in_atomic_block or on.get_autocommit()):
        return True
    if any(waiting[1] is function for waiting in on.run_on_commit):
        return False
    on.on_commit(function)
    return True


def _has_table(on: BaseDatabaseWrapper) -> bool:
    """Whether there is a table for the numbers: earlier migrations write content before there is."""
    if on not in _with_table:
        if ContentChange._meta.db_table not in on.introspection.table_names():
            return False
        _with_table.add(on)
    return True


def _is_noted() -> None:
    """Mark a transaction whose change has a number."""
