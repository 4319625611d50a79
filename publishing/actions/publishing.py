"""From a proposal to a public revision."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import hooks, rules, snapshots
from publishing.actions.preparing import prepare_publication, preparing
from publishing.actions.steps import (
    decisions_on_publish,
    lock_publishing,
    merge_with_current,
    move,
    move_as_decided,
    record,
    record_decisions,
    thaw_public,
)
from publishing.beforehand import work_out, worked_out
from publishing.hooks import ChangeDecisions
from publishing.models import Proposal, Revision
from publishing.proposals import as_stored, changes_of, content_of, start_beside, three_sides
from publishing.rules import Conflicted
from publishing.rules.contents import refusals_of_the_database
from publishing.snapshots import Snapshot
from publishing.vocabulary import Origin, ProposalState, Reason, Verdict
from publishing.workflow import states
from publishing.workflow.decisions import ChangeDecision
from publishing.workflow.running import runs
from publishing.writing import insert_row


def propose(snapshot: Snapshot, *, by: Any, base: Revision | None, **provenance: Any) -> Proposal:
    """Store a snapshot as a draft; nothing becomes public.

    base: the revision that it started from, None for a new entry.
    provenance: note, note_language and change_class; also origin, credit and override_reason.
    """
    proposal = _proposal(snapshot, ProposalState.DRAFT, None, by=by, base=base, **provenance)
    proposal.save(force_insert=True)
    return proposal


def propose_for_review(snapshot: Snapshot, *, by: Any, base: Revision | None, **provenance: Any) -> Proposal:
    """Store a snapshot as a submitted proposal; the parameters are those of `propose`."""
    now = timezone.now()
    proposal = _proposal(snapshot, ProposalState.SUBMITTED, now, by=by, base=base, **provenance)
    proposal.save(force_insert=True)
    return proposal


def propose_publicly(snapshot: Snapshot, *, base: Revision | None, **provenance: Any) -> Proposal:
    """Submit a proposal of a person without an account."""
    return propose_for_review(snapshot, by=None, base=base, origin=Origin.PUBLIC, **provenance)


def _proposal(
    snapshot: Snapshot,
    first_state: ProposalState,
    submitted_at: datetime.datetime | None,
    *,
    by: Any,
    base: Revision | None,
    note: str,
    note_language: str,
    change_class: str,
    origin: str = Origin.EDITOR,
    credit: str = "",
    override_reason: str = "",
    sources_confirmed: bool = False,
) -> Proposal:
    """The proposal, not stored."""
    wanted = work_out(snapshots.conformed, snapshot)
    return Proposal(
        kind=snapshot["kind"],
        entry_id=base.entry_id if base else None,
        base=base,
        snapshot=wanted,
        origin=origin,
        state=first_state,
        author=by,
        credit=credit,
        note=note.strip(),
        note_language=note_language,
        change_class=change_class,
        override_reason=override_reason.strip(),
        sources_confirmed=sources_confirmed,
        submitted_at=submitted_at,
        **size_and_languages(base, wanted),
    )


@transaction.atomic
def credit_to(proposal: Proposal, name: str) -> None:
    """Store the credited name, or remove it with ""; also in the revision that it became.

    Names are not part of the digest, so the chain stays valid.
    """
    Proposal.objects.filter(pk=proposal.pk).update(credit=name)
    Revision.objects.filter(proposals=proposal).update(credit=name)


def size_and_languages(base: Revision | None, wanted: Snapshot) -> dict[str, Any]:
    """The values of the columns `size` and `languages` of a proposal; wanted: in today's shape."""
    changes = snapshots.diff(start_beside(base.snapshot if base else None, wanted), wanted)
    return {"size": len(changes), "languages": ",".join(snapshots.languages_in(changes))}


