"""The column of snapshots in revisions: kept whole, or as what differs from an earlier one that is."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

from publishing.beforehand import worked_out
from publishing.fields.columns import PackedField, canonical
from publishing.fields.difference import Difference, changed, difference

# A snapshot that is kept as a difference has this key alone.
APART = "difference"
# A snapshot is kept whole where more than a part of this many would differ.
LEAST_SHARED = 4


class UnreadableSnapshot(ValueError):
    """What is kept of a snapshot is damaged, or what it differs from is."""


class SnapshotField(PackedField):
    """Compressed JSON, whole, or as the difference from that of the row in the foreign key `whole`.

    Each SELECT brings along what that row has: whoever reads a snapshot asks nothing more, and gets it whole.
    """

    description = "Compressed JSON, or its difference from another row's"

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """What is kept."""
        snapshot = super().pre_save(model_instance, add)
        whole = model_instance.whole
        return snapshot if whole is None else kept_apart(worked_out(difference, whole.snapshot, snapshot))

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        """The bytes of the whole one, where there is one, and behind them its own."""
        quote, is_sqlite = compiler.connection.ops.quote_name, compiler.connection.vendor == "sqlite"
        row, _dot, name = sql.rpartition(".")
        if name != quote(self.column):
            return sql, params
        table, key = quote(self.model._meta.db_table), quote(self.model._meta.pk.column)
        to_whole: Any = self.model._meta.get_field("whole")
        points = quote(to_whole.column)
        whole = f'SELECT "whole".{name} FROM {table} "whole" WHERE "whole".{key} = {row}.{points}'  # noqa: S608
        if is_sqlite:
            # Joined, bytes become a text there.
            return f"CAST(COALESCE(({whole}), x'') || {sql} AS BLOB)", params
        return f"COALESCE(({whole}), ''::bytea) || {sql}", params

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """The JSON of the whole snapshot. Raises UnreadableSnapshot."""
        return None if value is None else snapshot_in(bytes(value))


def kept_apart(apart: Difference) -> dict[str, Difference]:
    """What is kept of a snapshot with this difference from a whole one."""
    return {APART: apart}


def is_worth_keeping_apart(apart: Difference, snapshot: dict[str, Any]) -> bool:
    """Whether so little of the snapshot differs that it is not kept whole."""
    return len(canonical(apart)) * LEAST_SHARED <= len(worked_out(canonical, snapshot))


def snapshot_in(kept: bytes) -> Any:
    """The snapshot in what a SELECT returns. Raises UnreadableSnapshot."""
    try:
        texts = [*_unpacked(kept)]
        own: dict[str, Any] = dict(json.loads(texts[-1]))
        return changed(json.loads(texts[0]), own[APART]) if APART in own else own
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableSnapshot(f"{type(error).__name__}: {error}") from error


def text_in(kept: bytes) -> bytes:
    """The same as the text that was digested. Raises UnreadableSnapshot."""
    texts = [*_unpacked(kept)]
    return texts[0] if len(texts) == 1 else canonical(snapshot_in(kept))


def _unpacked(kept: bytes) -> Iterator[bytes]:
    """What was compressed, one behind the other."""
    while kept:
        reader = zlib.decompressobj()
        try:
            yield reader.decompress(kept)
        except zlib.error as error:
            raise UnreadableSnapshot(str(error)) from error
        if not reader.eof:
            raise UnreadableSnapshot("it was cut off")
        kept = reader.unused_data
