"""Filters of the lists of cases and initiatives; the query string contains the choices."""

from typing import Any

import django_filters as filters
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Actor, Case, Initiative, Place
from cases.models.case import CaseQuerySet
from cases.vocabulary import CeasefireClass, Outcome, PartyRole
from pillars.models import Theme

FIRST_YEAR, LAST_YEAR = 1000, 9999


class YearField(forms.IntegerField):
    """A year of four digits."""

    def __init__(self, **options: Any) -> None:
        # A text input keeps what was typed when it is no year; a number input drops it.
        options["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "maxlength": 4})
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)


class YearFilter(filters.NumberFilter):
    """A filter by year."""

    field_class = YearField


class EntryFilterSet(filters.FilterSet):
    """Ignores invalid values, shows the error beside the field, and applies the other filters."""

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Apply the filters with valid values."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def active_filters(self) -> list[tuple[str, str, str]]:
        """The active filters, as (label, label of the value, query string without this filter)."""
        asked = self.form.cleaned_data if self.is_bound and self.errors is not None else {}
        return [
            (str(self.form.fields[name].label), self._value_label(name, value), self._query_without(name))
            for name, value in asked.items()
            if value not in (None, "")
        ]

    def _value_label(self, name: str, value: Any) -> str:
        choices = self.filters[name].extra.get("choices", [])
        choices = getattr(choices, "choices", choices)
        return str(dict(choices() if callable(choices) else choices).get(value, value))

    def _query_without(self, name: str) -> str:
        query = self.data.copy()
        for removed in (name, "page"):
            query.pop(removed, None)
        return query.urlencode()


def places(request: Any) -> models.QuerySet:
    """Places of cases and initiatives."""
    used = models.Q(cases__isnull=False) | models.Q(initiatives__isnull=False)
    return Place.objects.in_sight().filter(used).distinct().by_title()


def actors(request: Any) -> models.QuerySet:
    """Actors with a role in a case."""
    return Actor.objects.in_sight().filter(participations__isnull=False).distinct().by_title()


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

    def by_part(self, cases: models.QuerySet, name: str, value: Any) -> models.QuerySet:
        """Actor and role must match the same participation, so they are applied together, once."""
        asked = self.form.cleaned_data
        if name == "role" and asked.get("actor"):
            return cases
        part = {"participations__actor": asked.get("actor"), "participations__role": asked.get("role")}
        return cases.filter(**{path: wanted for path, wanted in part.items() if wanted}).distinct()

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
