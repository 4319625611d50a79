"""An entry as it was at a revision or on a day, shown on its page with everything else as it is now."""

import datetime
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from publishing import snapshots
from publishing.languages import active_language
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.previews import AS_PUBLISHED, render_page
from publishing.prose_numbers import in_old_record
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass, EntryState

When = int | datetime.date


def parse_when(text: str) -> When:
    """Parse the number of a revision, or a day as 2026-11-25; raises ValueError for anything else."""
    if re.fullmatch(r"[0-9]{1,9}", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        return datetime.date.fromisoformat(text)
    raise ValueError(f"neither a revision nor a day: {text!r}")


def is_settled(when: When) -> bool:
    """Whether the answer is the same for ever: what is public at the end of today may still change."""
    return isinstance(when, int) or when < timezone.now().date()


def revision_at(entry: Entry, when: When) -> Revision | None:
    """The revision of that number, or the newest at the end of that day (UTC); None if nothing was public."""
    revisions = Revision.objects.filter(entry_id=entry.pk).select_related("entry")
    if isinstance(when, int):
        found = revisions.filter(number=when).first()
    else:
        found = revisions.filter(created_at__date__lte=when).order_by("-number").first()
    return None if found is None or found.change_class == ChangeClass.RETRACTION else found


def page_as_of(revision: Revision, request: HttpRequest) -> HttpResponse | None:
    """The page of the entry as it was, with everything else as it is now; not to be indexed.

    None where the page cannot be made, since the values do not fit today's columns.
    """
    # The old address may belong to another entry now.
    fields = {**revision.snapshot["fields"], "slug": revision.entry.slug}
    try:
        with in_old_record():
            return render_page(
                {**revision.snapshot, "fields": fields},
                request,
                active_language(),
                request_attributes={"old_record": revision},
                stand_ins=_retracted_since(revision.snapshot),
                revision=revision.number,
                changed_at=revision.created_at,
            )
    except Http404:
        return None


@contextmanager
def shown_as_they_were(revisions: Iterable[Revision]) -> Iterator[None]:
    """Inside, the entries of these revisions are read as they were, at their addresses of today.

    Everything else is as it is now. Raises Http404 where that cannot be read any more.
    """
    shown, columns = [], {}
    stand_ins: dict[str, Snapshot] = {}
    for revision in revisions:
        fields = {**revision.snapshot["fields"], "slug": revision.entry.slug}
        shown.append({**revision.snapshot, "fields": fields})
        moment = {"revision": revision.number, "changed_at": revision.created_at}
        columns[revision.snapshot["id"]] = {**AS_PUBLISHED, **moment}
        stand_ins |= {one["id"]: one for one in _retracted_since(revision.snapshot)}
    try:
        with in_old_record(), snapshots.shown_with([*stand_ins.values(), *shown], columns):
            yield
    except (DataError, ValidationError) as error:
        raise Http404 from error


def _retracted_since(snapshot: Snapshot) -> list[Snapshot]:
    """Stand-ins for the retracted entries that the snapshot points to, those first that others point to."""
    found: dict[str, Snapshot] = {}
    keys = snapshots.references(snapshots.conformed(snapshot))
    while keys:
        retracted = Entry.objects.filter(pk__in=keys - found.keys(), state=EntryState.RETRACTED)
        stand_ins = {str(entry.pk): _name_and_required(entry) for entry in retracted}
        found = {**stand_ins, **found}
        keys = set().union(*map(snapshots.references, stand_ins.values()))
    return list(found.values())


def _name_and_required(entry: Entry) -> Snapshot:
    """The snapshot of a retracted entry with nothing but its title and the required columns of its kind."""
    last = Revision.objects.filter(entry_id=entry.pk).latest("number").snapshot
    kind = kinds()[entry.kind]
    required = {column.name for column in snapshots.content_columns(kind) if not column.blank}
    names = {name for name in last["fields"] if name in required or name.startswith("title_")}
    fields = {name: last["fields"][name] for name in names} | {"slug": entry.slug}
    return snapshots.conformed({**last, "fields": fields, "rows": {}})
