"""Which columns of an entry a public form may change, and which of them it shows from the start."""

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
    """A column that the form may change, and its value now."""

    path: Path
    column: Any
    value: Any

    @property
    def language(self) -> str:
        """The language of the column; empty if it is not a text in one language."""
        return language_of_column(self.column)

    @property
    def name(self) -> str:
        """The name of the fact: the columns of one text in several languages share it."""
        return stem(self.column)


@dataclass(frozen=True)
class EditableFields:
    """What a form may change: the facts shown first, further ones, and the snapshot that it starts from."""

    kind: type[Entry]
    target: Target
    base: Revision | None
    start: Snapshot
    facts: tuple[EditableField, ...]
    more: tuple[EditableField, ...]
    # The columns of a new row that point to its parent row or to a fact.
    parent_values: dict[str, Any] | None = None

    @property
    def all_facts(self) -> tuple[EditableField, ...]:
        """The facts shown first and the further ones."""
        return self.facts + self.more

    @property
    def row(self) -> Path:
        """The path of the row; empty if the form changes facts of the entry itself."""
        match self.target:
            case Row(kind, key):
                return Path(row_kind=kind, key=key)
            case NewRow(kind):
                return Path(row_kind=kind, key=NEW)
        return Path()

    @property
    def is_of_new_entry(self) -> bool:
        """Whether the entry is new."""
        return self.base is None

    @property
    def is_of_new_row(self) -> bool:
        """Whether the row is new."""
        return isinstance(self.target, NewRow)

    @property
    def is_of_row(self) -> bool:
        """Whether the form changes an existing row, which may also be removed."""
        return isinstance(self.target, Row)

    @property
    def removal(self) -> list[Change]:
        """The changes that remove the row and its child rows."""
        return [
            Change(row, snapshots.value_at(self.start, row), ABSENT)
            for row in (self.row, *_rows_below(self.start, self.row))
        ]

    @property
    def paths(self) -> list[str]:
        """All paths that the form may change."""
        own = [str(fact.path) for fact in self.all_facts]
        if self.is_of_row:
            own += [str(change.path) for change in self.removal]
        if self.is_of_new_row:
            own.append(str(self.row))
        return [*own, "slug"] if self.is_of_new_entry else own


def editable_fields(
    kind: type[Entry], base: Revision | None, at: str, *, is_whole: bool = False
) -> EditableFields:
    """What the form for the target `at` may change. Raises UnknownTarget.

    is_whole: include all other facts of the entry, in the section that is closed at first.
    """
    target = parse_target(at)
    start = snapshots.conformed(base.snapshot) if base else _empty_snapshot(kind)
    if isinstance(target, Facts):
        return _of_facts(kind, base, start, target, is_whole=is_whole)
    if base is None:
        raise UnknownTarget(at)
    if isinstance(target, Row):
        return _of_row(kind, base, start, target)
    return _of_new_row(kind, base, start, target)


def _empty_snapshot(kind: type[Entry]) -> Snapshot:
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
    related = [fact for fact in own if not target.names or _is_related(fact.name, target.names)]
    facts, more = _split_by_language(related)
    if is_whole:
        more += tuple(fact for fact in own if fact not in related)
    return EditableFields(kind, target, base, start, facts, more)


def _of_row(kind: type[Entry], base: Revision, start: Snapshot, target: Row) -> EditableFields:
    model = _editable_row_model(kind, target)
    values = start["rows"][target.kind].get(target.key)
    if values is None:
        raise UnknownTarget(str(target))
    row = Path(row_kind=target.kind, key=target.key)
    facts = [
        EditableField(row.at(column.name), column, values[column.name]) for column in public_columns(model)
    ]
    return EditableFields(kind, target, base, start, *_split_by_language(facts))


def _of_new_row(kind: type[Entry], base: Revision, start: Snapshot, target: NewRow) -> EditableFields:
    model = _editable_row_model(kind, target)
    values, parent_values = snapshots.conformed_row(model, {}), _parent_values(model, start, target)
    row = Path(row_kind=target.kind, key=NEW)
    facts = [
        EditableField(row.at(column.name), column, values[column.name])
        for column in public_columns(model)
        if column.name not in parent_values
    ]
    return EditableFields(kind, target, base, start, *_split_by_language(facts), parent_values=parent_values)


def _editable_row_model(kind: type[Entry], target: Row | NewRow) -> type[Child]:
    """The model of the rows. Raises UnknownTarget if the public may change nothing in it."""
    model = children_of(kind).get(target.kind)
    if model is None or not public_columns(model):
        raise UnknownTarget(str(target))
    return model


def _parent_values(model: type[Child], start: Snapshot, target: NewRow) -> dict[str, Any]:
    """The columns of a new row that point to its parent row or to a fact. Raises UnknownTarget."""
    owner, parent = owner_of(model), target.parent
    if issubclass(owner, Child):
        if parent not in start["rows"][owner._meta.model_name or ""]:
            raise UnknownTarget(str(target))
        return {model.OF: parent}
    if not parent:
        return {}
    if not model.ABOUT or not _exists(start, parent):
        raise UnknownTarget(str(target))
    return {model.ABOUT: parent}


def _exists(start: Snapshot, about: str) -> bool:
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


# --- what is shown from the start --------------------------------------------------------


def _is_related(name: str, asked: tuple[str, ...]) -> bool:
    """One of the names asked for, or one that begins with it: outcome_as_of belongs to outcome."""
    return name in asked or any(name.startswith(f"{one}_") for one in asked)


def _split_by_language(
    facts: list[EditableField],
) -> tuple[tuple[EditableField, ...], tuple[EditableField, ...]]:
    """The facts to show first, and the rest.

    First come facts in the reader's language or in no language; a text that is empty in the reader's
    language is shown in the languages that it has.
    """
    here = active_language()
    translated = {fact.name for fact in facts if fact.language == here and fact.value}
    texts = {fact.name for fact in facts if fact.language and fact.value}
    is_open = {
        fact.path: not fact.language
        or fact.language == here
        or (fact.name in texts - translated and bool(fact.value))
        for fact in facts
    }
    return (
        tuple(one for one in facts if is_open[one.path]),
        tuple(one for one in facts if not is_open[one.path]),
    )
