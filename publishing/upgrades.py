"""What an upgrade of an older casebook needs once its tables are migrated."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from publishing.actions.use import rebuild_use
from publishing.search_documents import TABLE, prepare_index, rebuild_search

STORES_USE = ("publishing", "0012_store_whether_an_entry_is_in_use")
# Since which the search reads something else of entries.
STORES_SEARCH = {
    ("publishing", "0020_let_readers_search_all_entries"),
    ("publishing", "0032_find_entries_by_their_initials"),
}


def mark_use(*, using: str, plan: Sequence[tuple[Any, bool]] = (), **_others: Any) -> None:
    """After the migration that begins to store it: find which entries something public uses."""
    applied = {(migration.app_label, migration.name) for migration, is_backwards in plan if not is_backwards}
    if STORES_USE in applied and using == DEFAULT_DB_ALIAS:
        rebuild_use()


def fill_search(*, using: str, plan: Sequence[tuple[Any, bool]] = (), **_others: Any) -> None:
    """After a migration since which it reads something else of entries: let the search read all again.

    The index of the database is made wherever it lacks: also where the models alone made the tables, and
    where a later migration made a table again.
    """
    if TABLE not in connections[using].introspection.table_names():
        return
    prepare_index(using)
    applied = {(migration.app_label, migration.name) for migration, is_backwards in plan if not is_backwards}
    if not STORES_SEARCH.isdisjoint(applied) and using == DEFAULT_DB_ALIAS:
        rebuild_search()
