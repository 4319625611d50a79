"""What readers ask of the log of changes; every answer has an address."""

from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.filters import EntryFilterSet, YearFilter
from publishing.models import Revision
from publishing.models.entry import kind_choices
from publishing.vocabulary import ChangeClass, PageLanguage

EVERY = "all"


def changes() -> list[tuple[str, Any]]:
    """Everything, or one kind of change."""
    return [(EVERY, _("All changes, including additions")), *ChangeClass.choices]


class ChangeFilter(EntryFilterSet):
    """Published changes; unless asked for, without what was only added."""

    change = filters.ChoiceFilter(
        label=_("Kind of change"),
        choices=changes,
        method="as_it_is",
        empty_label=_("Corrections, retractions, restorations"),
    )
    kind = filters.ChoiceFilter(
        label=_("Kind of entry"), field_name="entry__kind", choices=kind_choices, empty_label=_("All kinds")
    )
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

    def as_it_is(self, revisions: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """The kind of change is asked of all, also of those who name none."""
        return revisions

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """By all that was asked."""
        revisions = super().filter_queryset(queryset)
        change = self.form.cleaned_data.get("change")
        if not change:
            return revisions.exclude(change_class=ChangeClass.ADDITION)
        return revisions if change == EVERY else revisions.filter(change_class=change)
