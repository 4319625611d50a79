"""What would become of everything if one of two entries were the other; nothing is written here."""

import copy
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from publishing import comparison, snapshots
from publishing.fields.columns import canonical
from publishing.languages import PAGE_LANGUAGES, column_in, columns_of_text
from publishing.models import Child, Entry, Proposal, Revision
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Path, Snapshot
from publishing.workflow import states


@dataclass
class MergeRewrite:
    """A snapshot in which one entry takes another's place, and the rows that this left no room for."""

    snapshot: Snapshot
    drop: str
    keep: str
    # Rows of which an equal one stands there already, and rows that would make no sense; all are taken out.
    joined: list[Path] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.snapshot = snapshots.conformed(copy.deepcopy(self.snapshot))
        self.kind = kinds()[self.snapshot["kind"]]
        self.children = children_of(self.kind)
        self._point(snapshots.content_columns(self.kind), self.snapshot["fields"])
        for members in self.kind._meta.many_to_many:
            self._point_members(members.name)
        touched = [
            (name, key)
            for name, model in self.children.items()
            for key, row in self.rows(name).items()
            if self._point(snapshots.row_columns(model), row)
        ]
        self.tidy(touched)

    def rows(self, name: str) -> dict[str, dict[str, Any]]:
        """The rows of one kind, by key."""
        return self.snapshot["rows"][name]

    def _point(self, columns: tuple[models.Field, ...], values: dict[str, Any]) -> bool:
        pointing = [
            column for column in columns if _is_to_entries(column) and values[column.name] == self.drop
        ]
        for column in pointing:
            # An entry's own column never leads to the entry itself.
            to_itself = values is self.snapshot["fields"] and self.snapshot["id"] == self.keep and column.null
            values[column.name] = None if to_itself else self.keep
        return bool(pointing)

    def _point_members(self, name: str) -> None:
        members = {*self.snapshot["fields"][name]}
        if self.drop in members:
            members = members - {self.drop} | ({self.keep} - {self.snapshot["id"]})
            self.snapshot["fields"][name] = sorted(members)

    def tidy(self, waiting: list[tuple[str, str]]) -> None:
        """Take out each of the rows that makes no sense, or that says what another row says already."""
        moved = {*waiting}
        while waiting:
            name, key = waiting.pop(0)
            if key not in self.rows(name):
                continue
            if self._makes_no_sense(name, key):
                self.gone.append(Path(row_kind=name, key=key))
                self._take_out(name, key)
            elif other := self._equal_to(name, key, moved):
                self.joined.append(Path(row_kind=name, key=key))
                self._fill(self.rows(name)[other], self.rows(name)[key])
                waiting += self._hand_over(name, key, other)
                self._take_out(name, key)

    def _makes_no_sense(self, name: str, key: str) -> bool:
        """Whether a check forbids the row, as a membership of oneself."""
        model = self.children[name]
        row = snapshots.row_of(model, self.rows(name)[key])
        if _belongs_to_entry(model):
            column: Any = model._meta.get_field(model.OF)
            setattr(row, column.attname, uuid.UUID(self.snapshot["id"]))
        try:
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    constraint.validate(model, row)
        except ValidationError:
            return True
        return False

    def _equal_to(self, name: str, key: str, moved: set[tuple[str, str]]) -> str | None:
        """The key of a row beside which this one may not stand; of several, one that was there before."""
        model, rows = self.children[name], self.rows(name)
        for columns in _told_apart_by(model):
            equal = [
                other
                for other, row in rows.items()
                if other != key and all(row[one] == rows[key][one] for one in columns)
            ]
            if equal:
                return min(equal, key=lambda other: ((name, other) in moved, other))
        return None

    def _fill(self, row: dict[str, Any], from_row: dict[str, Any]) -> None:
        """What only the row that goes says is not lost."""
        for name, value in from_row.items():
            if row[name] in (None, "") and value not in (None, ""):
                row[name] = value

    def _hand_over(self, name: str, key: str, to: str) -> list[tuple[str, str]]:
        """Give the row's own rows, and what speaks of it, to the other; returns what moved."""
        moved = []
        for child, model in self.children.items():
            for child_key, row in self.rows(child).items():
                for column, value in row.items():
                    if column == model.OF and value == key:
                        row[column] = to
                        moved.append((child, child_key))
                    elif value == _about(name, key):
                        row[column] = _about(name, to)
        return moved

    def _take_out(self, name: str, key: str) -> None:
        del self.rows(name)[key]
        for child, model in self.children.items():
            if model._meta.get_field(model.OF).related_model is self.children[name]:
                for child_key in [one for one, row in self.rows(child).items() if row[model.OF] == key]:
                    self._take_out(child, child_key)

    def take_in(self, rows: dict[str, dict[str, dict[str, Any]]]) -> None:
        """Add rows of another entry under keys of their own, after those that are there."""
        own = uuid.UUID(self.keep)
        named = {key: str(uuid.uuid5(own, key)) for of in rows.values() for key in of}
        named |= {_about(name, key): _about(name, named[key]) for name, of in rows.items() for key in of}
        taken = []
        for name, of in rows.items():
            last = max((row["position"] for row in self.rows(name).values()), default=-1)
            for key, row in of.items():
                if named[key] not in self.rows(name):
                    values = {
                        one: named.get(value, value) if isinstance(value, str) else value
                        for one, value in row.items()
                    }
                    values["position"] = min(row["position"] + last + 1, 32_767)
                    self.rows(name)[named[key]] = values
                    taken.append((name, named[key]))
        self.tidy(taken)


