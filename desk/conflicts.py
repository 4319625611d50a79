"""The page on which a person merges two versions of an entry, or two saves of a draft."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.addresses import desk_address, draft_address
from desk.forms.conflicts import ConflictForm
from desk.next_proposal import address_of_next
from desk.sides_of_conflict import ConflictVersions, SidesOfConflict, names_of_sides
from publishing import comparison, rules, snapshots
from publishing.actions import drafting, publishing, rewording
from publishing.models import Proposal, Revision
from publishing.proposals import three_sides
from publishing.refusals import NotPermitted
from publishing.rules import Conflicted, Refusal
from publishing.snapshots import ABSENT
from publishing.vocabulary import ProposalState


class ConflictPages(admin.ModelAdmin):
    """Adds the page on which a conflict is resolved."""

    def get_urls(self) -> list:
        """Also the address of that page."""
        resolve = self.admin_site.admin_view(self.resolve_view)
        return [path("<uuid:key>/resolve/", resolve, name="publishing_proposal_resolve"), *super().get_urls()]

    def resolve_view(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        """Show base, theirs and mine, path by path; on POST save or publish what was chosen."""
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
        versions = _with_draft(proposal) if is_late else _with_public(proposal)
        merge = snapshots.merge(*versions.sides)
        sides = names_of_sides(versions, merge.conflicts, request.user)
        form = ConflictForm(
            request.POST or None,
            conflicts=merge.conflicts,
            against=versions.against,
            theirs=sides.theirs,
            mine=sides.mine,
            proposal=proposal,
        )
        if request.method == "POST" and form.is_valid():
            try:
                return redirect(_resolve(request, versions, form))
            except Conflicted:
                messages.warning(request, _("It was changed again. Please look once more."))
                return redirect(request.get_full_path())
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        context = {
            **self.admin_site.each_context(request),
            **_sides(versions, merge, form, sides, request.user),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/publishing/resolve.html", context)


def _with_public(proposal: Proposal) -> ConflictVersions:
    newest = Revision.objects.newest_of(proposal.base.entry_id)  # type: ignore[union-attr]
    return ConflictVersions(
        proposal, three_sides(proposal, newest), newest.number, desk_address(newest.entry)
    )


def _with_draft(proposal: Proposal) -> ConflictVersions:
    draft: Any = proposal.meant_for
    return ConflictVersions(
        proposal, drafting.sides_of_late_save(proposal), draft.version, draft_address(draft)
    )


def _resolve(request: HttpRequest, versions: ConflictVersions, form: ConflictForm) -> str:
    """Resolve the conflict as chosen; returns the address to redirect to."""
    chosen = {"choices": form.choices, "against": form.cleaned_data["against"]}
    if versions.is_late_save:
        draft = drafting.resolve_late_save(versions.proposal, by=request.user, **chosen)
        messages.success(request, _("The draft is saved. Only those at the desk can see it."))
        return draft_address(draft)
    if versions.proposal.state == ProposalState.DRAFT and rules.why_not_publish_oneself(
        versions.proposal, request.user
    ):
        draft = publishing.resolve(versions.proposal, by=request.user, **chosen)
        messages.success(request, _("The draft is saved. Only those at the desk can see it."))
        return draft_address(draft)
    revision = rewording.reword_and_resolve(versions.proposal, by=request.user, **form.note, **chosen)
    if revision is None:
        message = _("“%(title)s” keeps what is public; the proposal is closed as overtaken.")
        messages.success(request, message % {"title": versions.proposal.title})
    else:
        messages.success(request, _("Published as revision %(number)d.") % {"number": revision.number})
    if versions.is_of_another(request.user):
        return address_of_next(versions.proposal, request)
    return versions.back


def _sides(
    versions: ConflictVersions, merge: snapshots.Merge, form: ConflictForm, sides: SidesOfConflict, by: Any
) -> dict[str, Any]:
    base, theirs, mine = versions.sides
    describer = comparison.Describer(versions.proposal.kind, base, theirs, mine)
    title = _("Two versions of “%(title)s”") if sides.is_of_one else _("Two people changed “%(title)s”")
    return {
        "title": title % {"title": versions.proposal.title},
        "desk": versions.back,
        # A moderator came from the proposal, its author from the form of the entry.
        "later": reverse("admin:publishing_proposal_change", args=[versions.proposal.pk])
        if versions.is_of_another(by) and not versions.is_late_save
        else versions.back,
        "is_late_save": versions.is_late_save,
        "withdraw": _address_to_withdraw(versions, by),
        "sides": sides,
        "conflicts": [
            {
                "label": describer.label(conflict.path),
                "base": describer.value(conflict.path, conflict.base),
                "theirs": _value(
                    describer, conflict.theirs, conflict, [(row.path, row.old) for row in conflict.below]
                ),
                "mine": _value(
                    describer, conflict.mine, conflict, [(row.path, row.new) for row in conflict.below]
                ),
                "field": form[form.name_of(conflict.path)],
            }
            for conflict in merge.conflicts
        ],
        **{
            name: describer.lines(
                change
                for change in snapshots.diff(base, side)
                if not any(conflict.decides(change.path) for conflict in merge.conflicts)
            )
            for name, side in {"theirs": theirs, "mine": mine}.items()
        },
    }


def _address_to_withdraw(versions: ConflictVersions, by: Any) -> str:
    """The address at which a late save is withdrawn; "" for others, which have a page with all steps."""
    late = versions.proposal
    if not versions.is_late_save or rules.why_not("withdraw", late, by, timezone.now()):
        return ""
    return reverse("admin:publishing_proposal_step", args=[late.pk, "withdraw"])


def _value(
    describer: comparison.Describer,
    value: Any,
    conflict: snapshots.Conflict,
    below: list[tuple[snapshots.Path, Any]],
) -> str:
    """The value of one side in words, with the rows below that belong to the conflict."""
    texts = [describer.value(conflict.path, value)]
    texts += [
        f"{describer.label(path)}\n{describer.value(path, row)}" for path, row in below if row is not ABSENT
    ]
    return "\n\n".join(filter(None, texts))
