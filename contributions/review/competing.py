"""Proposals on the same fact: counted for the queue, and compared on the review page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contributions.models import Contribution
from contributions.review.touched_fields import split_names
from publishing import comparison
from publishing.models import Proposal
from publishing.proposals import changes_of
from publishing.snapshots import Path

# At most so many are compared with each other.
MAX_SHOWN = 20


@dataclass(frozen=True)
class CompetingProposal:
    """One of the proposals that wait on the same fact, with its values; also the reviewed one itself."""

    contribution: Contribution
    values: list[tuple[str, str]]
    is_this: bool
    says_the_same: bool


def count_competing(contributions: Iterable[Contribution]) -> dict[UUID, int]:
    """For each contribution, how many wait on the same fact, itself included; only counts above one."""
    existing = [one for one in contributions if one.proposal.entry_id]
    waiting = Contribution.objects.undecided().filter(
        proposal__base__isnull=False, proposal__entry__in={one.proposal.entry_id for one in existing}
    )
    waiting_on: dict[tuple[Any, str], set[UUID]] = defaultdict(set)
    for key, entry, facts, offered in waiting.values_list("pk", "proposal__entry", "facts", "offered"):
        for touched in _touched_facts(facts, offered):
            waiting_on[entry, touched].add(key)
    found = {
        one.pk: max(
            (
                len(waiting_on[one.proposal.entry_id, touched] | {one.pk})
                for touched in _touched_facts(one.facts, one.offered)
            ),
            default=1,
        )
        for one in existing
    }
    return {key: count for key, count in found.items() if count > 1}


def _touched_facts(facts: str, offered: list[str]) -> set[str]:
    """The columns that it changes, and the single rows."""
    in_rows = [one for one in offered if "/" in one and not one.endswith("/new")]
    row_kinds = {one.partition("/")[0] for one in in_rows}
    rows = {Path.parse(one, row_kinds).row for one in in_rows}
    names = {*split_names(facts)}
    return (names - row_kinds) | {str(row) for row in rows if row.row_kind in names}


def competing_proposals(contribution: Contribution) -> list[CompetingProposal]:
    """All that wait on a fact that this one changes, this one first; empty if there is no other."""
    if contribution.proposal.base is None:
        return []
    own_changes = _new_values(contribution.proposal)
    others = Contribution.objects.undecided().filter(proposal__entry=contribution.proposal.entry_id)
    others = others.exclude(pk=contribution.pk).select_related("proposal__base", "proposal__entry")
    changes = {
        one: _new_values(one.proposal) for one in others.order_by("proposal__submitted_at", "pk")[:MAX_SHOWN]
    }
    shared = {
        one: sorted(own_changes.keys() & other_changes.keys()) for one, other_changes in changes.items()
    }
    paths = sorted({path for common_paths in shared.values() for path in common_paths})
    if not paths:
        return []
    describer = comparison.Describer(contribution.proposal.kind, *(one.proposal.wanted for one in changes))
    found = [
        CompetingProposal(
            contribution, _labelled_values(describer, own_changes, paths), is_this=True, says_the_same=True
        )
    ]
    for one, common_paths in shared.items():
        if common_paths:
            same = all(own_changes.get(path) == new for path, new in changes[one].items())
            found.append(
                CompetingProposal(
                    one,
                    _labelled_values(describer, changes[one], common_paths),
                    is_this=False,
                    says_the_same=same,
                )
            )
    return found


def _new_values(proposal: Proposal) -> dict[Path, Any]:
    return {change.path: change.new for change in changes_of(proposal)}


def _labelled_values(
    describer: comparison.Describer, changed: dict[Path, Any], paths: list[Path]
) -> list[tuple[str, str]]:
    return [(describer.label(path), describer.value(path, changed[path])) for path in paths]
