"""Proposals of several senders on the same fact: counted for the list, and side by side for a decision."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contributions.models import Contribution
from contributions.review.touched_fields import names_in
from publishing import comparison
from publishing.models import Proposal
from publishing.proposals import changes_of
from publishing.snapshots import Path

# More than so many are not shown beside each other.
MAX_SHOWN = 20


@dataclass(frozen=True)
class CompetingProposal:
    """One of those that wait on the same fact, and what it would put there; of this one itself too."""

    contribution: Contribution
    values: list[tuple[str, str]]
    is_this: bool
    says_the_same: bool


def count_competing(contributions: Iterable[Contribution]) -> dict[UUID, int]:
    """How many wait on a fact that each of them touches, itself included; those alone are left out."""
    shown = [one for one in contributions if one.proposal.entry_id]
    waiting = Contribution.objects.undecided().filter(
        proposal__base__isnull=False, proposal__entry__in={one.proposal.entry_id for one in shown}
    )
    on: dict[tuple[Any, str], set[UUID]] = defaultdict(set)
    for key, entry, facts, offered in waiting.values_list("pk", "proposal__entry", "facts", "offered"):
        for place in _places(facts, offered):
            on[entry, place].add(key)
    found = {
        one.pk: max(
            (len(on[one.proposal.entry_id, place] | {one.pk}) for place in _places(one.facts, one.offered)),
            default=1,
        )
        for one in shown
    }
    return {key: count for key, count in found.items() if count > 1}


def _places(facts: str, offered: list[str]) -> set[str]:
    """The columns that it touches, and of rows which one."""
    in_rows = [one for one in offered if "/" in one and not one.endswith("/new")]
    row_kinds = {one.partition("/")[0] for one in in_rows}
    rows = {Path.parse(one, row_kinds).row for one in in_rows}
    names = {*names_in(facts)}
    return (names - row_kinds) | {str(row) for row in rows if row.row_kind in names}


def competing_proposals(contribution: Contribution) -> list[CompetingProposal]:
    """All that wait on a fact that this one changes, this one first; nothing where it is alone."""
    if contribution.proposal.base is None:
        return []
    mine = _changed(contribution.proposal)
    others = Contribution.objects.undecided().filter(proposal__entry=contribution.proposal.entry_id)
    others = others.exclude(pk=contribution.pk).select_related("proposal__base", "proposal__entry")
    changes = {
        one: _changed(one.proposal) for one in others.order_by("proposal__submitted_at", "pk")[:MAX_SHOWN]
    }
    shared = {one: sorted(mine.keys() & theirs.keys()) for one, theirs in changes.items()}
    paths = sorted({path for several in shared.values() for path in several})
    if not paths:
        return []
    describer = comparison.Describer(contribution.proposal.kind, *(one.proposal.wanted for one in changes))
    found = [CompetingProposal(contribution, _read(describer, mine, paths), is_this=True, says_the_same=True)]
    for one, several in shared.items():
        if several:
            same = all(mine.get(path) == new for path, new in changes[one].items())
            found.append(
                CompetingProposal(
                    one, _read(describer, changes[one], several), is_this=False, says_the_same=same
                )
            )
    return found


def _changed(proposal: Proposal) -> dict[Path, Any]:
    return {change.path: change.new for change in changes_of(proposal)}


def _read(
    describer: comparison.Describer, changed: dict[Path, Any], paths: list[Path]
) -> list[tuple[str, str]]:
    return [(describer.label(path), describer.value(path, changed[path])) for path in paths]
