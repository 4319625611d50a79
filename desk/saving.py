"""Saving at the desk: the stock form saves inside a rehearsal; what came of it goes through the one door."""

import copy
from typing import Any

from django.contrib import admin, messages
from django.db import DataError, IntegrityError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from desk.addresses import draft_address
from desk.edit_session import EditSession, as_form_data, autosaved_form, edit_session_of, requested_action
from desk.form_errors import mistakes_in, notice_of
from desk.forms import EntryForm
from publishing import rules, snapshots
from publishing.actions import database, drafting, publishing, reviewing
from publishing.models import Presence, Proposal, Revision
from publishing.models.entry import kinds
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import Snapshot
from publishing.workflow import states


class Rehearsed:
    """What one request's rehearsal of the stock admin brought: the entry as the editor wants it."""

    def __init__(self, session: EditSession, refusal: Refusal | None) -> None:
        self.session = session
        self.refusal = refusal
        self.snapshot: Snapshot | None = None
        self.form: EntryForm | None = None


class SavingAdmin(admin.ModelAdmin):
    """Lets the stock admin save inside a rehearsal; then drafts, submits or publishes what it saved."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponseBase:
        """Show the form, on a draft where one is named; on a save, rehearse it and do what was asked."""
        session = edit_session_of(request, self.opts.model_name or "", object_id)
        object_id = session.object_id or object_id
        if request.method == "POST":
            return self._save(request, object_id, form_url, session)
        if "typed" in request.GET and (kept := autosaved_form(session, request.user)) is not None:
            again = copy.copy(request)
            # With files of its own, or Django would read both anew, and find nothing that was sent.
            vars(again).update({"method": "POST", "_post": as_form_data(kept), "_files": MultiValueDict()})
            why = Refusal("typed", _("This is what you had typed. It is not saved yet."))
            again_work = edit_session_of(again, self.opts.model_name or "", object_id)
            return self._rehearse(again, object_id, form_url, again_work, why)[1]
        return self._rehearse(request, object_id, form_url, session, None)[1]

    def _save(
        self, request: HttpRequest, object_id: str | None, form_url: str, session: EditSession
    ) -> HttpResponseBase:
        if session.draft is not None and (refusal := rules.why_not_write(session.draft, request.user)):
            return self._rehearse(request, object_id, form_url, session, refusal)[1]
        rehearsed, response = self._rehearse(request, object_id, form_url, session, None)
        if rehearsed.snapshot is None or rehearsed.form is None:
            return self._keep_unfinished(request, object_id, form_url, session, response)
        try:
            if requested_action(request) == "publish":
                done = self._publish(request, rehearsed, session, response)
            else:
                done = self._keep_draft(request, rehearsed, session)
        except Refusal as refusal:
            return self._rehearse(request, object_id, form_url, session, refusal)[1]
        drafting.discard_autosave(session.form_key, by=request.user)
        return done

    def _keep_unfinished(
        self, request: HttpRequest, object_id: str | None, form_url: str, session: EditSession, response: Any
    ) -> HttpResponseBase:
        """What the form refuses cannot be a draft yet; as typing it is kept all the same."""
        if requested_action(request) != "draft":
            return response
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        drafting.autosave_form(session.form_key, fields, by=request.user)
        why = Refusal(
            "unfinished",
            _("It is kept as you typed it, for you alone. Mend what is marked to make it a draft."),
        )
        return self._rehearse(request, object_id, form_url, session, why)[1]

    def _keep_draft(
        self, request: HttpRequest, rehearsed: Rehearsed, session: EditSession
    ) -> HttpResponseBase:
        """Save the draft, and submit it where that was asked."""
        provenance = rehearsed.form.provenance  # type: ignore[union-attr]
        if session.draft is None:
            saved = drafting.begin_draft(rehearsed.snapshot, by=request.user, base=session.base, **provenance)
        else:
            saved = drafting.save_draft(
                session.draft, rehearsed.snapshot, by=request.user, version=session.version, **provenance
            )
        if saved.meant_for_id is not None:
            return redirect("admin:publishing_proposal_resolve", saved.pk)
        if requested_action(request) == "submit":
            reviewing.submit(saved, by=request.user)
            messages.success(request, _("Submitted for review."))
            return redirect("admin:publishing_proposal_change", saved.pk)
        messages.success(request, _("The draft is saved. Only those at the desk can see it."))
        return redirect(draft_address(saved))

    def _publish(
        self, request: HttpRequest, rehearsed: Rehearsed, session: EditSession, response: HttpResponseBase
    ) -> HttpResponseBase:
        form, at = rehearsed.form, rehearsed.form.cleaned_data["publish_at"]  # type: ignore[union-attr]
        if session.draft is None and at is None:
            return self._publish_at_once(request, rehearsed, session, response)
        provenance, by = form.provenance, request.user  # type: ignore[union-attr]
        try:
            if session.draft is None:
                draft = drafting.schedule_new(
                    rehearsed.snapshot, by=by, base=session.base, at=at, **provenance
                )
            else:
                draft = drafting.finish_draft(
                    session.draft, rehearsed.snapshot, by=by, version=session.version, at=at, **provenance
                )
        except Conflicted:
            draft = drafting.save_draft(
                session.draft, rehearsed.snapshot, by=by, version=session.version, **provenance
            )
            return redirect("admin:publishing_proposal_resolve", draft.pk)
        if draft.meant_for_id is not None:
            return redirect("admin:publishing_proposal_resolve", draft.pk)
        if draft.revision is None:
            messages.success(request, _("It will be published on its date."))
            return redirect("admin:publishing_proposal_change", draft.pk)
        self._tell(request, draft.revision, is_new=draft.base is None)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _publish_at_once(
        self, request: HttpRequest, rehearsed: Rehearsed, session: EditSession, response: HttpResponseBase
    ) -> HttpResponseBase:
        provenance = rehearsed.form.provenance  # type: ignore[union-attr]
        try:
            revision = publishing.publish_at_once(
                rehearsed.snapshot, by=request.user, base=session.base, **provenance
            )
        except Conflicted:
            mine = drafting.begin_draft(rehearsed.snapshot, by=request.user, base=session.base, **provenance)
            return redirect("admin:publishing_proposal_resolve", mine.pk)
        self._tell(request, revision, is_new=session.base is None)
        return response

    # --- the rehearsal ---------------------------------------------------------------------

    def _rehearse(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        session: EditSession,
        refusal: Refusal | None,
    ) -> tuple[Rehearsed, HttpResponseBase]:
        """Run the stock view on the tables as they were when the form was opened, and roll them back."""
        if request.method != "POST" and session.tables is None:
            request.session = session  # type: ignore[attr-defined]
            return Rehearsed(session, None), super().changeform_view(request, object_id, form_url, None)
        rehearsed = request.rehearsed = Rehearsed(session, refusal)  # type: ignore[attr-defined]
        request.session = session  # type: ignore[attr-defined]
        try:
            with snapshots.rehearsal():
                if session.tables is not None:
                    snapshots.thaw(session.tables)
                response = self._changeform_view(request, object_id, form_url, None)
                if isinstance(response, TemplateResponse):
                    response.render()
        except (IntegrityError, DataError) as error:
            if refusal is not None:
                raise
            refusal = database.refusal_of_the_database(error, self.opts.model_name or "")
            return self._rehearse(request, object_id, form_url, session, refusal)
        return rehearsed, response

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, told what the rules said and which draft it is of."""
        form = super().get_form(request, obj, change=change, **kwargs)
        rehearsed = getattr(request, "rehearsed", None)
        session = getattr(request, "session", None)
        told = {
            "refusal": rehearsed.refusal if rehearsed else None,
            "draft": session.draft if session else None,
        }
        return type(form.__name__, (form,), told)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows too, then read the whole entry as the editor wants it."""
        super().save_related(request, form, formsets, change)
        request.rehearsed.snapshot = snapshots.freeze(form.instance)  # type: ignore[attr-defined]
        request.rehearsed.form = form  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save in the rehearsal."""
        obj.kind = obj._meta.model_name
        super().save_model(request, obj, form, change)

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Nothing is told of a rehearsal."""
        if not hasattr(request, "rehearsed"):
            super().message_user(request, message, *args, **kwargs)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing is logged of a rehearsal; see `_tell`."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing is logged of a rehearsal; see `_tell`."""

    def _tell(self, request: HttpRequest, revision: Revision, *, is_new: bool) -> None:
        """Say what was published, to the editor and in the admin's log."""
        entry = kinds()[revision.entry.kind].objects.get(pk=revision.entry_id)
        log = super().log_addition if is_new else super().log_change
        log(request, entry, revision.note)
        text = _("“{title}” is published as revision {number}.")
        link = format_html('<a href="{}">{}</a>', entry.get_absolute_url(), _("See the page"))
        said = format_html(text, title=str(entry), number=revision.number)
        messages.success(request, format_html("{} {}", said, link))

    # --- the form's surroundings -----------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Say whose draft it is, who else is here, what was typed and not saved, and what each button may."""
        session: EditSession = request.session  # type: ignore[attr-defined]
        context |= {
            "session": session,
            "may_write": session.draft is None or session.is_open,
            "buttons": _buttons(session, request.user),
            "others": _others(session, request.user),
            "kept": autosaved_form(session, request.user) if request.method != "POST" else None,
            "is_unsaved": request.method == "POST",
            "open_proposals": _open_proposals(session, request.user),
            # In the place of the stock note, which says only that there are some.
            "mistakes": mistakes_in(context),
            "notice": notice_of(context),
            "errors": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)


