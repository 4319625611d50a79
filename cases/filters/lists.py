"""Filters of the lists of cases and initiatives."""

from typing import Any

import django_filters as filters
from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.filters.questions import ORDER, EntryFilterSet, NamedEntryFilter, YearFilter
from cases.models import Actor, Case, Initiative, Participation, Place
from cases.models.case import CaseQuerySet
from cases.models.initiative import InitiativeQuerySet
from cases.vocabulary import CeasefireClass, Outcome, PartyRole
from pillars.models import Theme
from publishing.named_entries import MOST

# What is suggested is what these have most often: all of a small casebook, and of a large one what is new.
NEWEST = 200


def places() -> models.QuerySet:
    """All places; what leads to no case is not suggested, but understood."""
    return Place.objects.in_sight()


def actors() -> models.QuerySet:
    """All actors, likewise."""
    return Actor.objects.in_sight().without_prose()


def themes(request: Any) -> models.QuerySet:
    """All themes."""
    return Theme.objects.in_sight().order_by("position", "pk")


def used_themes(entries: models.QuerySet, column: str) -> list[tuple[str, str]]:
    """The themes that some entry has, as choices of a list."""
    used = Exists(entries.order_by().filter(**{column: OuterRef("pk")}))
    return [(one.slug, str(one)) for one in themes(None).filter(used)]


def used_words(
    choices: type[models.TextChoices], column: str, rows: models.QuerySet
) -> list[tuple[str, Any]]:
    """The words of the vocabulary that some row has; each is looked up in the index of the column."""
    has = {f"has_{number}": Exists(rows.filter(**{column: one})) for number, one in enumerate(choices.values)}
    found = rows.order_by().annotate(**has).values_list(*has).first() or ()
    return [choice for choice, is_used in zip(choices.choices, found, strict=False) if is_used]


def most_frequent(rows: models.QuerySet, column: str) -> list[Any]:
    """The keys that these rows have most often."""
    counted = rows.order_by().values_list(column).annotate(times=Count("pk")).order_by("-times", column)
    return [key for key, _times in counted[:MOST]]


class CaseFilter(EntryFilterSet):
    """Cases by class, outcome, country, actor and role, theme and years.

    A case that several rows answer for is found several times; pages know each once.
    """

    OF_ROWS = frozenset({"country", "actor", "role", "theme"})

    ceasefire_class = filters.ChoiceFilter(
        label=_("Class"), choices=CeasefireClass, empty_label=_("Any class")
    )
    outcome = filters.ChoiceFilter(label=_("Outcome"), choices=Outcome, empty_label=_("Any outcome"))
    country = NamedEntryFilter(
        label=_("Country"), field_name="countries", entries=places, empty_label=_("Any country")
    )
    actor = NamedEntryFilter(label=_("Actor"), entries=actors, method="by_part", empty_label=_("Any actor"))
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
        method="unordered",
        empty_label=_("Newest first"),
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def offer_used(self) -> None:
        """What some case has; the boxes suggest what the newest cases have most often."""
        cases, parts = Case.objects.published(), Participation.objects.all()
        self.offer("ceasefire_class", used_words(CeasefireClass, "ceasefire_class", cases))
        self.offer("outcome", used_words(Outcome, "outcome", cases))
        self.offer("role", used_words(PartyRole, "role", parts))
        self.offer("theme", used_themes(cases, "themes"))
        newest = cases.newest_first().values("pk")[:NEWEST]
        countries = most_frequent(Case.countries.through.objects.filter(case__in=newest), "place")
        self.suggest("country", Place.objects.filter(pk__in=countries).by_title())
        acting = most_frequent(parts.filter(case__in=newest), "actor")
        self.suggest("actor", Actor.objects.with_bodies(acting).without_prose().by_title())

    @property
    def organs(self) -> list[Actor]:
        """What is part of the actor that is asked for: it is counted, too."""
        actor = self._asked().get("actor")
        if actor is None:
            return []
        keys = [key for key in actor.with_organs() if key != actor.pk]
        parts = Participation.objects.filter(actor__in=keys)
        organs = Actor.objects.filter(pk__in=parts.values("actor")).without_prose()
        return list(organs.by_title()[:MOST]) if keys else []

    def by_part(self, cases: models.QuerySet, name: str, value: Any) -> models.QuerySet:
        """Actor and role must match the same participation, so they are applied together, once.

        Participations of organs of the actor count.
        """
        asked = self.form.cleaned_data
        actor, role = asked.get("actor"), asked.get("role")
        if name == "role" and actor:
            return cases
        part: dict[str, Any] = {"participations__actor__in": actor.with_organs()} if actor else {}
        if role:
            part["participations__role"] = role
        return cases.filter(**part)

    def by_years(self, cases: CaseQuerySet, name: str, value: int) -> models.QuerySet:
        """The two years are the limits of one interval, so they are applied together, once."""
        asked = self.form.cleaned_data
        if name == "until" and asked.get("since"):
            return cases
        return cases.in_years(asked.get("since"), asked.get("until"))

    def unordered(self, cases: CaseQuerySet, name: str, value: str) -> models.QuerySet:
        """All of them: `in_order` reads the order, which counting can do without."""
        return cases

    def in_order(self, cases: CaseQuerySet) -> models.QuerySet:
        """Newest first; or oldest first, or by title."""
        order = self._asked().get(ORDER)
        if order == "title":
            return cases.along_titles("case")
        return cases.oldest_first() if order == "oldest" else cases.newest_first()


class InitiativeFilter(EntryFilterSet):
    """Initiatives by theme and country."""

    OF_ROWS = frozenset({"theme", "country"})

    theme = filters.ModelChoiceFilter(
        label=_("Theme"),
        field_name="main_theme",
        queryset=themes,
        to_field_name="slug",
        empty_label=_("Any theme"),
    )
    country = NamedEntryFilter(
        label=_("Country"), field_name="countries", entries=places, empty_label=_("Any country")
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def offer_used(self) -> None:
        """What some initiative has; the box suggests the countries that the newest have most often."""
        initiatives = Initiative.objects.published()
        self.offer("theme", used_themes(initiatives, "main_theme"))
        newest = initiatives.newest_first().values("pk")[:NEWEST]
        countries = most_frequent(Initiative.countries.through.objects.filter(initiative__in=newest), "place")
        self.suggest("country", Place.objects.filter(pk__in=countries).by_title())

    def in_order(self, initiatives: InitiativeQuerySet) -> models.QuerySet:
        """Newest first."""
        return initiatives.newest_first()
