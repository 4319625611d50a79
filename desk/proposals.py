"""The admin of proposals: the queue, review, previews, and autosaves of forms."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from desk.addresses import filters_query, parse_uuid
from desk.autosaves import split_autosave_key, typed_fields
from desk.conflicts import ConflictPages
from desk.filters import ImportFilter, KindFilter, WaitingFilter
from desk.finding import FindsByNames
from desk.forms.review import CommentForm, ShareForm, StepForm
from desk.history import HistoryAccessMixin
from desk.hooks import review_pages
from desk.next_proposal import address_after, address_in_conflict, address_of_next, review_address
from desk.review import ReviewForms, review_context
from desk.threads import open_since
from publishing import rules
from publishing.actions import drafting, reviewing, rewording
from publishing.languages import PAGE_LANGUAGES, active_language, language_names
from publishing.models import PreviewLink, Proposal
from publishing.models.entry import kinds
from publishing.models.names import ByTitle
from publishing.people import display_name
from publishing.previews import preview
from publishing.proposals import changes_of
from publishing.rules import Conflicted, Refusal
from publishing.waiting_times import time_since
from publishing.workflow import states
from publishing.workflow.running import run
from publishing.workflow.transitions import TRANSITIONS


@admin.register(Proposal)
class ProposalAdmin(FindsByNames, ConflictPages, HistoryAccessMixin):
    """The queue of proposals and the pages of each: review, steps, comments, previews."""

    list_display = (
        "named",
        "kind_name",
        "state",
        "written_by",
        "age",
        "size",
        "changed_languages",
        "public_note",
    )
    list_filter = (WaitingFilter, ImportFilter, "state", "origin", KindFilter)
    list_select_related = ("entry", "author", "base")
    NAMES_OF = "entry__"
    FOLDED = ("folded",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """All proposals if the person may see them, else their own."""
        proposals = super().get_queryset(request).filter(meant_for=None)
        sees_all = rules.why_not_read(Proposal(), request.user) is None
        proposals = proposals.filter(models.Q(is_practice=False) | models.Q(author=request.user.pk))
        return proposals if sees_all else proposals.filter(author=request.user.pk)

    def get_urls(self) -> list:
        """Also the addresses of steps, comments, previews, links and autosaves."""
        own: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("<uuid:key>/step/<slug:name>/", self.step_view, "step"),
            ("<uuid:key>/comment/", self.comment_view, "comment"),
            ("<uuid:key>/preview/<slug:language>/", self.preview_view, "preview"),
            ("<uuid:key>/share/", self.share_view, "share"),
            ("<uuid:key>/share/<int:link>/revoke/", self.revoke_view, "revoke"),
            ("typing/<str:form_key>/", self.typing_view, "typing"),
            ("typing/<str:form_key>/discard/", self.discard_view, "discard"),
        ]
        views = [
            path(route, self.admin_site.admin_view(view), name=f"publishing_proposal_{name}")
            for route, view, name in own
        ]
        return [*views, *super().get_urls()]

    # --- one proposal ----------------------------------------------------------------------

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The review page: what the proposal changes, the comments on it, and the possible steps."""
        proposal = self._proposal(request, parse_uuid(object_id))
        if proposal.meant_for_id is not None and proposal.state in states.OPEN:
            return redirect("admin:publishing_proposal_resolve", proposal.pk)
        if address := _other_review_page(proposal):
            return redirect(f"{address}{filters_query(request)}")
        return self._review(request, proposal)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Redirect to the review page, which shows the history of the proposal."""
        return redirect("admin:publishing_proposal_change", self._proposal(request, parse_uuid(object_id)).pk)

    def _proposal(self, request: HttpRequest, key: Any) -> Proposal:
        """The proposal; 403 or 404 if the person may not read it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        queryset = Proposal.objects.select_related("base__entry", "author", "claimed_by", "revision")
        proposal = get_object_or_404(queryset, pk=key)
        if rules.why_not_read(proposal, request.user):
            raise Http404
        return proposal

    def _review(self, request: HttpRequest, proposal: Proposal, **sent: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **review_context(proposal, request, ReviewForms(**sent)),
        }
        return TemplateResponse(request, "admin/publishing/review.html", context)

    def step_view(self, request: HttpRequest, key: Any, name: str) -> HttpResponseBase:
        """Take a step; after a refusal the form keeps what was typed."""
        proposal = self._proposal(request, key)
        if name not in TRANSITIONS:
            raise Http404
        if request.method != "POST":
            return redirect(review_address(proposal, request))
        is_review = proposal.state in states.WAITING
        form = StepForm(request.POST, changes=changes_of(proposal), proposal=proposal, step=name)
        if not form.is_valid():
            return self._review(request, proposal, step=form)
        try:
            if form.rewording:
                proposal = rewording.reword(proposal, by=request.user, **form.rewording)
            if form.asks_for_sources:
                is_confirmed = form.cleaned_data["sources_confirmed"]
                proposal = rewording.confirm_sources(proposal, by=request.user, is_confirmed=is_confirmed)
            run(name, proposal, by=request.user, given=form.given)
        except Conflicted:
            return redirect(address_in_conflict(name, proposal, request))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self._review(request, proposal, step=form)
        messages.success(request, TRANSITIONS[name].done)
        if is_review and TRANSITIONS[name].ends_review:
            return redirect(address_of_next(proposal, request))
        return redirect(address_after(name, proposal, request))

    def comment_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """Comment on the proposal."""
        proposal, form = self._proposal(request, key), CommentForm(request.POST)
        if request.method == "POST" and not form.is_valid():
            return self._review(request, proposal, comment=form)
        if request.method == "POST":
            data = form.cleaned_data
            try:
                reviewing.comment(proposal, by=request.user, text=data["text"], path=data["path"])
            except Refusal as refusal:
                form = CommentForm({"text": data["text"]})
                form.add_error("text", refusal.message)
                return self._review(request, proposal, comment=form)
        return redirect(review_address(proposal, request))

    # --- previews ----------------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, key: Any, language: str) -> HttpResponse:
        """The page of the entry with the proposal."""
        if language not in PAGE_LANGUAGES:
            raise Http404
        return preview(self._proposal(request, key), request, language)

    def share_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """Create a preview link for a person without an account; its address is shown only once."""
        proposal, form = self._proposal(request, key), ShareForm(request.POST)
        if request.method != "POST" or not form.is_valid():
            return self._review(request, proposal, share=form if request.method == "POST" else None)
        try:
            _link, token = reviewing.share_preview(proposal, by=request.user, days=form.cleaned_data["days"])
        except Refusal as refusal:
            form.add_error("days", refusal.message)
            return self._review(request, proposal, share=form)
        with override(_language_of(proposal)):
            address = request.build_absolute_uri(reverse("preview", args=[token]))
        return self._review(request, proposal, shared=address)

    def revoke_view(self, request: HttpRequest, key: Any, link: int) -> HttpResponseBase:
        """Revoke a preview link."""
        proposal = self._proposal(request, key)
        if request.method == "POST":
            preview_link = get_object_or_404(PreviewLink, proposal=proposal, pk=link)
            try:
                reviewing.revoke_preview(preview_link, by=request.user)
            except Refusal as refusal:
                messages.error(request, refusal.message)
            else:
                messages.success(request, _("The link no longer works."))
        return redirect(review_address(proposal, request))

    # --- autosaves -------------------------------------------------------------------------

    def typing_view(self, request: HttpRequest, form_key: str) -> HttpResponse:
        """Save what was typed, if anything was sent, and answer who else has the form open."""
        shared_key, _token = split_autosave_key(form_key)
        if request.method != "POST" or not shared_key or _is_hidden(shared_key, request.user):
            raise Http404
        if fields := typed_fields(request.POST.lists()):
            drafting.autosave_form(form_key, fields, by=request.user)
        others = drafting.note_presence(shared_key, by=request.user)
        return JsonResponse(
            {"others": [open_since(presence) for presence in others], "at": timezone.now().isoformat()}
        )

    def discard_view(self, request: HttpRequest, form_key: str) -> HttpResponseBase:
        """Discard the autosave and return to the form."""
        if request.method != "POST" or not split_autosave_key(form_key)[0]:
            raise Http404
        drafting.discard_autosave(form_key, by=request.user)
        address = request.POST.get("back", "")
        is_internal = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
        return redirect(address if is_internal and address.startswith("/") else "admin:index")

    # --- the list ----------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("entry"), ordering=ByTitle("entry__"))
    def named(self, proposal: Proposal) -> str:
        """The title of the entry, or that of the new entry."""
        return proposal.title

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_name(self, proposal: Proposal) -> str:
        """The name of the kind of entry."""
        return capfirst(str(kinds()[proposal.kind]._meta.verbose_name))

    @admin.display(description=gettext_lazy("author"), ordering="author")
    def written_by(self, proposal: Proposal) -> str:
        """The name of the author, or the credited name of a sender from the public door."""
        return display_name(proposal.author) or proposal.credit or "—"

    @admin.display(description=gettext_lazy("languages"), ordering="languages")
    def changed_languages(self, proposal: Proposal) -> str:
        """The names of the languages that it changes."""
        return language_names(proposal.languages)

    @admin.display(description=gettext_lazy("public note"), ordering="note")
    def public_note(self, proposal: Proposal) -> str:
        """The start of the note, in its own language and direction."""
        html = '<span class="clamped" lang="{}" dir="auto">{}</span>'
        return format_html(html, proposal.note_language, proposal.note) if proposal.note else "—"

    @admin.display(description=gettext_lazy("age"), ordering="submitted_at")
    def age(self, proposal: Proposal) -> str:
        """How long ago it was submitted, or created if it was not."""
        start = proposal.submitted_at or proposal.created_at
        is_fresh = timezone.now() - start < datetime.timedelta(minutes=1)
        return _("just now") if is_fresh else time_since(start)


def _language_of(proposal: Proposal) -> str:
    """The only language that the proposal changes; of several, or none, the one of the page."""
    changed = [one for one in PAGE_LANGUAGES if one in proposal.languages.split(",")]
    return changed[0] if len(changed) == 1 else active_language()


def _other_review_page(proposal: Proposal) -> str:
    """The address at which another app reviews the proposal; "" if none does."""
    addresses = (page(proposal) for page in review_pages)
    return next((address for address in addresses if address), "")


def _is_hidden(form_key: str, by: Any) -> bool:
    """Whether the form is that of a draft which the person may not see."""
    key = parse_uuid(form_key)
    draft = Proposal.objects.filter(pk=key).first() if key is not None else None
    return draft is not None and rules.why_not_read(draft, by) is not None
