"""Filters of the page of changes; the query string contains the choices."""

import datetime
from typing import Any

import django_filters as filters
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from cases.filters import EntryFilterSet
from cases.filters.questions import FIRST, LAST, NamedEntryFilter
from cases.models import Actor, Case, Initiative, Place
from publishing.fields.partial_dates import PartialDate, PartialDateFormField
from publishing.models import Entry, Revision
from publishing.models.entry import kind_choices
from publishing.named_entries import AnyEntryField
from publishing.vocabulary import ChangeClass, EntryState, PageLanguage

ALL_CHANGES = "all"


def changes() -> list[tuple[str, Any]]:
    """The choices: all changes, or one kind of change."""
    return [(ALL_CHANGES, _("All changes, including additions")), *ChangeClass.choices]


def places() -> models.QuerySet:
    """The places that changes can be asked of."""
    return Place.objects.in_sight()


def entries() -> models.QuerySet:
    """What changes can be asked of: what readers find, and what was retracted."""
    return Entry.objects.filter(Q(is_in_use=True) | Q(state=EntryState.RETRACTED))


def entries_of(place: Place) -> Q:
    """The revisions of the place, of its cases and initiatives, and of the actors at home there."""
    cases = Case.countries.through.objects.filter(place=place).values_list("case")
    initiatives = Initiative.countries.through.objects.filter(place=place).values_list("initiative")
    actors = Actor.objects.filter(home=place).values_list("pk")
    itself = Place.objects.filter(pk=place.pk).values_list("pk")
    # As one question, so that few are found by their entries and not by a look at every revision.
    return Q(entry__in=itself.union(cases, initiatives, actors))


class AnyEntryFilter(NamedEntryFilter):
    """A filter by an entry of any kind."""

    field_class = AnyEntryField


class DateBox(PartialDateFormField):
    """A box for a day, a month or a year; while it is empty, it shows a month as the language writes it."""

    def hint(self) -> str:
        """Nothing: the example stands in the box."""
        return ""

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        """With the example."""
        return super().widget_attrs(widget) | {"placeholder": PartialDate("2026-11").in_words()}


class DateFilter(filters.Filter):
    """A filter by a day, a month or a year, as people write them."""

    field_class = DateBox


class ChangeFilter(EntryFilterSet):
    """Published changes; without additions unless they are asked for."""

    change = filters.ChoiceFilter(
        label=_("Kind of change"),
        choices=changes,
        method="unfiltered",
        empty_label=_("Corrections, retractions, restorations"),
    )
    country = NamedEntryFilter(
        label=_("Country"), entries=places, method="of_country", empty_label=_("Any country")
    )
    entry = AnyEntryFilter(label=_("Entry"), entries=entries, empty_label=_("Any entry"))
    kind = filters.ChoiceFilter(label=_("Kind of entry"), choices=kind_choices, empty_label=_("All kinds"))
    language = filters.ChoiceFilter(
        label=_("Language of the note"),
        field_name="note_language",
        choices=PageLanguage.choices,
        empty_label=_("All languages"),
    )
    since = DateFilter(label=_("Since"), method="from_day")
    until = DateFilter(label=_("Until"), method="to_day")

    class Meta:
        model = Revision
        fields: list[str] = []

    def unfiltered(self, revisions: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """All revisions: `filter_queryset` applies the kind of change, since no choice also filters."""
        return revisions

    def of_country(self, revisions: models.QuerySet, name: str, value: Place) -> models.QuerySet:
        """What changed of a country; what is retracted has none any more."""
        return revisions.filter(entries_of(value))

    def from_day(self, revisions: models.QuerySet, name: str, value: PartialDate) -> models.QuerySet:
        """From the beginning of the day, month or year."""
        return revisions.filter(created_at__gte=_moment(value.earliest, datetime.time.min))

    def to_day(self, revisions: models.QuerySet, name: str, value: PartialDate) -> models.QuerySet:
        """To the end of the day, month or year."""
        return revisions.filter(created_at__lte=_moment(value.latest, datetime.time.max))

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Apply all filters; without a kind of change, leave additions out."""
        revisions = super().filter_queryset(queryset)
        change = self.form.cleaned_data.get("change")
        if not change:
            return revisions.filter(change_class__in=[*{*ChangeClass} - {ChangeClass.ADDITION}])
        return revisions if change == ALL_CHANGES else revisions.filter(change_class=change)

    def is_after(self, first: Any, last: Any) -> bool:
        """Whether the one begins after the other ends: November is not after its year."""
        return bool(first.earliest > last.latest)

    @property
    def years(self) -> tuple[Any, Any] | None:
        """The years as they were turned; nothing where there are months or days among them."""
        return super().years if self._are_years else None

    @property
    def days(self) -> tuple[str, str] | None:
        """The days or months as they were turned, in words."""
        turned: Any = None if self._are_years else super().years
        return None if turned is None else (turned[0].in_words(), turned[1].in_words())

    def asked(self) -> dict[str, Any]:
        """The questions that are understood, with what is asked: entries and dates among them."""
        return self._asked()

    @property
    def _are_years(self) -> bool:
        asked = self._asked()
        return {asked[name].precision for name in (FIRST, LAST) if name in asked} == {"year"}

    @property
    def shown(self) -> str | Promise:
        """Which kinds of changes are shown, in words."""
        change = self._asked().get("change")
        if not change:
            return _("Corrections, retractions, restorations")
        return _("All changes") if change == ALL_CHANGES else ChangeClass(change).label

    @property
    def period(self) -> str:
        """From when to when, in words."""
        asked = self._asked()
        first, last = asked.get(FIRST), asked.get(LAST)
        if first and last:
            return gettext("from %(first)s to %(last)s") % {
                "first": first.in_words(),
                "last": last.in_words(),
            }
        if first:
            return _since(first) % {"first": first.in_words()}
        return _until(last) % {"last": last.in_words()} if last else gettext("since the casebook began")

    @property
    def asks_for_additions(self) -> bool:
        """Whether additions are shown, too."""
        return self._asked().get("change") in (ALL_CHANGES, ChangeClass.ADDITION)

    @property
    def asks_for_country(self) -> bool:
        """Whether a country is asked for."""
        return "country" in self._asked()

    def _value_label(self, name: str, value: Any) -> str:
        return value.in_words() if isinstance(value, PartialDate) else super()._value_label(name, value)


def _since(first: PartialDate) -> str:
    """French has an article before a day, and none before a month or a year."""
    if first.precision == "day":
        return pgettext("a day", "since %(first)s")
    return pgettext("a month or a year", "since %(first)s")


def _until(last: PartialDate) -> str:
    if last.precision == "day":
        return pgettext("a day", "until %(last)s")
    return pgettext("a month or a year", "until %(last)s")


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, time, tzinfo=datetime.UTC)
