"""What the public door offers of one entry: the fact, the section or the row at a place, and room for more.

A place is written as the page's links write it:

    ""                       the entry's own facts
    outcome                  one fact, with what hangs on it (outcome_as_of); several are parted by commas
    provision/<key>          a row
    provision/new            a row that is missing
    assessment/new/<key>     a row that is missing below another
    claim/new/<fact>         a row that is missing and speaks of a fact or row
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import slugify

from publishing import snapshots
from publishing.fields.columns import language_of_column, stem
from publishing.languages import active_language, columns_of_text
from publishing.models import Child, Entry, OldSlug, Revision
from publishing.models.entry import children_of, kinds
from publishing.snapshots import ABSENT, Change, Path, Snapshot

# Kinds of entries about which the public is asked, and those of which it may propose new ones.
KINDS = ("case", "initiative", "pillar", "actor", "source", "theme", "term")
NEW_KINDS = ("case", "initiative", "actor", "source")
# What the editors keep to themselves: addresses, order, their judgement of sources, what needs an upload.
EDITORS_OWN = frozenset(
    {
        *("slug", "anchor", "position", "last_verified_on", "verify_by", "is_linked"),
        *("picture", "file", "reliability", "confidence"),
    }
)
EDITORS_OWN_IN_ROWS = {"claim": frozenset(columns_of_text("remark"))}
# What a row says that came through the door, until an editor has looked at it.
FIRST_VALUES = {"claim": {"confidence": "low"}}
NEW = "new"


class UnknownTarget(LookupError):
    """There is no such place in the entry, or it is not offered."""


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


@dataclass(frozen=True)
class EditableFields:
    """What a form offers: open facts, further ones, and what it starts from."""

    kind: type[Entry]
    at: str
    base: Revision | None
    start: Snapshot
    facts: tuple[EditableField, ...]
    more: tuple[EditableField, ...]
    row: Path = field(default_factory=Path)
    above: dict[str, Any] | None = None

    @property
    def all_facts(self) -> tuple[EditableField, ...]:
        """Open or not."""
        return self.facts + self.more

    @property
    def is_of_new_entry(self) -> bool:
        """Nothing is public of it yet."""
        return self.base is None

    @property
    def is_of_new_row(self) -> bool:
        """The row is missing."""
        return self.row.key == NEW

    @property
    def is_of_row(self) -> bool:
        """The row is there, so it can be proposed to take it out."""
        return self.row.is_row and self.row.key != NEW

    @property
    def paths(self) -> list[str]:
        """Everything that may be in the difference."""
        own = [str(fact.path) for fact in self.all_facts]
        if self.is_of_row:
            own += [str(change.path) for change in _without(self.start, self.row)]
        if self.is_of_new_row:
            own.append(str(self.row))
        return [*own, "slug"] if self.is_of_new_entry else own

    def wanted(self, said: dict[Path, Any], *, is_without: bool = False) -> Snapshot:
        """What it starts from, with what was said; whatever was not offered stays as it is."""
        if is_without and self.is_of_row:
            return snapshots.apply(list(_without(self.start, self.row)), self.start)
        offered = {fact.path: fact.value for fact in self.all_facts}
        changes = {path: said[path] for path in offered if path in said and said[path] != offered[path]}
        wanted = self.start
        if self.is_of_new_row:
            row = replace(self.row, key=str(uuid.uuid4()))
            changes = {row.at(path.column): value for path, value in changes.items()}
            wanted = snapshots.apply([self._row(row)], wanted)
        wanted = snapshots.apply([Change(path, ABSENT, value) for path, value in changes.items()], wanted)
        return _addressed(wanted, self)

    def _row(self, path: Path) -> Change:
        rows = self.start["rows"][path.row_kind]
        place = max((row["position"] for row in rows.values()), default=-1) + 1
        first = FIRST_VALUES.get(path.row_kind, {})
        row = snapshots.conformed_row(children_of(self.kind)[path.row_kind], {"position": place, **first})
        return Change(path, ABSENT, {**row, **(self.above or {})})


def editable_fields(
    kind: type[Entry], base: Revision | None, at: str, *, is_whole: bool = False
) -> EditableFields:
    """What is offered at the place; raises Nowhere."""
    start = snapshots.conformed(base.snapshot) if base else snapshots.bare(_nothing(kind))
    if "/" in at:
        return _of_row(kind, base, start, at)
    own = [
        EditableField(Path(column=column.name), column, start["fields"][column.name])
        for column in _columns(kind)
    ]
    asked = {*at.split(",")} - {""}
    if asked and not asked <= {stem(fact.column) for fact in own}:
        raise UnknownTarget(at)
    near = [fact for fact in own if not asked or _is_near(stem(fact.column), asked)]
    facts, others = _opened(near)
    if is_whole:
        others += [fact for fact in own if fact not in near]
    return EditableFields(kind, at, base, start, tuple(facts), tuple(others))


def _of_row(kind: type[Entry], base: Revision | None, start: Snapshot, at: str) -> EditableFields:
    name, _slash, rest = at.partition("/")
    key, slash, below = rest.partition("/")
    model = children_of(kind).get(name)
    if model is None or base is None:
        raise UnknownTarget(at)
    if key != NEW:
        values = start["rows"][name].get(key)
        if values is None or slash:
            raise UnknownTarget(at)
        above = None
    else:
        values = snapshots.conformed_row(model, {})
        above = _above(model, start, below)
    left_out = {model.OF, *(above or {})}
    row = Path(row_kind=name, key=key)
    facts = [
        EditableField(row.at(column.name), column, values[column.name])
        for column in _columns(model)
        if column.name not in left_out
    ]
    return EditableFields(kind, at, base, start, *map(tuple, _opened(facts)), row=row, above=above)


def _above(model: type[Child], start: Snapshot, below: str) -> dict[str, Any]:
    """What a new row says of where it belongs."""
    owner = model._meta.get_field(model.OF).related_model
    if isinstance(owner, type) and issubclass(owner, Child):
        if below not in start["rows"][owner._meta.model_name or ""]:
            raise UnknownTarget(below)
        return {model.OF: below}
    if not below:
        return {}
    if not model.ABOUT or not _is_there(start, below):
        raise UnknownTarget(below)
    return {model.ABOUT: below}


def _is_there(start: Snapshot, about: str) -> bool:
    path = Path.parse(about, start["rows"])
    if path.row_kind:
        return about == str(path.row) and (not path.key or path.key in start["rows"][path.row_kind])
    return not {path.column, *columns_of_text(path.column)}.isdisjoint(start["fields"])


def _columns(model: type[Entry] | type[Child]) -> Iterator[Any]:
    name = model._meta.model_name or ""
    hidden = EDITORS_OWN | EDITORS_OWN_IN_ROWS.get(name, frozenset())
    if issubclass(model, Entry):
        columns: tuple[Any, ...] = (*snapshots.content_columns(model), *model._meta.many_to_many)
    else:
        columns = snapshots.row_columns(model)
    order = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return (column for column in sorted(columns, key=order.index) if column.name not in hidden)


def _is_near(name: str, asked: set[str]) -> bool:
    """One of those asked for, or what hangs on one by its name: outcome_as_of on outcome."""
    return name in asked or any(name.startswith(f"{one}_") for one in asked)


def _opened(facts: list[EditableField]) -> tuple[list[EditableField], list[EditableField]]:
    """Those in the reader's language or in none, and where it says nothing those in others; then the rest."""
    here = active_language()
    says = {stem(fact.column) for fact in facts if fact.language == here and fact.value}
    texts = {stem(fact.column) for fact in facts if fact.language and fact.value}
    is_open = {
        fact.path: not fact.language
        or fact.language == here
        or (stem(fact.column) in texts - says and bool(fact.value))
        for fact in facts
    }
    return [one for one in facts if is_open[one.path]], [one for one in facts if not is_open[one.path]]


