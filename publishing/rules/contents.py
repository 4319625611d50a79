"""Whether the tables can hold the content of a snapshot, and what the database refuses, in words."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, models
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.addresses import is_reserved
from publishing.beforehand import worked_out
from publishing.models import Child, Entry, OldSlug
from publishing.models.entry import children_of, kinds
from publishing.refusals import Refusal
from publishing.snapshots import Snapshot
from publishing.statements import rows_asked, rows_by_key

log = logging.getLogger(__name__)
# Longer values are hardly ever the same in two entries.
SHORT = 40


def why_not_thaw(
    snapshot: Snapshot, public: Snapshot | None = None, *, slug: str | None = None
) -> Refusal | None:
    """Whether the tables can hold the content of the snapshot.

    public: the content that they hold of the entry, in today's shape; what is in it fits. slug: the address
    that the entry has, where that was read under the lock.
    """
    return (
        worked_out(why_not_store_values, snapshot, public)
        or _why_not_address(snapshot, slug)
        or _why_not_point(snapshot)
    )


def why_not_thaw_all(new: Sequence[Snapshot]) -> Refusal | None:
    """Whether the tables can hold all of these new entries, none of which points to another of them."""
    addresses = [(snapshot["kind"], snapshot["fields"]["slug"]) for snapshot in new]
    slugs = [slug for _kind, slug in addresses]
    taken = {*Entry.objects.filter(slug__in=slugs).values_list("kind", "slug")}
    taken |= {*OldSlug.objects.filter(slug__in=slugs).values_list("kind", "slug")}
    targets = {key for snapshot in new for _kind, key in snapshots.pointers(snapshot)}
    public = _public_kinds(targets)
    for snapshot, address in zip(new, addresses, strict=True):
        refusal = why_not_store_values(snapshot)
        if refusal is None and (address in taken or addresses.count(address) > 1):
            refusal = _address_taken(address[1])
        if refusal is None and is_reserved(kinds()[address[0]].PAGE, address[1]):
            refusal = _address_reserved(address[1])
        if refusal := refusal or _why_not_point(snapshot, public):
            return refusal
    return None


def why_not_store_values(snapshot: Snapshot, public: Snapshot | None = None) -> Refusal | None:
    """Whether each value fits its column; SQLite alone would accept text of any length."""
    kind = kinds()[snapshot["kind"]]
    known = public or snapshots.empty(kind, UUID(snapshot["id"]))
    if refusal := _why_not_values(kind, snapshot["fields"], known["fields"]):
        return refusal
    for name, model in children_of(kind).items():
        for key, row in snapshot["rows"][name].items():
            if refusal := _why_not_values(model, row, known["rows"][name].get(key, {})):
                return refusal
    return None


def _why_not_values(
    model: type[Entry] | type[Child], new: dict[str, Any], old: dict[str, Any]
) -> Refusal | None:
    for column, fits in _judges(model) if new != old else ():
        value = new[column.name]
        if column.name in old and old[column.name] == value:
            continue
        is_short = value is None or isinstance(value, bool) or (isinstance(value, str) and len(value) < SHORT)
        try:
            (fits if is_short else fits.__wrapped__)(value)
        except ValidationError as error:
            label = f"{model._meta.verbose_name}, " if issubclass(model, Child) else ""
            message = " ".join(error.messages)
            return Refusal("impossible_value", f"{label}{column.verbose_name}: {message}")
    return None


@cache
def _judges(model: type[Entry] | type[Child]) -> tuple[tuple[Any, Any], ...]:
    """Each column with what raises ValidationError for a value that does not fit it.

    That a short value fits is remembered, 1 and True apart: entries hold the same codes and dates.
    """
    columns: tuple[Any, ...] = (
        (*snapshots.content_columns(model), *model._meta.many_to_many)
        if issubclass(model, Entry)
        else snapshots.row_columns(model)
    )
    return tuple((column, lru_cache(maxsize=1024, typed=True)(partial(_clean, column))) for column in columns)


def _clean(column: Any, value: Any) -> None:
    if isinstance(column, models.ManyToManyField):
        for key in value:
            column.target_field.to_python(key)
    elif isinstance(column, models.ForeignKey):
        # Whether the entry exists and is public is checked for all keys at once.
        (column.target_field if value is not None else column).clean(value, None)
    else:
        column.clean(value, None)


def _why_not_address(snapshot: Snapshot, own: str | None) -> Refusal | None:
    """own: the address that the entry has; None where it was not read."""
    slug = snapshot["fields"]["slug"]
    # An entry that was merged into another takes its address back when it returns.
    if own == slug or rows_by_key(Entry, "pk", ("slug",), UUID(snapshot["id"])) == [(slug,)]:
        return None
    if is_reserved(kinds()[snapshot["kind"]].PAGE, slug):
        return _address_reserved(slug)
    current = Entry.objects.filter(kind=snapshot["kind"], slug=slug).exclude(pk=snapshot["id"])
    former = OldSlug.objects.filter(kind=snapshot["kind"], slug=slug).exclude(entry_id=snapshot["id"])
    return _address_taken(slug) if current.exists() or former.exists() else None


def _address_taken(slug: str) -> Refusal:
    message = _("The address “%(slug)s” belongs to another entry of this kind.")
    return Refusal("address_taken", message % {"slug": slug})


def _address_reserved(slug: str) -> Refusal:
    message = _("The address “%(slug)s” belongs to a page of the casebook, which would hide this one.")
    return Refusal("address_reserved", message % {"slug": slug})


def _public_kinds(keys: Iterable[str]) -> dict[str, type[Entry]]:
    """The kinds of the public entries among these, by key."""
    asked = tuple({UUID(key) for key in keys})
    return {str(key): kinds()[kind] for key, kind in rows_asked(_public_among, asked)} if asked else {}


def _public_among(keys: tuple[UUID, ...]) -> models.QuerySet:
    return Entry.objects.published().filter(pk__in=keys).values_list("pk", "kind")


def _why_not_point(snapshot: Snapshot, public: dict[str, type[Entry]] | None = None) -> Refusal | None:
    """public: the kinds of all public entries that it points to, where they were read already."""
    pointers = worked_out(snapshots.pointers, snapshot)
    found = dict(_public_kinds(key for _kind, key in pointers) if public is None else public)
    found[snapshot["id"]] = kinds()[snapshot["kind"]]
    dangling = {key for kind, key in pointers if not issubclass(found.get(key, models.Model), kind)}
    if dangling:
        return Refusal(
            "dangling_reference",
            _("It points to %(count)d entries that are not public, or of another kind.")
            % {"count": len(dangling)},
        )
    if orphans := worked_out(snapshots.orphans, snapshot):
        return Refusal(
            "dangling_row", _("%(count)d rows belong to rows that were taken out.") % {"count": len(orphans)}
        )
    return None


# --- what the database refuses ----------------------------------------------------------------


@contextmanager
def refusals_of_the_database(kind: str) -> Iterator[None]:
    """Turn errors of the database into a Refusal; wrap the transaction in it.

    kind: the kind of entry that is written.
    """
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise refusal_of_the_database(error, kind) from error


def refusal_of_the_database(error: DatabaseError, kind: str) -> Refusal:
    """The refusal with the message of the constraint that the error is about."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if _is_broken(constraint, model, error):
                return Refusal(constraint.name, str(constraint.get_violation_error_message()))
    log.warning("the database refused a %s: %s", kinds()[kind]._meta.label, error)
    return Refusal("impossible", str(error))


def _is_broken(constraint: models.BaseConstraint, model: type[models.Model], error: DatabaseError) -> bool:
    """Whether the error is about this constraint.

    PostgreSQL gives its name. SQLite's message ends with the name of a check, or with the
    columns of what must be unique.
    """
    if diagnosis := getattr(error.__cause__, "diag", None):
        return constraint.name == diagnosis.constraint_name
    fields: list[Any] = [model._meta.get_field(name) for name in getattr(constraint, "fields", ())]
    columns = ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)
    return str(error) in {
        f"CHECK constraint failed: {constraint.name}",
        f"UNIQUE constraint failed: {columns}",
    }
