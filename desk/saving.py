"""Saving at the desk: what came of the rehearsal of the form goes through the one door."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from desk import alike
from desk.addresses import draft_address
from desk.edit_session import as_form_data, autosaved_form, edit_session_of, requested_action
from desk.rehearsing import FormRequest, Outcome, RehearsingAdmin, Submission
from publishing import rules
from publishing.actions import drafting, publishing, reviewing
from publishing.models import FormAutosave, Proposal, Revision
from publishing.refusals import Conflicted, Refusal
from publishing.requests import replayed


class SavingAdmin(RehearsingAdmin):
    """Drafts, submits or publishes what the stock form would save."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Show the form, on a draft where one is named; on a save, rehearse it and do what was asked."""
        asked = self._form_request(request, object_id, form_url)
        if request.method == "POST":
            return self._save(asked)
        if "typed" in request.GET and (typed := autosaved_form(asked.session, request.user)) is not None:
            return self._page_with_autosave(asked, typed)
        return self.form_page(asked)

    def _form_request(self, request: HttpRequest, object_id: str | None, form_url: str) -> FormRequest:
        session = edit_session_of(request, self.opts.model_name or "", object_id)
        return FormRequest(request, session.object_id or object_id, form_url, session)

    def _page_with_autosave(self, asked: FormRequest, typed: FormAutosave) -> HttpResponseBase:
        """The form with what was typed in it, as if that had been sent and not accepted."""
        again = replayed(asked.request, data=as_form_data(typed))
        why = Refusal("typed", _("This is what you had typed. It is not saved yet."))
        return self.form_page(self._form_request(again, asked.object_id, asked.form_url), why)

    # --- a save -------------------------------------------------------------------------------

    def _save(self, asked: FormRequest) -> HttpResponseBase:
        draft, by = asked.session.draft, asked.request.user
        if draft is not None and (refusal := rules.why_not_write(draft, by)):
            return self.form_page(asked, refusal)
        outcome = self.rehearse(asked)
        if outcome.submission is None:
            return self._refused_by_the_form(asked, outcome)
        try:
            response = self._carry_out(asked, outcome.submission, outcome.response)
        except Refusal as refusal:
            return self.form_page(asked, refusal)
        drafting.discard_autosave(asked.session.form_key, by=by)
        base = asked.session.base
        alike.warn(asked.request, base.snapshot if base else None, outcome.submission.snapshot)
        return response

    def _refused_by_the_form(self, asked: FormRequest, outcome: Outcome) -> HttpResponseBase:
        """What the form refuses cannot be a draft yet; where a draft was wanted, it is kept as typed."""
        request = asked.request
        if requested_action(request) != "draft":
            return outcome.response
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        drafting.autosave_form(asked.session.form_key, fields, by=request.user)
        why = Refusal(
            "unfinished",
            _("It is kept as you typed it, visible only to you. Correct what is marked to make it a draft."),
        )
        return self.form_page(asked, why)

    def _carry_out(
        self, asked: FormRequest, sent: Submission, stock_response: HttpResponseBase
    ) -> HttpResponseBase:
        """Do what the button asks for; raises Refusal where a rule speaks against it."""
        action = requested_action(asked.request)
        if action != "publish":
            return _save_draft(asked, sent, is_submitted=action == "submit")
        if asked.session.draft is not None:
            return self._publish_draft(asked, asked.session.draft, sent)
        if sent.form.cleaned_data["publish_at"] is not None:
            return self._schedule(asked, sent)
        return self._publish_at_once(asked, sent, stock_response)

    def _publish_draft(self, asked: FormRequest, draft: Proposal, sent: Submission) -> HttpResponseBase:
        """Save the draft and publish it, now or at the time."""
        request, at = asked.request, sent.form.cleaned_data["publish_at"]
        save: dict[str, Any] = {"by": request.user, "version": asked.session.version, **sent.form.provenance}
        try:
            finished = drafting.finish_draft(draft, sent.snapshot, at=at, **save)
        except Conflicted:
            saved = drafting.save_draft(draft, sent.snapshot, **save)
            return redirect("admin:publishing_proposal_resolve", saved.pk)
        if finished.meant_for_id is not None:
            return redirect("admin:publishing_proposal_resolve", finished.pk)
        if finished.revision is None:
            return _to_scheduled(request, finished)
        self._tell(request, finished.revision, is_new=finished.base is None)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _schedule(self, asked: FormRequest, sent: Submission) -> HttpResponseBase:
        """Decide now what is published at the time."""
        request, at = asked.request, sent.form.cleaned_data["publish_at"]
        scheduled = drafting.schedule_new(
            sent.snapshot, by=request.user, base=asked.session.base, at=at, **sent.form.provenance
        )
        return _to_scheduled(request, scheduled)

    def _publish_at_once(
        self, asked: FormRequest, sent: Submission, stock_response: HttpResponseBase
    ) -> HttpResponseBase:
        request, base = asked.request, asked.session.base
        save: dict[str, Any] = {"by": request.user, "base": base, **sent.form.provenance}
        try:
            revision = publishing.publish_at_once(sent.snapshot, **save)
        except Conflicted:
            mine = drafting.begin_draft(sent.snapshot, **save)
            return redirect("admin:publishing_proposal_resolve", mine.pk)
        self._tell(request, revision, is_new=base is None)
        return stock_response

    def _tell(self, request: HttpRequest, revision: Revision, *, is_new: bool) -> None:
        """Say what was published, to the editor and in the admin's log."""
        entry = self.model._default_manager.get(pk=revision.entry_id)
        log = self.log_addition if is_new else self.log_change
        log(request, entry, revision.note)
        text = _("“{title}” is published as revision {number}.")
        link = format_html('<a href="{}">{}</a>', entry.get_absolute_url(), _("See the page"))
        published = format_html(text, title=str(entry), number=revision.number)
        messages.success(request, format_html("{} {}", published, link))


def _save_draft(asked: FormRequest, sent: Submission, *, is_submitted: bool) -> HttpResponseBase:
    """Save the draft, and submit it where that was asked."""
    request, session = asked.request, asked.session
    save: dict[str, Any] = {"by": request.user, **sent.form.provenance}
    if session.draft is None:
        saved = drafting.begin_draft(sent.snapshot, base=session.base, **save)
    else:
        saved = drafting.save_draft(session.draft, sent.snapshot, version=session.version, **save)
    if saved.meant_for_id is not None:
        return redirect("admin:publishing_proposal_resolve", saved.pk)
    if is_submitted:
        reviewing.submit(saved, by=request.user)
        messages.success(request, _("Submitted for review."))
        return redirect("admin:publishing_proposal_change", saved.pk)
    messages.success(request, _("The draft is saved. Only those at the desk can see it."))
    return redirect(draft_address(saved))


def _to_scheduled(request: HttpRequest, proposal: Proposal) -> HttpResponseBase:
    messages.success(request, _("It will be published on its date."))
    return redirect("admin:publishing_proposal_change", proposal.pk)
