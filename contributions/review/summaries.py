"""What a row of the queue says about its proposal: the first changes, each with its old and new value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import Truncator

from contributions.models import Contribution
from publishing import comparison, snapshots
from publishing.models import Entry, Proposal
from publishing.proposals import start_from
from publishing.snapshots import Change, Path, Snapshot

# So many changes are shown, and so many characters of each value.
MAX_CHANGES = 2
MAX_LENGTH = 70
# Unchanged characters that are left before the first difference of two long texts.
CONTEXT = 20
# Columns that senders do not fill in.
NOT_SHOWN = frozenset({"slug", "position"})


@dataclass(frozen=True)
class ShortChange:
    """One change: the name of the fact, and both values, shortened; "" for no value."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Summary:
    """The first changes of a proposal, and how many others there are."""

    changes: list[ShortChange]
    others: int


def summaries(contributions: Iterable[Contribution]) -> dict[UUID, Summary]:
    """The summary of each contribution, by its key; all names are looked up in one query.

    The proposals of the contributions and the revisions that they started from have to be loaded.
    """
    compared = {one.pk: (one.proposal, *_sides(one.proposal)) for one in contributions}
    wanted: set[str] = set()
    for _proposal, base, asked in compared.values():
        wanted |= snapshots.references(base) | snapshots.references(asked)
    entries = {str(entry.pk): entry for entry in Entry.objects.filter(pk__in=wanted)}
    return {
        key: _summary(proposal, base, asked, entries) for key, (proposal, base, asked) in compared.items()
    }


def _sides(proposal: Proposal) -> tuple[Snapshot, Snapshot]:
    """What it started from, and what it asks for, both in today's shape."""
    wanted = snapshots.conformed(proposal.wanted)
    return start_from(proposal.base_snapshot, wanted), wanted


def _summary(proposal: Proposal, base: Snapshot, wanted: Snapshot, entries: Mapping[str, Entry]) -> Summary:
    found = [change for change in snapshots.diff(base, wanted) if change.path.column not in NOT_SHOWN]
    describer = comparison.Describer(proposal.kind, base, wanted, entries=entries)
    shown = [_short(change, describer) for change in found[:MAX_CHANGES]]
    return Summary(shown, len(found) - len(shown))


def _short(change: Change, describer: comparison.Describer) -> ShortChange:
    old, new = (_in_one_line(change.path, value, describer) for value in (change.old, change.new))
    return ShortChange(describer.label(change.path), *excerpts(old, new))


def _in_one_line(path: Path, value: Any, describer: comparison.Describer) -> str:
    return " · ".join(describer.value(path, value).splitlines())


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts, shortened to where they begin to differ."""
    start = 0
    if max(len(old), len(new)) > MAX_LENGTH:
        common = next(
            (position for position, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
            min(len(old), len(new)),
        )
        start = new.rfind(" ", 0, max(common - CONTEXT, 0)) + 1
    before = "… " if start else ""
    shortened = (Truncator(text[start:]).chars(MAX_LENGTH) for text in (old, new))
    first, second = (f"{before}{text}" if text else "" for text in shortened)
    return first, second
