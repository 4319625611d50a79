"""Filters of the lists of cases and initiatives; the query string contains the choices."""

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Actor, Case, Initiative, Participation, Place
from cases.models.case import CaseQuerySet
from cases.vocabulary import CeasefireClass, Outcome, PartyRole
from pillars.models import Theme
from publishing.fields.number_fields import WholeNumberField

FIRST_YEAR, LAST_YEAR = 1000, 9999
PAGE = "page"


class YearField(WholeNumberField):
    """A year of four digits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)


class YearFilter(filters.NumberFilter):
    """A filter by year."""

    field_class = YearField


# The questions that bound an interval.
FIRST, LAST = "since", "until"
# Not a question, but how the answer is read.
ORDER = "order"


class EntryFilterSet(filters.FilterSet):
    """Ignores invalid values, reports them, and applies the other filters."""

    # Whether the years came the wrong way round, and were turned.
    are_years_turned = False

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Apply the filters with valid values."""
        asked = self.form.cleaned_data
        if (first := asked.get(FIRST)) and (last := asked.get(LAST)) and first > last:
            asked[FIRST], asked[LAST] = last, first
            self.are_years_turned = True
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def not_understood(self) -> Iterator[tuple[str, str]]:
        """What stands in the address and was passed over: the name and the value."""
        # The form is empty where nothing was asked.
        wrong = self.errors if self.is_bound else {}
        for name, values in self.data.lists() if self.is_bound else ():
            if name == PAGE:
                continue
            # Of several values the last counts.
            is_read = name in self.filters and name not in wrong
            yield from ((name, value) for value in (values[:-1] if is_read else values) if value)

    @property
    def years(self) -> tuple[int, int] | None:
        """The years as they were turned; nothing where they came the right way round."""
        asked = self.form.cleaned_data if self.are_years_turned else {}
        return (asked[FIRST], asked[LAST]) if asked else None

    def near(self) -> list[tuple[str, int, str]]:
        """With one question less each, where there is something: its label, how many there are, the query."""
        found = []
        for name in self._asked().keys() - {ORDER}:
            query = self._without(name)
            relaxed = type(self)(query, queryset=self.queryset.all(), request=self.request)
            if count := relaxed.qs.order_by().count():
                found.append((str(self.form.fields[name].label), count, query.urlencode()))
        return sorted(found)

    def offer(self, name: str, offered: Iterable[tuple[str, Any]]) -> None:
        """Let the list of the question hold these choices only, and what is chosen."""
        field: Any = self.form.fields[name]
        choices = {value: str(label) for value, label in offered}
        chosen = self._asked().get(name)
        if chosen is not None:
            choices.setdefault(getattr(chosen, "slug", chosen), self._value_label(name, chosen))
        field.widget.choices = [("", field.empty_label), *choices.items()]

    def offer_used(self) -> None:
        """Offer in each list what leads to some answer; by default whatever there is."""

    def _asked(self) -> dict[str, Any]:
        asked = self.form.cleaned_data if self.is_bound and self.errors is not None else {}
        return {name: value for name, value in asked.items() if value not in (None, "")}

    @property
    def active_filters(self) -> list[tuple[str, str, str]]:
        """The active filters, as (label, label of the value, query string without this filter)."""
        return [
            (
                str(self.form.fields[name].label),
                self._value_label(name, value),
                self._without(name).urlencode(),
            )
            for name, value in self._asked().items()
        ]

    def _value_label(self, name: str, value: Any) -> str:
        choices = self.filters[name].extra.get("choices", [])
        choices = getattr(choices, "choices", choices)
        return str(dict(choices() if callable(choices) else choices).get(value, value))

    def _without(self, name: str) -> Any:
        query = self.data.copy()
        for gone in (name, PAGE):
            query.pop(gone, None)
        return query


def places(request: Any) -> models.QuerySet:
    """All places; what leads to no case is not offered, but understood."""
    return Place.objects.in_sight().by_title()


def actors(request: Any) -> models.QuerySet:
    """All actors, likewise."""
    return Actor.objects.in_sight().by_title()


def by_slug(entries: models.QuerySet) -> list[tuple[str, str]]:
    """The entries as choices of a list."""
    return [(one.slug, str(one)) for one in entries]


def used_words(
    choices: type[models.TextChoices], column: str, rows: models.QuerySet
) -> list[tuple[str, Any]]:
    """The words of the vocabulary that some row has."""
    used = {*rows.order_by().values_list(column, flat=True).distinct()}
    return [(value, label) for value, label in choices.choices if value in used]


