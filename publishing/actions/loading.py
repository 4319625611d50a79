"""Loads revisions into a casebook that has none: their entries, and all that follows from them.

What the tables say afterwards is what publishing one revision after the other would have written. The digests
are those of the revisions where their authors are known; where they are not, a chain of its own begins.
"""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Min

from publishing import search_documents, snapshots
from publishing.actions.steps import digest, lock_publishing
from publishing.actions.use import rebuild_use
from publishing.models import Entry, OldSlug, Revision
from publishing.models.entry import kinds
from publishing.names import keep_names
from publishing.refusals import Refusal
from publishing.snapshots import Snapshot
from publishing.translations.bookkeeping import rebuild
from publishing.vocabulary import ChangeClass, EntryState

Line = Mapping[str, Any]

# So many are written together.
REVISIONS_AT_ONCE, ENTRIES_AT_ONCE = 200, 50
MANAGED = ["published_at", "changed_at", "revision", "state", "retraction_reason", "retraction_language"]
# The name of an account that stands for an author of another casebook; nobody signs in with it.
NAME_OF_AUTHOR = "author-{}"


class InvalidRevisions(Exception):
    """The revisions are not those of a casebook: where, and why."""


@dataclass
class Addresses:
    """The addresses that entries have, and had, while their revisions are read in order."""

    now: dict[str, str] = field(default_factory=dict)
    retracted: set[str] = field(default_factory=set)
    old: dict[tuple[str, str], str] = field(default_factory=dict)

    def follow(self, key: str, kind: str, slug: str, change_class: str) -> None:
        """As publishing does: an old address leads to the entry until another one takes it."""
        if change_class == ChangeClass.RETRACTION:
            self.retracted.add(key)
            return
        before = self.now.get(key, slug)
        if before != slug:
            self.old.setdefault((kind, before), key)
        if before != slug or key in self.retracted:
            self.old.pop((kind, slug), None)
        self.now[key] = slug
        self.retracted.discard(key)


@transaction.atomic
def load_history(lines: Iterable[Line]) -> str:
    """Load all revisions of a casebook, in the order of its chain; returns the head, which is that of theirs.

    Raises Refusal where the casebook is not empty, and InvalidRevisions; nothing is written then.
    """
    _refuse_content()
    if get_user_model()._default_manager.exists():
        raise Refusal("accounts", "The casebook has accounts. Load it first, then make the accounts.")
    authors: set[int] = set()

    def with_author(line: Line) -> Revision:
        authors.add(line["author"])
        return _revision(line, author=line["author"], override_reason=line["override_reason"])

    head = _load(lines, with_author, keeps_digests=True)
    _make_accounts(authors)
    return head


@transaction.atomic
def load_newest(lines: Iterable[Line], *, by: Any) -> str:
    """Load the newest revision of each entry, as the account's; returns the head of the chain that begins.

    Raises as `load_history` does.
    """
    _refuse_content()
    return _load(lines, lambda line: _revision(line, author=by.pk, override_reason=""), keeps_digests=False)


def _refuse_content() -> None:
    if Entry.objects.exists() or Revision.objects.exists():
        raise Refusal("not_empty", "The casebook has content already. A release is loaded into an empty one.")


def _load(lines: Iterable[Line], make: Any, *, keeps_digests: bool) -> str:
    head, addresses = lock_publishing(), Addresses()
    if head.digest:
        raise Refusal("not_empty", "The chain of this casebook has begun already.")
    waiting = enumerate(lines, start=1)
    while batch := [*islice(waiting, REVISIONS_AT_ONCE)]:
        made = []
        for number, line in batch:
            revision = _read(number, line, make)
            revision.previous_digest = head.digest
            head.digest = revision.digest = digest(revision)
            if keeps_digests and head.digest != line.get("digest"):
                raise InvalidRevisions(f"line {number} has another digest than its content: it was changed")
            snapshot = revision.snapshot
            addresses.follow(
                snapshot["id"], snapshot["kind"], snapshot["fields"]["slug"], revision.change_class
            )
            made.append(revision)
        Revision.objects.bulk_create(made)
    head.save()
    _write_entries()
    OldSlug.objects.bulk_create(
        OldSlug(kind=kind, slug=slug, entry_id=key) for (kind, slug), key in addresses.old.items()
    )
    rebuild_use()
    return head.digest


