"""Drafts, late saves, autosaves of forms, sent forms, presence in forms, and saved filters."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from publishing import rules, snapshots
from publishing.actions.publishing import propose, publish, size_and_languages
from publishing.actions.reviewing import schedule
from publishing.actions.steps import move
from publishing.models import DraftVersion, FormAutosave, Presence, Proposal, Revision, SavedFilter, SentForm
from publishing.rules import Conflicted
from publishing.snapshots import Snapshot
from publishing.vocabulary import Origin

# A person who was seen within this time still counts as present.
PRESENCE_TIMEOUT = datetime.timedelta(seconds=45)
AUTOSAVE_LIFETIME = datetime.timedelta(days=30)
# What a draft takes over from its late save, beside the choices.
RESOLVED_WITH = ("note", "note_language", "change_class", "override_reason")


@transaction.atomic
def begin_draft(snapshot: Snapshot, *, by: Any, base: Revision | None, **provenance: Any) -> Proposal:
    """Store a new draft: its first save. It is not public."""
    draft = propose(snapshot, by=by, base=base, **provenance)
    if refusal := rules.why_not_edit_draft(draft, by):
        raise refusal
    DraftVersion.objects.create(proposal=draft, number=draft.version, snapshot=draft.snapshot, by=by)
    return draft


@transaction.atomic
def save_draft(draft: Proposal, snapshot: Snapshot, *, by: Any, version: int, **provenance: Any) -> Proposal:
    """Save a draft that was opened at the version, merged with what others saved since.

    In a conflict the draft stays as it is: the returned proposal is a late save that waits beside the
    draft (`meant_for`) until its author resolves it with `resolve_late_save`.
    """
    draft = Proposal.objects.locked(draft.pk)
    if refusal := rules.why_not_edit_draft(draft, by):
        raise refusal
    wanted = snapshots.conformed(snapshot)
    if version != draft.version:
        merge = snapshots.merge(*_sides(draft, wanted, version))
        if merge.conflicts:
            return _store_late_save(draft, wanted, by=by, version=version, **provenance)
        wanted = merge.merged
    return _store(draft, wanted, by=by, **provenance)


def _store(draft: Proposal, wanted: Snapshot, *, by: Any, **provenance: Any) -> Proposal:
    draft.version += 1
    draft.snapshot = wanted
    for name, value in (provenance | size_and_languages(draft.base, wanted)).items():
        setattr(draft, name, value)
    draft.save()
    DraftVersion.objects.create(proposal=draft, number=draft.version, snapshot=wanted, by=by)
    return draft


def _store_late_save(
    draft: Proposal, wanted: Snapshot, *, by: Any, version: int, **provenance: Any
) -> Proposal:
    late = propose(wanted, by=by, base=draft.base, origin=Origin.EDITOR, **provenance)
    late.meant_for, late.meant_for_version = draft, version
    late.is_practice = draft.is_practice
    late.save()
    return late


def sides_of_late_save(late: Proposal) -> tuple[Snapshot, Snapshot, Snapshot]:
    """Base, theirs and mine of a late save, as `merge` takes them."""
    draft = late.meant_for
    return _sides(draft, late.wanted, late.meant_for_version)  # type: ignore[arg-type]


def _sides(draft: Proposal, mine: Snapshot, version: int) -> tuple[Snapshot, Snapshot, Snapshot]:
    opened_version = draft.versions.filter(number=version).first()
    base = opened_version.snapshot if opened_version else draft.wanted
    return snapshots.conformed(base), snapshots.conformed(draft.wanted), snapshots.conformed(mine)


@transaction.atomic
def resolve_late_save(
    late: Proposal, *, by: Any, choices: dict[snapshots.Path, str], against: int
) -> Proposal:
    """Save the draft with each conflict resolved as "mine" or "theirs".

    against: the version that the choices were made against. Raises Conflicted when the draft has a newer one.
    """
    draft = Proposal.objects.locked(late.meant_for_id)
    late = Proposal.objects.locked(late.pk)
    if refusal := rules.why_not_edit_draft(draft, by) or rules.why_not_resolve(late, by):
        raise refusal
    merge = snapshots.merge(*sides_of_late_save(late))
    if draft.version != against or any(conflict.path not in choices for conflict in merge.conflicts):
        raise Conflicted(merge.conflicts)
    provenance: dict[str, Any] = {name: getattr(late, name) for name in RESOLVED_WITH}
    # Each has looked at its own values only.
    provenance["sources_confirmed"] = draft.sources_confirmed and late.sources_confirmed
    if late.is_practice:
        late.delete()
    else:
        move(late, "resolve")
        late.save()
    return _store(draft, snapshots.resolved(merge, choices), by=by, **provenance)


def finish_draft(
    draft: Proposal,
    snapshot: Snapshot,
    *,
    by: Any,
    version: int,
    at: datetime.datetime | None,
    **provenance: Any,
) -> Proposal:
    """Save a draft and publish it, now or at the time, in one transaction; a refusal undoes both.

    In a conflict it returns the late save, unpublished, as `save_draft` does.
    """
    with transaction.atomic():
        saved = save_draft(draft, snapshot, by=by, version=version, **provenance)
        if saved.meant_for_id is None:
            publish_or_schedule(saved, by=by, at=at)
    return Proposal.objects.get(pk=saved.pk)


@transaction.atomic
def schedule_new(
    snapshot: Snapshot, *, by: Any, base: Revision | None, at: datetime.datetime, **provenance: Any
) -> Proposal:
    """Store a new draft and schedule it."""
    return schedule(begin_draft(snapshot, by=by, base=base, **provenance), by=by, at=at)


def publish_or_schedule(draft: Proposal, *, by: Any, at: datetime.datetime | None) -> None:
    """Publish the draft now, or at the time if one is given."""
    if at is None:
        publish(draft, by=by)
    else:
        schedule(draft, by=by, at=at)


# --- autosaves and presence -----------------------------------------------------------------


@transaction.atomic
def autosave_form(form_key: str, fields: list[tuple[str, str]], *, by: Any) -> FormAutosave:
    """Store the contents of a form, without history; replaces the autosave before it."""
    autosave, _is_new = FormAutosave.objects.update_or_create(
        by=by, form_key=form_key, defaults={"fields": fields}
    )
    return autosave


def discard_autosave(*form_keys: str, by: Any) -> None:
    """Delete the person's autosaves of the forms, if there are any."""
    FormAutosave.objects.filter(by=by, form_key__in=form_keys).delete()


