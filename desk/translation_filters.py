"""What translators ask of the board."""

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
    """Entries by how their translations stand, the longest stale first."""

    q = filters.CharFilter(label=_("Title or address"), method="by_title")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=kind_choices, empty_label=_("All kinds"))
    language = filters.ChoiceFilter(
        label=_("Language"), choices=PageLanguage.choices, empty_label=_("All languages"), method="as_it_is"
    )
    state = filters.ChoiceFilter(
        label=_("State of translation"),
        choices=[("stale", _("Stale")), ("missing", _("Missing")), ("done", _("Done"))],
        empty_label=_("Any state"),
        method="as_it_is",
    )

    class Meta:
        model = Entry
        fields = ("q", "kind", "language", "state")

    def by_title(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """A part of the title in any language, or of the address."""
        return queryset.filter(holds_words("names__folded", value))

    def as_it_is(self, queryset: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """Language and state are asked together."""
        return queryset

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        """By all that was asked, then the longest stale first."""
        asked = self.form.cleaned_data
        for name, value in asked.items():
            queryset = self.filters[name].filter(queryset, value)
        counts = Translation.objects.filter(entry=OuterRef("pk"))
        among = Q()
        if language := asked.get("language"):
            counts, among = counts.filter(language=language), Q(translations__language=language)
        if state := asked.get("state"):
            if state == "done" and not language:
                queryset = queryset.exclude(Exists(counts.exclude(STATES["done"])))
            else:
                queryset = queryset.filter(Exists(counts.filter(STATES[state])))
        oldest = Min("translations__stale_since", filter=among)
        return queryset.annotate(oldest=oldest).order_by(
            F("oldest").asc(nulls_last=True), "kind", "slug", "pk"
        )
