"""Saving at the desk: the result of the rehearsal goes to the actions of publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from desk import alike
from desk.addresses import draft_address, filters_query
from desk.autosaves import as_form_data, requested_autosave, typed_fields
from desk.edit_session import edit_session_of, requested_action
from desk.newer_values import NewerRecord
from desk.next_proposal import address_of_next
from desk.opened_rows import OPEN
from desk.rehearsing import FormRequest, FormResult, RehearsingAdmin, Submission
from publishing import rules
from publishing.actions import drafting, publishing, reviewing
from publishing.models import FormAutosave, Proposal, Revision
from publishing.refusals import Conflicted, Refusal
from publishing.requests import replayed
from publishing.tokens import new_token
from publishing.vocabulary import Origin


class SavingAdmin(RehearsingAdmin):
    """Saves as a draft, submits or publishes what the admin form would save."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Show the form, of a draft if one is named; on POST rehearse it and carry out the action."""
        form_request = self._form_request(request, object_id, form_url)
        if request.method == "POST" and OPEN in request.POST:
            return self.form_page(form_request, Refusal("opened", ""))
        if request.method == "POST":
            return self._save(form_request)
        if (autosave := requested_autosave(request, form_request.session.form_key)) is not None:
            return self._page_with_autosave(form_request, autosave)
        return self.form_page(form_request)

    def _form_request(self, request: HttpRequest, object_id: str | None, form_url: str) -> FormRequest:
        session = edit_session_of(request, self.opts.model_name or "", object_id)
        return FormRequest(request, session.object_id or object_id, form_url, session)

    def _page_with_autosave(self, form_request: FormRequest, autosave: FormAutosave) -> HttpResponseBase:
        """The form with the contents of the autosave, as if they had been sent and refused."""
        repeated = replayed(form_request.request, data=as_form_data(autosave))
        notice = Refusal("typed", _("This is what you had typed. It is not saved yet."))
        return self.form_page(
            self._form_request(repeated, form_request.object_id, form_request.form_url), notice
        )

    # --- a save -------------------------------------------------------------------------------

    def _save(self, form_request: FormRequest) -> HttpResponseBase:
        draft, by = form_request.session.draft, form_request.request.user
        if draft is not None and (refusal := rules.why_not_edit_draft(draft, by)):
            return self.form_page(form_request, refusal)
        if refusal := self._why_not_again(form_request):
            return self._page_with_new_token(form_request, refusal)
        result = self.rehearse(form_request)
        if result.submission is None:
            return self._invalid_form(form_request, result)
        try:
            response = self._carry_out(form_request, result.submission, result.response)
        except Refusal as refusal:
            return self.form_page(form_request, refusal)
        drafting.discard_autosave(form_request.session.form_key, form_request.session.autosave_key, by=by)
        base = form_request.session.base
        alike.warn(form_request.request, base.snapshot if base else None, result.submission.snapshot)
        return response

    def _why_not_again(self, form_request: FormRequest) -> Refusal | None:
        """Whether the opened form has made something new already, and holds another text now."""
        session = form_request.session
        made = drafting.made_with(session.token, by=form_request.request.user)
        if session.draft is not None or made is None:
            return None
        link = format_html(
            '<a href="{}">{}</a>', made.address or reverse("admin:index"), _("See what it made")
        )
        text = _("This form was sent already. To save what you see here as well, press the button again.")
        return Refusal("sent", format_html("{} {}", text, link))

    def _page_with_new_token(self, form_request: FormRequest, refusal: Refusal) -> HttpResponseBase:
        data = form_request.request.POST.copy()
        data["form_token"] = new_token()
        repeated = replayed(form_request.request, data=data)
        return self.form_page(
            self._form_request(repeated, form_request.object_id, form_request.form_url), refusal
        )

    def _invalid_form(self, form_request: FormRequest, result: FormResult) -> HttpResponseBase:
        """The page of an invalid form; if a draft was requested, what was typed is autosaved."""
        request = form_request.request
        if requested_action(request) != "draft":
            return result.response
        fields = typed_fields(request.POST.lists())
        drafting.autosave_form(form_request.session.autosave_key, fields, by=request.user)
        notice = Refusal(
            "unfinished",
            _("It is kept as you typed it, visible only to you. Correct what is marked to make it a draft."),
        )
        return self.form_page(form_request, notice)

    def _carry_out(
        self, form_request: FormRequest, submission: Submission, admin_response: HttpResponseBase
    ) -> HttpResponseBase:
        """Carry out the action of the button; raises Refusal."""
        action = requested_action(form_request.request)
        if action != "publish":
            return _save_draft(form_request, submission, is_submission=action == "submit")
        if form_request.session.draft is not None:
            return self._publish_draft(form_request, form_request.session.draft, submission)
        if submission.form.cleaned_data["publish_at"] is not None:
            return self._schedule(form_request, submission)
        return self._publish_at_once(form_request, submission, admin_response)

    def _publish_draft(
        self, form_request: FormRequest, draft: Proposal, submission: Submission
    ) -> HttpResponseBase:
        """Save the draft and publish it, now or at the chosen time."""
        request, at = form_request.request, submission.form.cleaned_data["publish_at"]
        save: dict[str, Any] = {
            "by": request.user,
            "version": form_request.session.version,
            **submission.form.provenance,
        }
        try:
            finished = drafting.finish_draft(draft, submission.snapshot, at=at, **save)
        except Conflicted:
            saved = drafting.save_draft(draft, submission.snapshot, **save)
            resolve = reverse("admin:publishing_proposal_resolve", args=[saved.pk])
            return redirect(f"{resolve}{filters_query(request)}")
        if finished.meant_for_id is not None:
            return redirect("admin:publishing_proposal_resolve", finished.pk)
        if finished.revision is None:
            return _redirect_to_scheduled(request, finished)
        self._announce(request, finished.revision, is_new=finished.base is None)
        if finished.origin == Origin.PUBLIC:
            return redirect(address_of_next(finished, request))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _schedule(self, form_request: FormRequest, submission: Submission) -> HttpResponseBase:
        """Store a new draft and schedule it."""
        request, at = form_request.request, submission.form.cleaned_data["publish_at"]
        scheduled = drafting.schedule_new(
            submission.snapshot,
            by=request.user,
            base=form_request.session.base,
            at=at,
            **submission.form.provenance,
        )
        return _redirect_to_scheduled(request, scheduled)

    def _publish_at_once(
        self, form_request: FormRequest, submission: Submission, admin_response: HttpResponseBase
    ) -> HttpResponseBase:
        request, base = form_request.request, form_request.session.base
        save: dict[str, Any] = {"by": request.user, "base": base, **submission.form.provenance}
        try:
            revision = publishing.publish_at_once(submission.snapshot, **save)
        except Conflicted:
            mine = drafting.begin_draft(submission.snapshot, **save)
            return redirect("admin:publishing_proposal_resolve", mine.pk)
        self._announce(request, revision, is_new=base is None)
        return admin_response

    def _announce(self, request: HttpRequest, revision: Revision, *, is_new: bool) -> None:
        """Show the editor what was published, and write it to the log of the admin."""
        entry = self.model._default_manager.get(pk=revision.entry_id)
        log = self.log_addition if is_new else self.log_change
        log(request, entry, revision.note)
        text = _("“{title}” is published as revision {number}.")
        link = format_html('<a href="{}">{}</a>', entry.get_absolute_url(), _("See the page"))
        published = format_html(text, title=str(entry), number=revision.number)
        messages.success(request, format_html("{} {}", published, link))


