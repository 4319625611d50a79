"""Filters of the page of changes; the query string contains the choices."""

from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.filters import EntryFilterSet, YearFilter
from publishing.models import Revision
from publishing.models.entry import kind_choices
from publishing.vocabulary import ChangeClass, PageLanguage

ALL_CHANGES = "all"


def changes() -> list[tuple[str, Any]]:
    """The choices: all changes, or one kind of change."""
    return [(ALL_CHANGES, _("All changes, including additions")), *ChangeClass.choices]


class ChangeFilter(EntryFilterSet):
    """Published changes; without additions unless they are asked for."""

    change = filters.ChoiceFilter(
        label=_("Kind of change"),
        choices=changes,
        method="unfiltered",
        empty_label=_("Corrections, retractions, restorations"),
    )
    kind = filters.ChoiceFilter(label=_("Kind of entry"), choices=kind_choices, empty_label=_("All kinds"))
    language = filters.ChoiceFilter(
        label=_("Language of the note"),
        field_name="note_language",
        choices=PageLanguage.choices,
        empty_label=_("All languages"),
    )
    since = YearFilter(label=_("From year"), field_name="created_at", lookup_expr="year__gte")
    until = YearFilter(label=_("To year"), field_name="created_at", lookup_expr="year__lte")

    class Meta:
        model = Revision
        fields: list[str] = []

    def unfiltered(self, revisions: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """All revisions: `filter_queryset` applies the kind of change, since no choice also filters."""
        return revisions

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Apply all filters; without a kind of change, leave additions out."""
        revisions = super().filter_queryset(queryset)
        change = self.form.cleaned_data.get("change")
        if not change:
            return revisions.filter(change_class__in=[*{*ChangeClass} - {ChangeClass.ADDITION}])
        return revisions if change == ALL_CHANGES else revisions.filter(change_class=change)