def _about(name: str, key: str) -> str:
    """The row, as other rows write that they speak of it."""
    return str(Path(row_kind=name, key=key))


def _told_apart_by(model: type[Child]) -> Iterator[tuple[str, ...]]:
    """The columns in which two rows of one entry must differ; no two may say the same in all of them."""
    columns = tuple(column.name for column in snapshots.row_columns(model))
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(name for name in constraint.fields if name in columns)
    yield tuple(name for name in columns if name != "position")


def _is_to_entries(column: Any) -> bool:
    return isinstance(column.related_model, type) and issubclass(column.related_model, Entry)


def _belongs_to_entry(model: type[Child]) -> bool:
    return _is_to_entries(model._meta.get_field(model.OF))


@dataclass(frozen=True)
class Step:
    """One entry that a merge changes: from what to what, and the rows that are taken out."""

    entry: Entry
    base: Revision
    after: Snapshot
    joined: list[Path]
    gone: list[Path]

    @property
    def before(self) -> Snapshot:
        """What the entry is now, in today's shape."""
        return snapshots.conformed(self.base.snapshot)

    @property
    def lines(self) -> list[comparison.Line]:
        """The changes, in words."""
        read = comparison.Reader(self.after["kind"], self.before, self.after)
        return read.lines(snapshots.diff(self.before, self.after))

    @property
    def notices(self) -> list[str]:
        """What becomes of rows that cannot stay."""
        read = comparison.Reader(self.after["kind"], self.after, self.before)
        texts = [(path, _("%(row)s: merged with the one that is already there.")) for path in self.joined]
        texts += [(path, _("%(row)s: removed, because it would point to itself.")) for path in self.gone]
        return [text % {"row": read.label(path)} for path, text in texts]


@dataclass(frozen=True)
class Plan:
    """All that a merge changes: public entries, open proposals elsewhere, and what stays behind."""

    keep: Entry
    drop: Entry
    steps: list[Step]
    proposals: list[tuple[Proposal, Snapshot]]
    # Open proposals for the dropped entry itself: they wait with it.
    waiting: int

    @property
    def fingerprint(self) -> str:
        """Changes when anything changes that the plan shows."""
        said = [[step.base.digest, step.after] for step in self.steps]
        said += [[str(proposal.pk), snapshot] for proposal, snapshot in self.proposals]
        return hashlib.sha256(canonical([str(self.keep.pk), str(self.drop.pk), said])).hexdigest()


def plan_merge(keep: Entry, drop: Entry) -> Plan:
    """What must change so that `keep` stands wherever `drop` stood, and has what was said of it."""
    # One entry may use another in several ways, and is then found several times.
    users = {user.pk: user for user in snapshots.users(drop) if user.pk != keep.pk}
    ordered = sorted(users.values(), key=lambda user: (user.kind, user.slug))
    steps = [_step_of(user, drop, keep) for user in ordered]
    own = _own_step(keep, drop)
    if own.after != own.before:
        steps.insert(0, own)
    elsewhere = Proposal.objects.exclude(state__in=states.ENDED).filter(snapshot__isnull=False).order_by("pk")
    proposals, waiting = [], 0
    for proposal in elsewhere:
        if proposal.wanted["id"] == str(drop.pk):
            waiting += 1
        elif str(drop.pk) in snapshots.references(snapshots.conformed(proposal.wanted)):
            moved = MergeRewrite(proposal.wanted, str(drop.pk), str(keep.pk))
            proposals.append((proposal, moved.snapshot))
    return Plan(keep, drop, steps, proposals, waiting)


def _step_of(entry: Entry, drop: Entry, keep: Entry) -> Step:
    base = _newest(entry)
    moved = MergeRewrite(base.snapshot, str(drop.pk), str(keep.pk))
    return Step(entry, base, moved.snapshot, moved.joined, moved.gone)


def _own_step(keep: Entry, drop: Entry) -> Step:
    """The kept entry with the dropped one's rows, and its names among the other names."""
    base = _newest(keep)
    moved = MergeRewrite(base.snapshot, str(drop.pk), str(keep.pk))
    theirs = MergeRewrite(_newest(drop).snapshot, str(drop.pk), str(keep.pk)).snapshot
    moved.take_in(theirs["rows"])
    _take_names(moved, theirs)
    return Step(keep, base, moved.snapshot, moved.joined, moved.gone)


def _take_names(moved: MergeRewrite, theirs: Snapshot) -> None:
    """Add the titles that are no name of the kept entry yet; one too long for the column is left out."""
    if not moved.kind.OTHER_NAMES:
        return
    model: Any = moved.children[moved.kind.OTHER_NAMES]
    rows = moved.rows(moved.kind.OTHER_NAMES)
    known = {row["name"] for row in rows.values()}
    known |= {moved.snapshot["fields"][column] for column in columns_of_text("title")}
    longest = model._meta.get_field("name").max_length or 0
    for language in PAGE_LANGUAGES:
        column = column_in(language, "title")
        name = theirs["fields"][column]
        if name and name not in known and len(name) <= longest:
            known.add(name)
            position = max((row["position"] for row in rows.values()), default=-1) + 1
            key = str(uuid.uuid5(uuid.UUID(moved.keep), f"{theirs['id']}/{column}"))
            rows[key] = {"name": name, "language": language, "position": min(position, 32_767)}


def _newest(entry: Entry) -> Revision:
    return Revision.objects.filter(entry_id=entry.pk).latest("number")
