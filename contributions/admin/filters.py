"""The filters of the queue."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contributions.models import Contribution
from contributions.review.touched_fields import fact_label, split_names
from desk.filters import KindFilter
from publishing.models.entry import kinds
from publishing.vocabulary import ProposalState
from publishing.workflow import states


class StateFilter(admin.SimpleListFilter):
    """By state; without a choice, the contributions that wait."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states, and all of them."""
        return [("all", _("All")), *ProposalState.choices]

    def choices(self, changelist: Any) -> Any:
        """The default choice is “waiting”."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Waiting")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Those that wait, including those that a moderator is editing now."""
        chosen = self.value()
        if chosen == "all":
            return queryset
        if chosen in ProposalState.values:
            return queryset.filter(proposal__state=chosen)
        return queryset.filter(proposal__state__in=states.IN_QUEUE)


class KindInQueueFilter(KindFilter):
    """By kind of entry, among the kinds that were sent."""

    lookup = "proposal__kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The kinds of the contributions in the table."""
        found = Contribution.objects.order_by(self.lookup).values_list(self.lookup, flat=True)
        return [(name, capfirst(kinds()[name]._meta.verbose_name)) for name in found.distinct()]


class AgeFilter(admin.SimpleListFilter):
    """By waiting time."""

    title = gettext_lazy("waiting time")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """In time, late, very late."""
        return [("fresh", _("in time")), ("late", _("late")), ("very_late", _("very late"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """By settings.QUEUE_AGES."""
        now, ages = timezone.now(), settings.QUEUE_AGES
        late, very_late = (now - datetime.timedelta(days=ages[name]) for name in ("late", "very_late"))
        if self.value() == "fresh":
            return queryset.filter(proposal__submitted_at__gt=late)
        if self.value() == "late":
            return queryset.filter(proposal__submitted_at__lte=late, proposal__submitted_at__gt=very_late)
        if self.value() == "very_late":
            return queryset.filter(proposal__submitted_at__lte=very_late)
        return queryset


class SenderFilter(admin.SimpleListFilter):
    """By sender, among the senders with most waiting contributions."""

    title = gettext_lazy("sender")
    parameter_name = "sender"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The ten who sent most, with their counts; and the sender that was asked for."""
        waiting = Contribution.objects.undecided().exclude(sender="").order_by()
        most = waiting.values_list("sender").annotate(count=Count("pk")).order_by("-count", "sender")[:10]
        found = [(sender, f"{sender[:6]} ({count})") for sender, count in most]
        asked = request.GET.get(self.parameter_name, "")
        return found if not asked or asked in dict(found) else [*found, (asked, asked[:6])]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Contributions of that sender."""
        return queryset.filter(sender=self.value()) if self.value() else queryset


class FactFilter(admin.SimpleListFilter):
    """By fact that is changed."""

    title = gettext_lazy("fact")
    parameter_name = "fact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The facts that waiting contributions change."""
        waiting = (
            Contribution.objects.undecided().order_by().values_list("proposal__kind", "facts").distinct()
        )
        found = {name: fact_label(kind, name) for kind, facts in waiting for name in split_names(facts)}
        return sorted(found.items(), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Contributions that change it."""
        return queryset.filter(facts__contains=f",{self.value()},") if self.value() else queryset
