"""The queue of contributions, oldest first, with actions on several at once."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from contributions.admin.bulk import BulkActions
from contributions.admin.filters import AgeFilter, FactFilter, KindInQueueFilter, SenderFilter, StateFilter
from contributions.admin.navigation import undo_context
from contributions.admin.review import ReviewPages
from contributions.models import Contribution
from contributions.review.competing import count_competing
from contributions.review.queue import waiting_time
from contributions.review.summaries import Summary, summaries
from desk.finding import FindsByNames
from publishing.models.entry import kinds
from publishing.vocabulary import ProposalState

CHANGE = (
    '<span class="short-change"><span class="quiet" dir="auto">{}</span> '
    '<del><bdi>{}</bdi></del> <span aria-hidden="true">{}</span> <ins><bdi>{}</bdi></ins></span>'
)
SAYS = '<span class="clamped" lang="{}" dir="auto">{}</span><span class="clamped quiet" dir="auto">{}</span>'


class QueueList(ChangeList):
    """The page of the list, with what each proposal changes, and how many wait on the same fact."""

    def get_results(self, request: HttpRequest) -> None:
        """Find both with one query each for the whole page."""
        super().get_results(request)
        counts = count_competing(self.result_list)
        found = summaries(self.result_list)
        for one in self.result_list:
            one.on_this_fact = counts.get(one.pk, 1)
            one.summary = found[one.pk]


@admin.register(Contribution)
class QueueAdmin(BulkActions, FindsByNames, ReviewPages):
    """What came through the public door."""

    list_display = (
        "named",
        "requested",
        "reason_and_source",
        "state",
        "waiting",
        "sender_language",
        "sent_by",
    )
    list_display_links = ("named",)
    list_filter = (StateFilter, KindInQueueFilter, AgeFilter, "language", SenderFilter, FactFilter)
    list_select_related = ("proposal__entry", "proposal__base", "proposal__revision")
    NAMES_OF = "proposal__entry__"
    FOLDED = ("proposal__folded",)
    AS_WRITTEN = ("source_reference",)
    search_help_text = gettext_lazy("A word of the reason, of the source or of the title")
    ordering = ("proposal__submitted_at", "pk")
    list_per_page = 50
    actions = (
        "accept_selected",
        "decline_selected",
        "accept_typos",
        "decline_all_of_sender",
        "pause_sender",
    )
    change_list_template = "admin/contributions/queue.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list with counts of competing proposals."""
        return QueueList

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the number of undecided contributions of each sender."""
        waiting = Contribution.objects.undecided().filter(sender=OuterRef("sender")).exclude(sender="")
        counted = waiting.order_by().values("sender").annotate(count=Count("pk")).values("count")
        return super().get_queryset(request).annotate(waiting_from_sender=Coalesce(Subquery(counted), 0))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with the last decision that can be undone."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        title = _("Proposals from the public")
        return super().changelist_view(
            request, {"title": title, **undo_context(request), **(extra_context or {})}
        )

    # --- the columns -------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("entry"))
    def named(self, contribution: Contribution) -> str:
        """The entry, with its kind."""
        kind = capfirst(str(kinds()[contribution.proposal.kind]._meta.verbose_name))
        return format_html('<bdi>{}</bdi> <span class="quiet">{}</span>', contribution.proposal.title, kind)

    @admin.display(description=gettext_lazy("state"), ordering="proposal__state")
    def state(self, contribution: Contribution) -> str:
        """The state, and whether it is an appeal."""
        if contribution.proposal.state == ProposalState.DRAFT:
            return _("Being edited by a moderator")
        label = contribution.proposal.get_state_display()
        return _("%(state)s (appeal)") % {"state": label} if contribution.appealed_at else label

    @admin.display(description=gettext_lazy("what it changes"))
    def requested(self, contribution: Contribution) -> str:
        """The first changes with old and new value, and how many proposals wait on the same fact."""
        summary: Summary = contribution.summary  # type: ignore[attr-defined]
        arrow = "←" if get_language_bidi() else "→"
        parts = ((each.label, each.old or "—", arrow, each.new or "—") for each in summary.changes)
        changes = format_html_join("", CHANGE, parts)
        if summary.others:
            changes = format_html('{}<span class="quiet" dir="ltr">+{}</span>', changes, summary.others)
        if (count := getattr(contribution, "on_this_fact", 1)) == 1:
            return changes
        competing = ngettext("%(count)d proposal on this fact", "%(count)d proposals on this fact", count)
        return format_html(
            '{} <strong class="on-this-fact">{}</strong>', changes, competing % {"count": count}
        )

    @admin.display(description=gettext_lazy("reason and source"))
    def reason_and_source(self, contribution: Contribution) -> str:
        """The sender's reason, and the source; or why there is none."""
        source = contribution.source_reference or _("No source: %(why)s") % {
            "why": contribution.why_no_source
        }
        return format_html(
            SAYS,
            contribution.language,
            contribution.reason,
            ", ".join(filter(None, (source, contribution.source_page))),
        )

    @admin.display(description=gettext_lazy("age"), ordering="proposal__submitted_at")
    def waiting(self, contribution: Contribution) -> str:
        """The waiting time, with a class for its colour."""
        return format_html(
            '<span class="age {}">{}</span>', *waiting_time(contribution.proposal, timezone.now())
        )

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def sender_language(self, contribution: Contribution) -> str:
        """The sender's language."""
        return contribution.get_language_display()

    @admin.display(description=gettext_lazy("sender"))
    def sent_by(self, contribution: Contribution) -> str:
        """The start of the sender's digest, and how many of their contributions wait."""
        if not contribution.sender:
            return "—"
        waiting = contribution.waiting_from_sender  # type: ignore[attr-defined]
        count = ngettext("%(count)d waiting", "%(count)d waiting", waiting) % {"count": waiting}
        return format_html(
            '<a href="?sender={}"><code dir="ltr">{}</code></a> ({})',
            contribution.sender,
            contribution.sender[:6],
            count,
        )
