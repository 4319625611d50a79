"""Drafts: saved, saved too late, typed and not yet saved, and who sits at what."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing import rules, snapshots
from publishing.actions.publishing import propose, publish, size_and_languages
from publishing.actions.reviewing import schedule
from publishing.actions.steps import move
from publishing.models import DraftVersion, FormAutosave, Presence, Proposal, Revision, SavedFilter
from publishing.rules import Conflicted
from publishing.snapshots import Snapshot
from publishing.vocabulary import Origin

# Who was seen that long ago is still there.
PRESENCE_TIMEOUT = datetime.timedelta(seconds=45)
AUTOSAVE_LIFETIME = datetime.timedelta(days=30)


@transaction.atomic
def begin_draft(snapshot: Snapshot, *, by: Any, base: Revision | None, **provenance: str) -> Proposal:
    """A draft that nobody sees but those who may; its first save."""
    draft = propose(snapshot, by=by, base=base, **provenance)
    if refusal := rules.why_not_write(draft, by):
        raise refusal
    DraftVersion.objects.create(proposal=draft, number=draft.version, snapshot=draft.snapshot, by=by)
    return draft


@transaction.atomic
def save_draft(draft: Proposal, snapshot: Snapshot, *, by: Any, version: int, **provenance: str) -> Proposal:
    """Save a draft that was opened at the version, joined with what others saved since.

    Where both changed the same differently, nothing is forced: a proposal comes back that waits beside
    the draft (`meant_for`) until its author has chosen, with `resolve_late_save`.
    """
    draft = Proposal.objects.locked(draft.pk)
    if refusal := rules.why_not_write(draft, by):
        raise refusal
    wanted = snapshots.conformed(snapshot)
    if version != draft.version:
        merge = snapshots.merge(*_sides(draft, wanted, version))
        if merge.conflicts:
            return _set_aside(draft, wanted, by=by, version=version, **provenance)
        wanted = merge.merged
    return _store(draft, wanted, by=by, **provenance)


def _store(draft: Proposal, wanted: Snapshot, *, by: Any, **provenance: str) -> Proposal:
    draft.version += 1
    draft.snapshot = wanted
    for name, value in (provenance | size_and_languages(draft.base, wanted)).items():
        setattr(draft, name, value)
    draft.save()
    DraftVersion.objects.create(proposal=draft, number=draft.version, snapshot=wanted, by=by)
    return draft


def _set_aside(draft: Proposal, wanted: Snapshot, *, by: Any, version: int, **provenance: str) -> Proposal:
    late = propose(wanted, by=by, base=draft.base, origin=Origin.EDITOR, **provenance)
    late.meant_for, late.meant_for_version = draft, version
    late.save()
    return late


def sides_of_late_save(late: Proposal) -> tuple[Snapshot, Snapshot, Snapshot]:
    """Base, theirs and mine of a save that came too late, as `merge` takes them."""
    draft = late.meant_for
    return _sides(draft, late.wanted, late.meant_for_version)  # type: ignore[arg-type]


def _sides(draft: Proposal, mine: Snapshot, version: int) -> tuple[Snapshot, Snapshot, Snapshot]:
    opened = draft.versions.filter(number=version).first()
    base = opened.snapshot if opened else draft.wanted
    return snapshots.conformed(base), snapshots.conformed(draft.wanted), snapshots.conformed(mine)


@transaction.atomic
def resolve_late_save(
    late: Proposal, *, by: Any, choices: dict[snapshots.Path, str], against: int
) -> Proposal:
    """The draft with each conflict decided, "mine" or "theirs"; against: the version that was shown.

    Raises Conflicted when the draft was saved once more meanwhile.
    """
    draft = Proposal.objects.locked(late.meant_for_id)
    late = Proposal.objects.locked(late.pk)
    if refusal := rules.why_not_write(draft, by) or rules.why_not_write(late, by):
        raise refusal
    merge = snapshots.merge(*sides_of_late_save(late))
    if draft.version != against or any(conflict.path not in choices for conflict in merge.conflicts):
        raise Conflicted(merge.conflicts)
    move(late, "resolve")
    late.save()
    kept = {name: getattr(late, name) for name in ("note", "note_language", "change_class")}
    return _store(draft, snapshots.resolved(merge, choices), by=by, **kept)


def finish_draft(
    draft: Proposal,
    snapshot: Snapshot,
    *,
    by: Any,
    version: int,
    at: datetime.datetime | None,
    **provenance: str,
) -> Proposal:
    """Save a draft and publish it in one, now or at the time; on a refusal nothing is written.

    A save that came too late comes back unpublished, as from `save_draft`.
    """
    with transaction.atomic():
        saved = save_draft(draft, snapshot, by=by, version=version, **provenance)
        if saved.meant_for_id is None:
            publish_or_schedule(saved, by=by, at=at)
    return Proposal.objects.get(pk=saved.pk)


@transaction.atomic
def schedule_new(
    snapshot: Snapshot, *, by: Any, base: Revision | None, at: datetime.datetime, **provenance: str
) -> Proposal:
    """A draft that was never saved, decided at once and published at the time."""
    return schedule(begin_draft(snapshot, by=by, base=base, **provenance), by=by, at=at)


def publish_or_schedule(draft: Proposal, *, by: Any, at: datetime.datetime | None) -> None:
    """Publish it now, or at the time if one is given."""
    if at is None:
        publish(draft, by=by)
    else:
        schedule(draft, by=by, at=at)


# --- what is typed and not saved -----------------------------------------------------------------


@transaction.atomic
def autosave_form(form_key: str, fields: list[tuple[str, str]], *, by: Any) -> FormAutosave:
    """Keep what stands in a form, without any history; what was kept before is replaced."""
    kept, _is_new = FormAutosave.objects.update_or_create(
        by=by, form_key=form_key, defaults={"fields": fields}
    )
    return kept


def discard_autosave(form_key: str, *, by: Any) -> None:
    """What was typed there was saved, or is not wanted."""
    FormAutosave.objects.filter(by=by, form_key=form_key).delete()


@transaction.atomic
def note_presence(form_key: str, *, by: Any) -> list[Presence]:
    """Note that somebody has the form open; the others who have."""
    now = timezone.now()
    Presence.objects.update_or_create(by=by, form_key=form_key, defaults={"seen_at": now})
    others = Presence.objects.filter(form_key=form_key, seen_at__gt=now - PRESENCE_TIMEOUT).exclude(by=by)
    return list(others.select_related("by").order_by("seen_at"))


def delete_expired_form_state(now: datetime.datetime) -> int:
    """Forget who sat where, and typing that nobody came back for; how many rows that were."""
    gone, _by_kind = Presence.objects.filter(seen_at__lt=now - PRESENCE_TIMEOUT).delete()
    old, _by_kind = FormAutosave.objects.filter(typed_at__lt=now - AUTOSAVE_LIFETIME).delete()
    return gone + old


# --- lists as people keep them -------------------------------------------------------------


@transaction.atomic
def save_filter(list_name: str, name: str, query: str, *, by: Any, is_shared: bool) -> SavedFilter:
    """Keep a list as it is narrowed down; the same name again replaces it."""
    kept, _is_new = SavedFilter.objects.update_or_create(
        by=by, list_name=list_name, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return kept


def delete_filter(key: int, *, by: Any) -> None:
    """One's own filter is not wanted any more; somebody else's stays."""
    SavedFilter.objects.filter(pk=key, by=by).delete()