def publish_at_once(
    snapshot: Snapshot, *, by: Any, base: Revision | None, is_own: bool = True, **provenance: Any
) -> Revision:
    """Store a proposal and publish it in one transaction; raises as `publish` does.

    is_own: whether `by` wrote it; what is not theirs they may also publish where FOUR_EYES is set.
    """
    author = by if is_own else None
    with refusals_of_the_database(snapshot["kind"]), preparing():
        proposal = _proposal(snapshot, ProposalState.DRAFT, None, by=author, base=base, **provenance)
        proposal.fold()
        prepare_publication(proposal)
        with transaction.atomic():
            return _publish(proposal, by=by, step="accept", wanted=None, decisions={})


def publish(
    proposal: Proposal,
    *,
    by: Any,
    step: str = "accept",
    wanted: Snapshot | None = None,
    decisions: ChangeDecisions | None = None,
) -> Revision:
    """Make the proposal public, merged with what was published since it started.

    step: the name of the transition. wanted: the snapshot to publish, by default all of the proposal.
    decisions: what to record about each change.
    Raises Refusal, or Conflicted when both changed the same path differently; nothing is written then.
    """
    with refusals_of_the_database(proposal.kind), transaction.atomic():
        return _publish(proposal, by=by, step=step, wanted=wanted, decisions=decisions or {})


def _publish(
    proposal: Proposal, *, by: Any, step: str, wanted: Snapshot | None, decisions: ChangeDecisions
) -> Revision:
    """Publish it; a proposal that is not stored yet is stored once it is published."""
    head, now = lock_publishing(), timezone.now()
    is_stored = not proposal._state.adding
    if is_stored:
        proposal = Proposal.objects.locked(proposal.pk)
    if refusal := rules.why_not_publish(step, proposal, by, now) or rules.why_not_overwrite(proposal):
        raise refusal
    by = by or proposal.decided_by
    for prepare in hooks.before_publish:
        if prepare(proposal, by):
            head = lock_publishing()
    wanted = wanted or proposal.wanted
    merged, current = merge_with_current(proposal, wanted)
    public, before, slug = (current.public, current.newest, current.entry.slug) if current else (None,) * 3
    merged = worked_out(content_of, proposal, wanted, merged, public, as_stored(proposal))
    if refusal := rules.why_not_thaw(merged, public, slug=slug):
        raise refusal
    lacks = rules.shortcomings(merged, public)
    if refusal := rules.why_not_publish_incomplete(lacks, by, proposal.override_reason):
        raise refusal
    if not lacks:
        proposal.override_reason = ""
    entry, written = thaw_public(merged, current)
    author = proposal.author or by
    revision = record(
        entry, proposal, author=author, head=head, snapshot=written, before=before, public=public
    )
    move_as_decided(proposal, step, by=by, now=now)
    proposal.became(revision.snapshot)
    proposal.entry, proposal.revision = entry, revision
    if is_stored:
        proposal.save()
        proposal.versions.all().delete()
    else:
        insert_row(proposal)
    record_decisions(proposal, decisions_on_publish(proposal, revision, decisions), by=by)
    return revision


@runs("publish_due")
def publish_scheduled(proposal: Proposal, *, by: None) -> Revision:
    """Publish a scheduled proposal that is due."""
    return publish(proposal, by=by, step="publish_due")


def resolve_and_publish(
    proposal: Proposal, *, by: Any, choices: dict[snapshots.Path, str], against: int
) -> Revision | None:
    """Resolve each conflict and publish the result; a refusal leaves the proposal as it was.

    Where the choices leave nothing of the proposal, it is closed as superseded, and the result is None.
    """
    with transaction.atomic():
        lock_publishing()
        proposal = Proposal.objects.locked(proposal.pk)
        merge = _merge_to_resolve(proposal, by=by, choices=choices, against=against)
        overtaken = [conflict for conflict in merge.conflicts if choices[conflict.path] == "theirs"]
        decisions = _decisions_on_overtaken(proposal, overtaken)
        if overtaken and snapshots.resolved(merge, choices) == _public_side(proposal):
            _close_as_superseded(proposal, decisions, by=by)
            return None
        accepted = [change for change in changes_of(proposal) if change.path not in decisions]
        decisions |= {change.path: ChangeDecision(Verdict.ACCEPTED) for change in accepted}
        is_partial = bool(overtaken) and proposal.state in states.WAITING
        resolved = resolve(proposal, by=by, choices=choices, against=against)
        if resolved.origin == Origin.PUBLIC:
            step = "accept_some" if is_partial else "accept"
            return publish(resolved, by=by, step=step, decisions=decisions)
        if is_partial:
            # Its author reads them at the proposal that the resolved one replaces.
            record_decisions(proposal, decisions, by=by)
        return publish(resolved, by=by)