def _without(start: Snapshot, row: Path) -> Iterator[Change]:
    """The row taken out, and the rows below it."""
    yield Change(row, snapshots.value_at(start, row), ABSENT)
    for name, model in children_of(kinds()[start["kind"]]).items():
        owner = model._meta.get_field(model.OF).related_model
        if isinstance(owner, type) and issubclass(owner, Child) and owner._meta.model_name == row.row_kind:
            for key, values in start["rows"][name].items():
                if values[model.OF] == row.key:
                    yield Change(Path(row_kind=name, key=key), values, ABSENT)


# --- addresses, which the public does not choose -------------------------------------------


def _nothing(kind: type[Entry]) -> Snapshot:
    return snapshots.empty(kind, uuid.uuid4())


def _addressed(wanted: Snapshot, of: EditableFields) -> Snapshot:
    """The snapshot with an address for the new entry or section."""
    if of.is_of_new_entry:
        slug = _slug(wanted["fields"], "title", wanted["kind"])
        if any(model.objects.filter(kind=wanted["kind"], slug=slug).exists() for model in (Entry, OldSlug)):
            slug = f"{slug[:100]}-{uuid.uuid4().hex[:6]}"
        return snapshots.apply([Change(Path(column="slug"), "", slug)], wanted)
    if of.is_of_new_row and "anchor" in {column.name for column in _all_columns(of)}:
        name = of.row.row_kind
        rows = wanted["rows"][name]
        key = next(iter(rows.keys() - of.start["rows"][name].keys()))
        anchor, taken = _slug(rows[key], "heading", name)[:40], {row["anchor"] for row in rows.values()}
        anchor = f"{anchor}-{uuid.uuid4().hex[:4]}" if anchor in taken else anchor
        return snapshots.apply([Change(Path(row_kind=name, key=key, column="anchor"), "", anchor)], wanted)
    return wanted


def _all_columns(of: EditableFields) -> tuple[Any, ...]:
    return snapshots.row_columns(children_of(of.kind)[of.row.row_kind])


def _slug(values: dict[str, Any], name: str, kind: str) -> str:
    said = (slugify(values.get(column) or "")[:100].strip("-") for column in columns_of_text(name))
    return next((one for one in said if one), f"{kind}-{uuid.uuid4().hex[:8]}")