def _read(number: int, line: Line, make: Any) -> Revision:
    """The revision of the line. Raises InvalidRevisions where it is none."""
    try:
        revision = make(line)
        if revision.kind not in kinds() or not isinstance(revision.snapshot["fields"]["slug"], str):
            raise ValueError(f"a kind that there is not: {revision.kind}")
        return revision
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidRevisions(f"line {number} is no revision: {error}") from error


def _revision(line: Line, *, author: int, override_reason: str) -> Revision:
    snapshot = line["snapshot"]
    return Revision(
        entry_id=uuid.UUID(snapshot["id"]),
        kind=snapshot["kind"],
        number=int(line["revision"]),
        snapshot=snapshot,
        change_class=ChangeClass(line["change_class"]),
        note=line["note"],
        note_language=line["note_language"],
        author_id=author,
        credit=line["credit"],
        override_reason=override_reason,
        created_at=datetime.datetime.fromisoformat(line["published_at"]),
    )


def _write_entries() -> None:
    """The entries as their newest revisions say, and what follows from these."""
    moments = Revision.objects.values("entry_id").annotate(
        first=Min("created_at"), last=Max("created_at"), newest=Max("number")
    )
    waiting = moments.order_by("entry_id").values_list("entry_id", "first", "last", "newest").iterator()
    while batch := [*islice(waiting, ENTRIES_AT_ONCE)]:
        known = {key: (first, last, newest) for key, first, last, newest in batch}
        newest = [
            one
            for one in Revision.objects.filter(entry_id__in=known).order_by("entry_id")
            if one.number == known[one.entry_id][2]
        ]
        retracted = [one for one in newest if one.change_class == ChangeClass.RETRACTION]
        published = [one for one in newest if one.change_class != ChangeClass.RETRACTION]
        entries = [*_published(published), *_retracted(retracted)]
        for entry in entries:
            entry.published_at, entry.changed_at, entry.revision = known[entry.pk]
        Entry.objects.bulk_update([_base(entry) for entry in entries], MANAGED)
        for key in known:
            rebuild(key)


def _published(revisions: list[Revision]) -> list[Entry]:
    wanted: list[Snapshot] = [snapshots.conformed(one.snapshot) for one in revisions]
    entries = snapshots.thaw_new(wanted)
    keep_names(*wanted)
    search_documents.put(*wanted)
    return entries


def _retracted(revisions: list[Revision]) -> Iterator[Entry]:
    """The tombstones: an entry without its content, with the reason that readers see."""
    for one in revisions:
        wanted = snapshots.conformed(one.snapshot)
        entry = snapshots.filled(wanted)
        entry.state, entry.retraction_reason = EntryState.RETRACTED, one.note.strip()
        entry.retraction_language = one.note_language
        _base(entry).save(force_insert=True)
        keep_names({**wanted, "rows": {}})
        yield entry


def _base(entry: Entry) -> Entry:
    return Entry(**{one.attname: getattr(entry, one.attname) for one in Entry._meta.concrete_fields})


def _make_accounts(keys: set[int]) -> None:
    """For each author an account that nobody signs in with, under the number that digests hold."""
    accounts = get_user_model()
    made = [accounts(pk=key, username=NAME_OF_AUTHOR.format(key), is_active=False) for key in sorted(keys)]
    for account in made:
        account.set_unusable_password()
    accounts._default_manager.bulk_create(made)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [accounts]):
            cursor.execute(statement)
