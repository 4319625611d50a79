"""What an upgrade of an older casebook needs once its tables are migrated."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from publishing.actions.use import rebuild_use

STORES_USE = ("publishing", "0012_store_whether_an_entry_is_in_use")


def mark_use(*, using: str, plan: Sequence[tuple[Any, bool]] = (), **_others: Any) -> None:
    """After the migration that begins to store it: find which entries something public uses."""
    applied = {(migration.app_label, migration.name) for migration, is_backwards in plan if not is_backwards}
    if STORES_USE in applied and using == DEFAULT_DB_ALIAS:
        rebuild_use()
