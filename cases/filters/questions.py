"""What the filters of all lists share: the query string contains the choices."""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django.db import models

from publishing.fields.number_fields import WholeNumberField
from publishing.models import Entry
from publishing.named_entries import NamedEntryField, address_of, particulars

FIRST_YEAR, LAST_YEAR = 1000, 9999
PAGE = "page"


class YearField(WholeNumberField):
    """A year of four digits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)


class YearFilter(filters.NumberFilter):
    """A filter by year."""

    field_class = YearField


class NamedEntryFilter(filters.Filter):
    """A filter by an entry; entries: gives those that can be asked for."""

    field_class = NamedEntryField


# The questions that bound an interval.
FIRST, LAST = "since", "until"


class EntryFilterSet(filters.FilterSet):
    """Ignores invalid values, reports them, and applies the other filters."""

    # Whether the years came the wrong way round, and were turned.
    are_years_turned = False

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Apply the filters with valid values."""
        asked = self.form.cleaned_data
        if (first := asked.get(FIRST)) and (last := asked.get(LAST)) and self.is_after(first, last):
            asked[FIRST], asked[LAST] = last, first
            self.are_years_turned = True
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def is_after(self, first: Any, last: Any) -> bool:
        """Whether the interval would end before it begins."""
        return bool(first > last)

    @property
    def not_understood(self) -> Iterator[tuple[str, str]]:
        """What stands in the address and was passed over: the name and the value."""
        # The form is empty where nothing was asked.
        wrong = self.errors if self.is_bound else {}
        for name, values in self.data.lists() if self.is_bound else ():
            if name == PAGE or self._meant(name):
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
        for name in self._asked():
            query = self._without(name)
            relaxed = type(self)(query, queryset=self.queryset.all(), request=self.request)
            if count := relaxed.qs.order_by().values("pk").distinct().count():
                found.append((str(self.form.fields[name].label), count, query.urlencode()))
        return sorted(found)

    @property
    def ambiguous(self) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
        """Boxes whose text several entries answer: label, text, and each of them.

        Of each its name, what tells it from the others, and the query that asks for it.
        """
        for name in self.form.fields if self.is_bound else ():
            ways = [
                (str(one), _distinguishing_details(one), self._with(name, address_of(one)).urlencode())
                for one in self._meant(name)
            ]
            if ways:
                yield str(self.form.fields[name].label), self.data[name], ways

    def _meant(self, name: str) -> list[Any]:
        field = self.form.fields.get(name) if self.is_bound and self.errors is not None else None
        return field.meant if isinstance(field, NamedEntryField) else []

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

    def _with(self, name: str, value: str) -> Any:
        query = self._without(name)
        query[name] = value
        return query

    def _without(self, name: str) -> Any:
        query = self.data.copy()
        for gone in (name, PAGE):
            query.pop(gone, None)
        return query


def _distinguishing_details(entry: Any) -> str:
    # A list of one kind need not say which.
    kind, *others = particulars(entry)
    return " · ".join([kind, *others] if type(entry) is Entry else others)
