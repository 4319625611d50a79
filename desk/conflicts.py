"""The page on which two versions of an entry, or two saves of a draft, become one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from desk.addresses import desk_address, draft_address
from desk.forms.conflicts import ConflictForm
from publishing import comparison, rules, snapshots
from publishing.actions import drafting, publishing
from publishing.models import Proposal, Revision
from publishing.proposals import three_sides
from publishing.refusals import NotPermitted
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import ABSENT, Snapshot
from publishing.vocabulary import ProposalState


@dataclass
class ConflictVersions:
    """Two versions that meet: theirs is public or in the draft, mine is the proposal's."""

    proposal: Proposal
    sides: tuple[Snapshot, Snapshot, Snapshot]
    against: int
    back: str

    @property
    def is_late_save(self) -> bool:
        """They meet in a draft, and nothing is published."""
        return self.proposal.meant_for_id is not None


class ConflictPages(admin.ModelAdmin):
    """Adds the page on which a conflict is resolved."""

    def get_urls(self) -> list:
        """Its address."""
        resolve = self.admin_site.admin_view(self.resolve_view)
        return [path("<uuid:key>/resolve/", resolve, name="publishing_proposal_resolve"), *super().get_urls()]

    def resolve_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """Base, theirs and mine, path by path; then save or publish what was chosen."""
        proposal = get_object_or_404(
            Proposal.objects.select_related("base__entry", "meant_for__base__entry"), pk=key
        )
        refusal = rules.why_not_resolve(proposal, request.user)
        if isinstance(refusal, NotPermitted):
            raise PermissionDenied
        is_late = proposal.meant_for is not None
        if refusal or (proposal.base is None and not is_late):
            messages.info(request, _("This proposal has already been decided."))
            return redirect("admin:publishing_proposal_changelist")
        meeting = _late(proposal) if is_late else _with_public(proposal)
        merge = snapshots.merge(*meeting.sides)
        form = ConflictForm(request.POST or None, conflicts=merge.conflicts, against=meeting.against)
        if request.method == "POST" and form.is_valid():
            try:
                return redirect(_settle(request, meeting, form))
            except Conflicted:
                messages.warning(request, _("It was changed again. Please look once more."))
                return redirect("admin:publishing_proposal_resolve", proposal.pk)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form}
        return TemplateResponse(
            request, "admin/publishing/resolve.html", context | _sides(meeting, merge, form)
        )


def _with_public(proposal: Proposal) -> ConflictVersions:
    newest = Revision.objects.newest_of(proposal.base.entry_id)  # type: ignore[union-attr]
    return ConflictVersions(
        proposal, three_sides(proposal, newest), newest.number, desk_address(newest.entry)
    )


def _late(proposal: Proposal) -> ConflictVersions:
    draft: Any = proposal.meant_for
    return ConflictVersions(
        proposal, drafting.sides_of_late_save(proposal), draft.version, draft_address(draft)
    )


def _settle(request: HttpRequest, meeting: ConflictVersions, form: ConflictForm) -> str:
    """Do what was chosen; the address to go on at."""
    chosen = {"choices": form.choices, "against": form.cleaned_data["against"]}
    if meeting.is_late_save:
        draft = drafting.resolve_late_save(meeting.proposal, by=request.user, **chosen)
        messages.success(request, _("The draft is saved. Only those at the desk can see it."))
        return draft_address(draft)
    if meeting.proposal.state == ProposalState.DRAFT and rules.why_not_publish_oneself(
        meeting.proposal, request.user
    ):
        draft = publishing.resolve(meeting.proposal, by=request.user, **chosen)
        messages.success(request, _("The draft is saved. Only those at the desk can see it."))
        return draft_address(draft)
    revision = publishing.resolve_and_publish(meeting.proposal, by=request.user, **chosen)
    messages.success(request, _("Published as revision %(number)d.") % {"number": revision.number})
    return desk_address(revision.entry)


def _sides(meeting: ConflictVersions, merge: snapshots.Merge, form: ConflictForm) -> dict[str, Any]:
    base, theirs, mine = meeting.sides
    describer = comparison.Describer(meeting.proposal.kind, base, theirs, mine)
    return {
        "title": _("Two people changed “%(title)s”") % {"title": meeting.proposal.title},
        "desk": meeting.back,
        "is_late_save": meeting.is_late_save,
        "conflicts": [
            {
                "label": describer.label(one.path),
                "base": describer.value(one.path, one.base),
                "theirs": _value(describer, one.theirs, one, [(row.path, row.old) for row in one.below]),
                "mine": _value(describer, one.mine, one, [(row.path, row.new) for row in one.below]),
                "field": form[form.name_of(one.path)],
            }
            for one in merge.conflicts
        ],
        **{
            name: describer.lines(
                one
                for one in snapshots.diff(base, side)
                if not any(conflict.holds(one.path) for conflict in merge.conflicts)
            )
            for name, side in {"theirs": theirs, "mine": mine}.items()
        },
    }


def _value(
    describer: comparison.Describer,
    value: Any,
    conflict: snapshots.Conflict,
    below: list[tuple[snapshots.Path, Any]],
) -> str:
    """What a side says, and the rows below that are decided with it."""
    texts = [describer.value(conflict.path, value)]
    texts += [
        f"{describer.label(path)}\n{describer.value(path, row)}" for path, row in below if row is not ABSENT
    ]
    return "\n\n".join(filter(None, texts))
