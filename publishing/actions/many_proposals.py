"""Proposals by the thousand, as imports make them: stored, accepted and withdrawn many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing import snapshots
from publishing.actions.new_entries import publish_together
from publishing.actions.publishing import publish
from publishing.actions.steps import lock_publishing, move
from publishing.models import Proposal, Revision
from publishing.refusals import Refusal
from publishing.rules import Conflicted, why_not
from publishing.rules.contents import refusals_of_the_database
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass, Origin, ProposalState
from publishing.workflow import states
from publishing.writing import insert_rows

AT_ONCE = 50


@dataclass
class Accepted:
    """How many were accepted, and those that stay, each with the reason."""

    done: int = 0
    left: list[tuple[Proposal, str]] = field(default_factory=list)


def propose_all(
    wanted: Iterable[tuple[Snapshot, Revision | None]], *, by: Any, note: str, note_language: str
) -> list[Proposal]:
    """Store snapshots as proposals that wait for a moderator. Call it in a transaction.

    wanted: snapshots in today's shape, each with the revision that it started from, None for a new entry.
    """
    now, proposals = timezone.now(), []
    blanks: dict[str, Snapshot] = {}
    for snapshot, base in wanted:
        kind = snapshot["kind"]
        if base is None and kind not in blanks:
            blanks[kind] = snapshots.blank(snapshot)
        before = snapshots.conformed(base.snapshot) if base else blanks[kind]
        changes = snapshots.diff(before, snapshot)
        proposal = Proposal(
            kind=kind,
            entry=base.entry if base else None,
            base=base,
            snapshot=snapshot,
            origin=Origin.IMPORT,
            state=ProposalState.SUBMITTED,
            author=by,
            note=note,
            note_language=note_language,
            change_class=ChangeClass.ADDITION,
            size=len(changes),
            languages=",".join(snapshots.languages_in(changes)),
            submitted_at=now,
        )
        proposal.fold()
        proposals.append(proposal)
    insert_rows(proposals)
    return proposals


def accept_all(proposals: Sequence[Proposal], *, by: Any) -> Accepted:
    """Publish each that can be published; the others stay as they are, and say why they were held back."""
    result = Accepted()
    new = [one for one in proposals if one.base_id is None]
    for start in range(0, len(new), AT_ONCE):
        _accept_new(new[start : start + AT_ONCE], by, result)
    _accept_each([one for one in proposals if one.base_id is not None], by, result)
    return result


def _accept_new(several: Sequence[Proposal], by: Any, result: Accepted) -> None:
    """Accept them together; where one cannot be published, each half of them, so that it is found soon."""
    try:
        result.done += _accept_together(several[0].kind, [one.pk for one in several], by)
    except Refusal:
        half = len(several) // 2
        if not half:
            _accept_each(several, by, result)
            return
        _accept_new(several[:half], by, result)
        _accept_new(several[half:], by, result)


def _accept_together(kind: str, keys: list[Any], by: Any) -> int:
    with refusals_of_the_database(kind), transaction.atomic():
        lock_publishing()
        locked = Proposal.objects.select_for_update(of=["self"]).select_related("author").filter(pk__in=keys)
        proposals = sorted(
            (one for one in locked if one.state in states.OPEN), key=lambda one: keys.index(one.pk)
        )
        wanted = [snapshots.conformed(one.wanted) for one in proposals]
        if any(snapshots.references(one) & {other["id"] for other in wanted} for one in wanted):
            raise Refusal("points_to_another", "")
        return len(publish_together(proposals, wanted, by, are_stored=True)) if proposals else 0


def _accept_each(proposals: Iterable[Proposal], by: Any, result: Accepted) -> None:
    for proposal in proposals:
        try:
            publish(proposal, by=by)
        except Conflicted:
            _leave(proposal, "conflict", result)
        except Refusal as refusal:
            _leave(proposal, refusal.message, result)
        else:
            result.done += 1


def _leave(proposal: Proposal, why: str, result: Accepted) -> None:
    result.left.append((proposal, why))
    Proposal.objects.filter(pk=proposal.pk, state__in=states.OPEN).update(held_back=why)


@transaction.atomic
def withdraw_all(proposals: Iterable[Proposal], *, by: Any) -> list[Proposal]:
    """Withdraw those that `by` may withdraw, and that still wait; returns them."""
    keys, now = [one.pk for one in proposals], timezone.now()
    locked = Proposal.objects.select_for_update(of=["self"]).select_related("author").filter(pk__in=keys)
    withdrawn = [one for one in locked if why_not("withdraw", one, by, now) is None]
    for proposal in withdrawn:
        move(proposal, "withdraw")
    Proposal.objects.bulk_update(withdrawn, ("state", "claimed_by", "claimed_until"))
    return withdrawn
