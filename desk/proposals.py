"""The desk for proposals: the queue, the review of one, its preview, and what is typed meanwhile."""

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
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.addresses import draft_address, parse_uuid
from desk.conflicts import ConflictPages
from desk.filters import KindFilter
from desk.finding import FindsByNames
from desk.forms.review import CommentForm, ShareForm, StepForm
from desk.history import HistoryAccessMixin
from desk.hooks import review_pages
from desk.review import ReviewForms, review_context
from publishing import rules
from publishing.actions import drafting, reviewing, rewording
from publishing.languages import PAGE_LANGUAGES, language_names
from publishing.models import PreviewLink, Proposal
from publishing.models.entry import kinds
from publishing.people import display_name
from publishing.previews import preview
from publishing.proposals import changes_of
from publishing.rules import Conflicted, Refusal
from publishing.vocabulary import ProposalState
from publishing.workflow import states
from publishing.workflow.running import run
from publishing.workflow.transitions import TRANSITIONS

MAX_TYPED = 4_000


class WaitingFilter(admin.SimpleListFilter):
    """What somebody has to do something about."""

    title = gettext_lazy("waiting")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """For whom it waits."""
        return [
            ("review", _("For review")),
            ("mine", _("For me: drafts and returned proposals")),
            ("claimed", _("Reviews I have taken on")),
            ("held_back", _("Held back on their date")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet:
        """By state, author and claim."""
        chosen = self.value()
        if chosen == "review":
            return queryset.waiting()
        if chosen == "mine":
            return queryset.filter(author=request.user.pk, state__in=states.WITH_AUTHOR)
        if chosen == "claimed":
            return queryset.filter(claimed_by=request.user.pk, claimed_until__gt=timezone.now())
        if chosen == "held_back":
            return queryset.undecided().exclude(held_back="")
        return queryset


@admin.register(Proposal)
class ProposalAdmin(FindsByNames, ConflictPages, HistoryAccessMixin):
    """What people would like entries to be: the queue of what waits, and what became of the rest."""

    list_display = ("named", "kind_name", "state", "written_by", "waits", "size", "speaks", "said")
    list_filter = (WaitingFilter, "state", "origin", KindFilter)
    list_select_related = ("entry", "author", "base")
    NAMES_OF = "entry__"
    FOLDED = ("folded",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """One's own; all of them for whoever may see them."""
        proposals = super().get_queryset(request).filter(meant_for=None)
        sees_all = rules.why_not_see(Proposal(), request.user) is None
        return proposals if sees_all else proposals.filter(author=request.user.pk)

    def get_urls(self) -> list:
        """Also the steps, the previews, comments, links, and what is typed."""
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
        """What it changes, what was said of it, and what may be done with it."""
        proposal = self._proposal(request, parse_uuid(object_id))
        if proposal.meant_for_id is not None:
            return redirect("admin:publishing_proposal_resolve", proposal.pk)
        if elsewhere := _reviewed_elsewhere(proposal):
            return redirect(elsewhere)
        return self._review(request, proposal)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Its own page tells what became of it."""
        return redirect("admin:publishing_proposal_change", self._proposal(request, parse_uuid(object_id)).pk)

    def _proposal(self, request: HttpRequest, key: Any) -> Proposal:
        """The proposal, if the person may read it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Proposal.objects.select_related("base__entry", "author", "claimed_by", "revision")
        proposal = get_object_or_404(found, pk=key)
        if rules.why_not_see(proposal, request.user):
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
        """Take the proposal a step further; a refusal keeps what was typed."""
        proposal = self._proposal(request, key)
        if name not in TRANSITIONS:
            raise Http404
        if request.method != "POST":
            return redirect("admin:publishing_proposal_change", proposal.pk)
        form = StepForm(request.POST, changes=changes_of(proposal), proposal=proposal, step=name)
        if not form.is_valid():
            return self._review(request, proposal, step=form)
        try:
            if form.rewording:
                proposal = rewording.reword(proposal, by=request.user, **form.rewording)
            run(name, proposal, by=request.user, given=form.given)
        except Conflicted:
            return redirect("admin:publishing_proposal_resolve", proposal.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self._review(request, proposal, step=form)
        messages.success(request, TRANSITIONS[name].done)
        return redirect(after(name, proposal))

    def comment_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """Say something of it."""
        proposal, form = self._proposal(request, key), CommentForm(request.POST)
        if request.method == "POST" and not form.is_valid():
            return self._review(request, proposal, comment=form)
        if request.method == "POST":
            said = form.cleaned_data
            try:
                reviewing.comment(proposal, by=request.user, text=said["text"], path=said["path"])
            except Refusal as refusal:
                form = CommentForm({"text": said["text"]})
                form.add_error("text", refusal.message)
                return self._review(request, proposal, comment=form)
        return redirect("admin:publishing_proposal_change", proposal.pk)

    # --- looking -----------------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, key: Any, language: str) -> HttpResponse:
        """The page that it would make."""
        if language not in PAGE_LANGUAGES:
            raise Http404
        return preview(self._proposal(request, key), request, language)

    def share_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """Make a link for a reader without an account, shown this once."""
        proposal, form = self._proposal(request, key), ShareForm(request.POST)
        if request.method != "POST" or not form.is_valid():
            return self._review(request, proposal, share=form if request.method == "POST" else None)
        _link, token = reviewing.share_preview(proposal, by=request.user, days=form.cleaned_data["days"])
        address = request.build_absolute_uri(reverse("preview", args=[token]))
        return self._review(request, proposal, shared=address)

    def revoke_view(self, request: HttpRequest, key: Any, link: int) -> HttpResponseBase:
        """Let a link lead nowhere from now on."""
        proposal = self._proposal(request, key)
        if request.method == "POST":
            found = get_object_or_404(PreviewLink, proposal=proposal, pk=link)
            try:
                reviewing.revoke_preview(found, by=request.user)
            except Refusal as refusal:
                messages.error(request, refusal.message)
            else:
                messages.success(request, _("The link no longer works."))
        return redirect("admin:publishing_proposal_change", proposal.pk)

    # --- what is typed ---------------------------------------------------------------------

    def typing_view(self, request: HttpRequest, form_key: str) -> HttpResponse:
        """Keep what stands in a form, if anything was sent, and say who else has it open."""
        if request.method != "POST" or not _is_form_key(form_key) or _is_hidden(form_key, request.user):
            raise Http404
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        typed = [one for one in fields if one[0] != "csrfmiddlewaretoken"]
        if typed and len(typed) <= MAX_TYPED:
            drafting.autosave_form(form_key, typed, by=request.user)
        others = drafting.note_presence(form_key, by=request.user)
        return JsonResponse(
            {"others": [display_name(one.by) for one in others], "at": timezone.now().isoformat()}
        )

    def discard_view(self, request: HttpRequest, form_key: str) -> HttpResponseBase:
        """What was typed is not wanted."""
        if request.method != "POST" or not _is_form_key(form_key):
            raise Http404
        drafting.discard_autosave(form_key, by=request.user)
        back = request.POST.get("back", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        return redirect(back if is_ours else "admin:index")

    # --- the list ----------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("entry"), ordering="entry")
    def named(self, proposal: Proposal) -> str:
        """The entry's title, or the one that it would have."""
        return proposal.title

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_name(self, proposal: Proposal) -> str:
        """The kind of entry, in words."""
        return capfirst(str(kinds()[proposal.kind]._meta.verbose_name))

    @admin.display(description=gettext_lazy("author"), ordering="author")
    def written_by(self, proposal: Proposal) -> str:
        """By name; who sent it through the public door and wished to be credited, too."""
        return display_name(proposal.author) or proposal.credit or "—"

    @admin.display(description=gettext_lazy("languages"), ordering="languages")
    def speaks(self, proposal: Proposal) -> str:
        """The languages of the texts that it changes, in words."""
        return language_names(proposal.languages)

    @admin.display(description=gettext_lazy("public note"), ordering="note")
    def said(self, proposal: Proposal) -> str:
        """Its beginning, in the direction of its own language."""
        marked = '<span class="clamped" lang="{}" dir="auto">{}</span>'
        return format_html(marked, proposal.note_language, proposal.note) if proposal.note else "—"

    @admin.display(description=gettext_lazy("age"), ordering="submitted_at")
    def waits(self, proposal: Proposal) -> str:
        """How long ago it was submitted, or begun."""
        moment = proposal.submitted_at or proposal.created_at
        is_fresh = timezone.now() - moment < datetime.timedelta(minutes=1)
        return _("just now") if is_fresh else timesince(moment, depth=1)


def after(step: str, proposal: Proposal) -> str:
    """Where one goes on when a step is done."""
    if TRANSITIONS[step].target == ProposalState.DRAFT:
        return draft_address(proposal)
    return reverse("admin:publishing_proposal_change", args=[proposal.pk])


def _reviewed_elsewhere(proposal: Proposal) -> str:
    """The address at which another app reviews such a proposal."""
    addresses = (page(proposal) for page in review_pages)
    return next((address for address in addresses if address), "")


def _is_hidden(form_key: str, by: Any) -> bool:
    """Whether it is a draft of which the person may not even know who writes at it."""
    key = parse_uuid(form_key)
    draft = Proposal.objects.filter(pk=key).first() if key is not None else None
    return draft is not None and rules.why_not_see(draft, by) is not None


def _is_form_key(text: str) -> bool:
    return parse_uuid(text) is not None or (text.startswith("add:") and text[4:] in kinds())
