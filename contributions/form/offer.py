"""What of an entry a public form offers to change, and what of it is open from the start."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contributions.form.target import NEW, Facts, NewRow, Row, Target, UnknownTarget, parse_target
from publishing import snapshots
from publishing.fields.columns import language_of_column, stem
from publishing.languages import active_language, columns_of_text
from publishing.models import Child, Entry, Revision
from publishing.models.entry import children_of, kinds, owner_of
from publishing.policy import public_columns
from publishing.snapshots import ABSENT, Change, Path, Snapshot


@dataclass(frozen=True)
class EditableField:
    """A column that the form offers, and what the entry says there now."""

    path: Path
    column: Any
    value: Any

    @property
    def language(self) -> str:
        """The language of the page that the column is for; nothing where it has none."""
        return language_of_column(self.column)

    @property
    def name(self) -> str:
        """The name of the fact, which the columns of one text share."""
        return stem(self.column)


@dataclass(frozen=True)
class EditableFields:
    """What a form offers: open facts, further ones, and what it starts from."""

    kind: type[Entry]
    target: Target
    base: Revision | None
    start: Snapshot
    facts: tuple[EditableField, ...]
    more: tuple[EditableField, ...]
    # What a new row says of where it belongs.
    above: dict[str, Any] | None = None

    @property
    def all_facts(self) -> tuple[EditableField, ...]:
        """Open or not."""
        return self.facts + self.more

    @property
    def row(self) -> Path:
        """The path of the row; empty where the form is about facts of the entry itself."""
        match self.target:
            case Row(kind, key):
                return Path(row_kind=kind, key=key)
            case NewRow(kind):
                return Path(row_kind=kind, key=NEW)
        return Path()

    @property
    def is_of_new_entry(self) -> bool:
        """Nothing is public of it yet."""
        return self.base is None

    @property
    def is_of_new_row(self) -> bool:
        """The row is missing."""
        return isinstance(self.target, NewRow)

    @property
    def is_of_row(self) -> bool:
        """The row is there, so it can be proposed to take it out."""
        return isinstance(self.target, Row)

    @property
    def removal(self) -> list[Change]:
        """The row taken out, and the rows below it."""
        return [
            Change(row, snapshots.value_at(self.start, row), ABSENT)
            for row in (self.row, *_rows_below(self.start, self.row))
        ]

    @property
    def paths(self) -> list[str]:
        """Everything that may be in the difference."""
        own = [str(fact.path) for fact in self.all_facts]
        if self.is_of_row:
            own += [str(change.path) for change in self.removal]
        if self.is_of_new_row:
            own.append(str(self.row))
        return [*own, "slug"] if self.is_of_new_entry else own


def editable_fields(
    kind: type[Entry], base: Revision | None, at: str, *, is_whole: bool = False
) -> EditableFields:
    """What is offered at the target named by `at`; raises UnknownTarget.

    is_whole: with all other facts of the entry, folded away.
    """
    target = parse_target(at)
    start = snapshots.conformed(base.snapshot) if base else _nothing(kind)
    if isinstance(target, Facts):
        return _of_facts(kind, base, start, target, is_whole=is_whole)
    if base is None:
        raise UnknownTarget(at)
    if isinstance(target, Row):
        return _of_row(kind, base, start, target)
    return _of_new_row(kind, base, start, target)


def _nothing(kind: type[Entry]) -> Snapshot:
    return snapshots.blank(snapshots.empty(kind, uuid.uuid4()))


def _of_facts(
    kind: type[Entry], base: Revision | None, start: Snapshot, target: Facts, *, is_whole: bool
) -> EditableFields:
    own = [
        EditableField(Path(column=column.name), column, start["fields"][column.name])
        for column in public_columns(kind)
    ]
    if not {*target.names} <= {fact.name for fact in own}:
        raise UnknownTarget(str(target))
    near = [fact for fact in own if not target.names or _is_near(fact.name, target.names)]
    facts, more = _opened(near)
    if is_whole:
        more += tuple(fact for fact in own if fact not in near)
    return EditableFields(kind, target, base, start, facts, more)


def _of_row(kind: type[Entry], base: Revision, start: Snapshot, target: Row) -> EditableFields:
    model = _open_row_kind(kind, target)
    values = start["rows"][target.kind].get(target.key)
    if values is None:
        raise UnknownTarget(str(target))
    row = Path(row_kind=target.kind, key=target.key)
    facts = [
        EditableField(row.at(column.name), column, values[column.name]) for column in public_columns(model)
    ]
    return EditableFields(kind, target, base, start, *_opened(facts))


def _of_new_row(kind: type[Entry], base: Revision, start: Snapshot, target: NewRow) -> EditableFields:
    model = _open_row_kind(kind, target)
    values, above = snapshots.conformed_row(model, {}), _above(model, start, target)
    row = Path(row_kind=target.kind, key=NEW)
    facts = [
        EditableField(row.at(column.name), column, values[column.name])
        for column in public_columns(model)
        if column.name not in above
    ]
    return EditableFields(kind, target, base, start, *_opened(facts), above=above)


def _open_row_kind(kind: type[Entry], target: Row | NewRow) -> type[Child]:
    """The model of the rows; rows of which the public may change nothing are not offered."""
    model = children_of(kind).get(target.kind)
    if model is None or not public_columns(model):
        raise UnknownTarget(str(target))
    return model


def _above(model: type[Child], start: Snapshot, target: NewRow) -> dict[str, Any]:
    """What a new row says of where it belongs."""
    owner, below = owner_of(model), target.below
    if issubclass(owner, Child):
        if below not in start["rows"][owner._meta.model_name or ""]:
            raise UnknownTarget(str(target))
        return {model.OF: below}
    if not below:
        return {}
    if not model.ABOUT or not _is_there(start, below):
        raise UnknownTarget(str(target))
    return {model.ABOUT: below}


def _is_there(start: Snapshot, about: str) -> bool:
    path = Path.parse(about, start["rows"])
    if path.row_kind:
        return about == str(path.row) and (not path.key or path.key in start["rows"][path.row_kind])
    return not {path.column, *columns_of_text(path.column)}.isdisjoint(start["fields"])


def _rows_below(start: Snapshot, row: Path) -> Iterator[Path]:
    for name, model in children_of(kinds()[start["kind"]]).items():
        owner = owner_of(model)
        if issubclass(owner, Child) and owner._meta.model_name == row.row_kind:
            for key, values in start["rows"][name].items():
                if values[model.OF] == row.key:
                    yield Path(row_kind=name, key=key)


# --- what is open from the start ---------------------------------------------------------


def _is_near(name: str, asked: tuple[str, ...]) -> bool:
    """One of those asked for, or what hangs on one by its name: outcome_as_of on outcome."""
    return name in asked or any(name.startswith(f"{one}_") for one in asked)


def _opened(facts: list[EditableField]) -> tuple[tuple[EditableField, ...], tuple[EditableField, ...]]:
    """Those in the reader's language or in none, and where it says nothing those in others; then the rest."""
    here = active_language()
    says = {fact.name for fact in facts if fact.language == here and fact.value}
    texts = {fact.name for fact in facts if fact.language and fact.value}
    is_open = {
        fact.path: not fact.language
        or fact.language == here
        or (fact.name in texts - says and bool(fact.value))
        for fact in facts
    }
    return (
        tuple(one for one in facts if is_open[one.path]),
        tuple(one for one in facts if not is_open[one.path]),
    )
