"""Whether the tables can hold the content of a snapshot."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from publishing import snapshots
from publishing.addresses import is_reserved
from publishing.models import Entry, OldSlug
from publishing.models.entry import children_of, kinds
from publishing.refusals import Refusal
from publishing.snapshots import Snapshot
from publishing.statements import rows_asked, rows_by_key

# Shorter values are the same in one entry after the other: codes, dates, nothing.
SHORT = 40


def why_not_thaw(snapshot: Snapshot, public: Snapshot | None = None) -> Refusal | None:
    """Whether the tables can hold the content of the snapshot.

    public: the content that they hold of the entry, in today's shape; what is in it fits.
    """
    return why_not_fit(snapshot, public) or _why_not_address(snapshot) or _why_not_point(snapshot)


def why_not_thaw_all(new: Sequence[Snapshot]) -> Refusal | None:
    """Whether the tables can hold all of these new entries, none of which points to another of them."""
    addresses = [(snapshot["kind"], snapshot["fields"]["slug"]) for snapshot in new]
    slugs = [slug for _kind, slug in addresses]
    taken = {*Entry.objects.filter(slug__in=slugs).values_list("kind", "slug")}
    taken |= {*OldSlug.objects.filter(slug__in=slugs).values_list("kind", "slug")}
    targets = {key for snapshot in new for _kind, key in snapshots.pointers(snapshot)}
    public = _public_kinds(targets)
    for snapshot, address in zip(new, addresses, strict=True):
        refusal = why_not_fit(snapshot)
        if refusal is None and (address in taken or addresses.count(address) > 1):
            refusal = _address_taken(address[1])
        if refusal is None and is_reserved(kinds()[address[0]].PAGE, address[1]):
            refusal = _address_reserved(address[1])
        if refusal := refusal or _why_not_point(snapshot, public):
            return refusal
    return None


def why_not_fit(snapshot: Snapshot, public: Snapshot | None = None) -> Refusal | None:
    """Whether each value fits its column; SQLite alone would accept text of any length."""
    kind = kinds()[snapshot["kind"]]
    known = public or snapshots.empty(kind, UUID(snapshot["id"]))
    columns: tuple[Any, ...] = (*snapshots.content_columns(kind), *kind._meta.many_to_many)
    values = [(columns, snapshot["fields"], known["fields"], "")]
    for name, model in children_of(kind).items():
        label = f"{model._meta.verbose_name}, "
        for key, row in snapshot["rows"][name].items():
            values.append((snapshots.row_columns(model), row, known["rows"][name].get(key, {}), label))
    for of_values, new, old, label in values:
        for column in of_values if new != old else ():
            is_known = column.name in old and old[column.name] == new[column.name]
            if not is_known and (error := _error_of(column, new[column.name])):
                return Refusal("impossible_value", f"{label}{column.verbose_name}: {error}")
    return None


def _error_of(column: Any, value: Any) -> str:
    try:
        if isinstance(column, models.ManyToManyField):
            for key in value:
                column.target_field.to_python(key)
        elif isinstance(column, models.ForeignKey):
            # Whether the entry exists and is public is checked for all keys at once.
            (column.target_field if value is not None else column).clean(value, None)
        elif value is None or isinstance(value, bool) or (isinstance(value, str) and len(value) < SHORT):
            _clean_short(column, value)
        else:
            column.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@lru_cache(maxsize=20_000, typed=True)
def _clean_short(column: Any, value: str | bool | None) -> None:
    """Raises ValidationError where the value does not fit; that it does is remembered, 1 and True apart."""
    column.clean(value, None)


def _why_not_address(snapshot: Snapshot) -> Refusal | None:
    slug = snapshot["fields"]["slug"]
    current = Entry.objects.filter(kind=snapshot["kind"], slug=slug).exclude(pk=snapshot["id"])
    former = OldSlug.objects.filter(kind=snapshot["kind"], slug=slug).exclude(entry_id=snapshot["id"])
    # An entry that was merged into another takes its address back when it returns.
    if rows_by_key(Entry, "pk", ("slug",), UUID(snapshot["id"])) == [(slug,)]:
        return None
    if is_reserved(kinds()[snapshot["kind"]].PAGE, slug):
        return _address_reserved(slug)
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
    pointers = snapshots.pointers(snapshot)
    found = dict(_public_kinds(key for _kind, key in pointers) if public is None else public)
    found[snapshot["id"]] = kinds()[snapshot["kind"]]
    dangling = {key for kind, key in pointers if not issubclass(found.get(key, models.Model), kind)}
    if dangling:
        return Refusal(
            "dangling_reference",
            _("It points to %(count)d entries that are not public, or of another kind.")
            % {"count": len(dangling)},
        )
    if orphans := snapshots.orphans(snapshot):
        return Refusal(
            "dangling_row", _("%(count)d rows belong to rows that were taken out.") % {"count": len(orphans)}
        )
    return None