def themes(request: Any) -> models.QuerySet:
    """All themes."""
    return Theme.objects.in_sight().order_by("position", "pk")


class CaseFilter(EntryFilterSet):
    """Cases by class, outcome, country, actor and role, theme and years."""

    ceasefire_class = filters.ChoiceFilter(
        label=_("Class"), choices=CeasefireClass, empty_label=_("Any class")
    )
    outcome = filters.ChoiceFilter(label=_("Outcome"), choices=Outcome, empty_label=_("Any outcome"))
    country = filters.ModelChoiceFilter(
        label=_("Country"),
        field_name="countries",
        queryset=places,
        to_field_name="slug",
        empty_label=_("Any country"),
    )
    actor = filters.ModelChoiceFilter(
        label=_("Actor"), queryset=actors, to_field_name="slug", method="by_part", empty_label=_("Any actor")
    )
    role = filters.ChoiceFilter(
        label=_("Role"), choices=PartyRole, method="by_part", empty_label=_("Any role")
    )
    theme = filters.ModelChoiceFilter(
        label=_("Theme"),
        field_name="themes",
        queryset=themes,
        to_field_name="slug",
        empty_label=_("Any theme"),
    )
    since = YearFilter(label=_("From year"), method="by_years")
    until = YearFilter(label=_("To year"), method="by_years")
    order = filters.ChoiceFilter(
        label=_("Order"),
        choices=[("oldest", _("Oldest first")), ("title", _("By title"))],
        method="by_order",
        empty_label=_("Newest first"),
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def offer_used(self) -> None:
        """What some case has; actors also by what is part of them."""
        cases, parts = Case.objects.published(), Participation.objects.all()
        self.offer("ceasefire_class", used_words(CeasefireClass, "ceasefire_class", cases))
        self.offer("outcome", used_words(Outcome, "outcome", cases))
        self.offer("role", used_words(PartyRole, "role", parts))
        self.offer("country", by_slug(places(None).filter(cases__in=cases).distinct()))
        self.offer("theme", by_slug(themes(None).filter(cases__in=cases).distinct()))
        self.offer("actor", by_slug(Actor.objects.published().having_parts().by_title()))

    @property
    def organs(self) -> list[Actor]:
        """What is part of the actor that is asked for: it is counted, too."""
        actor = self._asked().get("actor")
        if actor is None:
            return []
        keys = [key for key in actor.with_organs() if key != actor.pk]
        parts = Participation.objects.filter(actor__in=keys)
        return list(Actor.objects.filter(pk__in=parts.values("actor")).by_title()) if keys else []

    def by_part(self, cases: models.QuerySet, name: str, value: Any) -> models.QuerySet:
        """Actor and role must match the same participation, so they are applied together, once.

        Participations of organs of the actor count.
        """
        asked = self.form.cleaned_data
        actor, role = asked.get("actor"), asked.get("role")
        if name == "role" and actor:
            return cases
        parts = Participation.objects.filter(case=models.OuterRef("pk"))
        if actor:
            parts = parts.filter(actor__in=actor.with_organs())
        if role:
            parts = parts.filter(role=role)
        return cases.filter(models.Exists(parts))

    def by_years(self, cases: CaseQuerySet, name: str, value: int) -> models.QuerySet:
        """The two years are the limits of one interval, so they are applied together, once."""
        asked = self.form.cleaned_data
        if name == "until" and asked.get("since"):
            return cases
        return cases.in_years(asked.get("since"), asked.get("until"))

    def by_order(self, cases: CaseQuerySet, name: str, value: str) -> models.QuerySet:
        """Oldest first, or by title."""
        return cases.by_title() if value == "title" else cases.oldest_first()


class InitiativeFilter(EntryFilterSet):
    """Initiatives by theme and country."""

    theme = filters.ModelChoiceFilter(
        label=_("Theme"),
        field_name="main_theme",
        queryset=themes,
        to_field_name="slug",
        empty_label=_("Any theme"),
    )
    country = filters.ModelChoiceFilter(
        label=_("Country"),
        field_name="countries",
        queryset=places,
        to_field_name="slug",
        empty_label=_("Any country"),
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def offer_used(self) -> None:
        """What some initiative has."""
        initiatives = Initiative.objects.published()
        self.offer("theme", by_slug(themes(None).filter(initiatives__in=initiatives).distinct()))
        self.offer("country", by_slug(places(None).filter(initiatives__in=initiatives).distinct()))
