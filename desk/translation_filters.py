"""Filters of the translation board."""

import django_filters as filters
from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from publishing.models import Entry, Translation
from publishing.models.entry import kind_choices
from publishing.vocabulary import PageLanguage
from search.queries import holds_words

STATES = {"stale": Q(stale__gt=0), "missing": Q(missing__gt=0), "done": Q(stale=0, missing=0)}


class TranslationFilterSet(filters.FilterSet):
    """Filters entries by the state of their translations; those that are stale for longest first."""

    q = filters.CharFilter(label=_("Title or address"), method="by_title")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=kind_choices, empty_label=_("All kinds"))
    language = filters.ChoiceFilter(
        label=_("Language"), choices=PageLanguage.choices, empty_label=_("All languages"), method="unfiltered"
    )
    state = filters.ChoiceFilter(
        label=_("State of translation"),
        choices=[("stale", _("Stale")), ("missing", _("Missing")), ("done", _("Done"))],
        empty_label=_("Any state"),
        method="unfiltered",
    )

    class Meta:
        model = Entry
        fields = ("q", "kind", "language", "state")

    def by_title(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """Entries with all the words in their names, in any language, or in their address."""
        return queryset.filter(holds_words("names__folded", value))

    def unfiltered(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """All entries: `filter_queryset` applies language and state together."""
        return queryset

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """Apply all filters; sort by how long a translation has been stale."""
        data = self.form.cleaned_data
        for name, value in data.items():
            queryset = self.filters[name].filter(queryset, value)
        counts = Translation.objects.filter(entry=OuterRef("pk"))
        counted = Q()
        if language := data.get("language"):
            counts, counted = counts.filter(language=language), Q(translations__language=language)
        if state := data.get("state"):
            if state == "done" and not language:
                queryset = queryset.exclude(Exists(counts.exclude(STATES["done"])))
            else:
                queryset = queryset.filter(Exists(counts.filter(STATES[state])))
        oldest = Min("translations__stale_since", filter=counted)
        return queryset.annotate(oldest=oldest).order_by(
            F("oldest").asc(nulls_last=True), "kind", "slug", "pk"
        )