def _public_side(proposal: Proposal) -> Snapshot:
    """What is public now, in today's shape."""
    newest = Revision.objects.newest_of(proposal.base.entry_id)  # type: ignore[union-attr]
    return snapshots.conformed(newest.snapshot)


def _decisions_on_overtaken(proposal: Proposal, overtaken: list[snapshots.Conflict]) -> ChangeDecisions:
    """The decisions on the changes whose fact somebody else has changed since, and whose value stays."""
    note = _("The record was changed since this was proposed, and keeps what it says now.")
    declined = ChangeDecision(Verdict.DECLINED, Reason.OTHER, note)
    return {
        change.path: declined
        for change in changes_of(proposal)
        if any(conflict.decides(change.path) for conflict in overtaken)
    }


def _close_as_superseded(proposal: Proposal, decisions: ChangeDecisions, *, by: Any) -> None:
    """Close it: the record keeps what others published since. Raises Refusal as declining does."""
    if proposal.state in states.WAITING and (
        refusal := rules.why_not("decline", proposal, by, timezone.now())
    ):
        raise refusal
    record_decisions(proposal, decisions, by=by)
    move(proposal, "resolve")
    proposal.save()


@runs("resolve")
@transaction.atomic
def resolve(proposal: Proposal, *, by: Any, choices: dict[snapshots.Path, str], against: int) -> Proposal:
    """Return a proposal that starts from what is public now, with each conflict resolved: "mine" or "theirs".

    It is a new proposal; one from the public is changed instead, since its sender follows it by a link.
    against: the number of the revision that the choices were made against; raises Conflicted when a newer
    one is public.
    """
    lock_publishing()
    proposal = Proposal.objects.locked(proposal.pk)
    merge = _merge_to_resolve(proposal, by=by, choices=choices, against=against)
    wanted = snapshots.resolved(merge, choices)
    newest = Revision.objects.newest_of(proposal.base.entry_id)  # type: ignore[union-attr]
    if proposal.origin == Origin.PUBLIC:
        for keep in hooks.before_replacing:
            keep(proposal, by)
        return replace_snapshot(proposal, wanted, newest)
    move(proposal, "resolve")
    proposal.save()
    said = ("note", "note_language", "change_class", "origin", "credit", "override_reason")
    kept = {name: getattr(proposal, name) for name in (*said, "sources_confirmed")}
    return propose(wanted, by=proposal.author or by, base=newest, **kept)


def _merge_to_resolve(
    proposal: Proposal, *, by: Any, choices: dict[snapshots.Path, str], against: int
) -> snapshots.Merge:
    """The merge with what is public now; raises Refusal, or Conflicted if the choices do not fit it."""
    if refusal := rules.why_not_resolve(proposal, by) or rules.why_not_resolve_with_public(proposal):
        raise refusal
    newest = Revision.objects.newest_of(proposal.base.entry_id)  # type: ignore[union-attr]
    merge = snapshots.merge(*three_sides(proposal, newest))
    if newest.number != against or any(conflict.path not in choices for conflict in merge.conflicts):
        raise Conflicted(merge.conflicts)
    return merge


def replace_snapshot(
    proposal: Proposal, wanted: Snapshot, base: Revision | None, **provenance: Any
) -> Proposal:
    """Replace the snapshot and the base of a proposal, and count a new version."""
    proposal.snapshot, proposal.base, proposal.version = wanted, base, proposal.version + 1
    for name, value in (provenance | size_and_languages(base, wanted)).items():
        setattr(proposal, name, value)
    proposal.save()
    return proposal