def _buttons(session: EditSession, by: Any) -> list[dict[str, Any]]:
    """What the form can be sent to do, each with why not."""
    draft = session.draft or Proposal(kind=session.kind, base=session.base, author=by)
    now = timezone.now()
    return [
        {"name": "_draft", "label": _("Save draft"), "why_not": rules.why_not_write(draft, by)},
        {
            "name": "_submit",
            "label": _("Submit for review"),
            "why_not": rules.why_not("submit", draft, by, now),
        },
        {"name": "_save", "label": _("Publish"), "why_not": rules.why_not("accept", draft, by, now)},
    ]


def _others(session: EditSession, by: Any) -> list[Presence]:
    """Who else has the form open."""
    since = timezone.now() - drafting.PRESENCE_TIMEOUT
    found = Presence.objects.filter(form_key=session.form_key, seen_at__gt=since).exclude(by=by)
    return list(found.select_related("by"))


def _open_proposals(session: EditSession, by: Any) -> list[dict[str, Any]]:
    """Other proposals for the same entry that nobody decided yet, one's own drafts first."""
    if session.base is None:
        return []
    found = Proposal.objects.undecided().filter(entry_id=session.base.entry_id, meant_for=None)
    others = found.exclude(pk=session.draft.pk) if session.draft else found
    seen = [one for one in others.select_related("author", "base") if rules.why_not_see(one, by) is None]
    return sorted((_open(one, by) for one in seen), key=lambda one: not one["is_mine"])


def _open(proposal: Proposal, by: Any) -> dict[str, Any]:
    is_draft = proposal.state in states.WITH_AUTHOR
    is_mine = is_draft and proposal.author_id == by.pk
    review = reverse("admin:publishing_proposal_change", args=[proposal.pk])
    address = draft_address(proposal) if is_mine else review
    return {"proposal": proposal, "is_mine": is_mine, "is_draft": is_draft, "address": address}