# --- forms that are sent twice --------------------------------------------------------------


def note_sent_form(content_digest: str, *, by: Any, token: str) -> tuple[SentForm, bool]:
    """The form that the person sends, and whether it is sent for the first time.

    Call it inside the transaction that does what the form asks for: the same form, sent at the same moment,
    then waits.
    """
    try:
        with transaction.atomic():
            return SentForm.objects.create(by=by, content_digest=content_digest, token=token), True
    except IntegrityError:
        return SentForm.objects.get(by=by, content_digest=content_digest), False


def find_sent_form(content_digest: str, *, by: Any) -> SentForm | None:
    """The form, if the person has sent it before."""
    return SentForm.objects.filter(by=by, content_digest=content_digest).first()


def sent_form(content_digest: str, *, by: Any) -> SentForm:
    """The form that the person has sent before."""
    return SentForm.objects.get(by=by, content_digest=content_digest)


def store_answer(sent: SentForm, *, address: str = "", page: str = "", told: str = "") -> None:
    """Store what the form is answered with, also when it is sent again; `told` is HTML."""
    sent.address, sent.page, sent.told = address[:1000], page, told
    sent.save(update_fields=["address", "page", "told"])


def forget_sent_form(sent: SentForm) -> None:
    """Forget a form that made nothing; it can be sent again."""
    sent.delete()


def made_with(token: str, *, by: Any) -> SentForm | None:
    """What the person has made with the opened form of this token before, or None."""
    made = SentForm.objects.filter(by=by, token=token).exclude(address="", page="")
    return made.order_by("-pk").first() if token else None


@transaction.atomic
def note_presence(form_key: str, *, by: Any) -> list[Presence]:
    """Record that the person has the form open; returns the others who have it open."""
    now = timezone.now()
    presence, is_new = Presence.objects.get_or_create(
        by=by, form_key=form_key, defaults={"opened_at": now, "seen_at": now}
    )
    if not is_new:
        was_away = presence.seen_at <= now - PRESENCE_TIMEOUT
        presence.opened_at = now if was_away else presence.opened_at
        presence.seen_at = now
        presence.save(update_fields=["opened_at", "seen_at"])
    others = Presence.objects.filter(form_key=form_key, seen_at__gt=now - PRESENCE_TIMEOUT).exclude(by=by)
    return list(others.select_related("by").order_by("seen_at"))


def delete_expired_form_state(now: datetime.datetime) -> int:
    """Delete expired presences, autosaves and sent forms; returns how many rows that were."""
    presences, _by_kind = Presence.objects.filter(seen_at__lt=now - PRESENCE_TIMEOUT).delete()
    autosaves, _by_kind = FormAutosave.objects.filter(typed_at__lt=now - AUTOSAVE_LIFETIME).delete()
    sent, _by_kind = SentForm.objects.filter(sent_at__lt=now - AUTOSAVE_LIFETIME).delete()
    return presences + autosaves + sent


# --- saved filters -------------------------------------------------------------------------


@transaction.atomic
def save_filter(list_name: str, name: str, query: str, *, by: Any, is_shared: bool) -> SavedFilter:
    """Save the filters of a list under a name; replaces the person's filter of the same name."""
    saved, _is_new = SavedFilter.objects.update_or_create(
        by=by, list_name=list_name, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return saved


def delete_filter(key: int, *, by: Any) -> None:
    """Delete a filter of the person; filters of others stay."""
    SavedFilter.objects.filter(pk=key, by=by).delete()