def _save_draft(
    form_request: FormRequest, submission: Submission, *, is_submission: bool
) -> HttpResponseBase:
    """Save the draft, and submit it if requested."""
    request, session = form_request.request, form_request.session
    save: dict[str, Any] = {"by": request.user, **submission.form.provenance}
    if session.draft is None:
        saved = drafting.begin_draft(submission.snapshot, base=session.base, **save)
    else:
        saved = drafting.save_draft(session.draft, submission.snapshot, version=session.version, **save)
    if saved.meant_for_id is not None:
        return redirect("admin:publishing_proposal_resolve", saved.pk)
    if is_submission:
        reviewing.submit(saved, by=request.user)
        messages.success(request, _("Submitted for review."))
        if (newer := NewerRecord.of(saved)) is not None:
            messages.warning(request, newer.message)
        return redirect("admin:publishing_proposal_change", saved.pk)
    messages.success(request, _("The draft is saved. Only those at the desk can see it."))
    return redirect(draft_address(saved))


def _redirect_to_scheduled(request: HttpRequest, proposal: Proposal) -> HttpResponseBase:
    messages.success(request, _("It will be published on its date."))
    if proposal.origin == Origin.PUBLIC:
        return redirect(address_of_next(proposal, request))
    return redirect("admin:publishing_proposal_change", proposal.pk)
