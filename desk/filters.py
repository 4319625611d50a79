"""Filters of the desk's lists."""

import datetime
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import is_in_no_language, language_of_column, stem
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Translation
from publishing.models.entry import kind_choices, kinds, leads_to, title_order
from publishing.vocabulary import PageLanguage

SOON = datetime.timedelta(days=30)


class _LanguageFilter(admin.SimpleListFilter):
    """Entries by how they stand in one language of the pages."""

    label: Any = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice for each language."""
        return [(code, self.label % {"language": name}) for code, name in PageLanguage.choices]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Those that are so in the language."""
        language = self.value()
        return self.in_language(queryset, language) if language in PAGE_LANGUAGES else queryset

    def in_language(self, queryset: models.QuerySet, language: str) -> models.QuerySet:
        """The entries to be shown."""
        raise NotImplementedError


class MissingTranslationFilter(_LanguageFilter):
    """Entries that say something in one language and nothing in another."""

    title = _("translation")
    parameter_name = "missing"
    label = _("Missing in %(language)s")

    def in_language(self, queryset: models.QuerySet, language: str) -> models.QuerySet:
        """Those with a text that is written elsewhere and empty here."""
        missing = Q()
        for column in queryset.model._meta.get_fields():
            if language_of_column(column) == language:
                missing |= Q(**{column.name: ""}) & ~is_in_no_language(stem(column))
        return queryset.filter(missing)


class StaleTranslationFilter(_LanguageFilter):
    """Entries of which some translation fell behind."""

    title = _("stale translation")
    parameter_name = "stale"
    label = _("Stale in %(language)s")

    def in_language(self, queryset: models.QuerySet, language: str) -> models.QuerySet:
        """By the counts that publishing keeps."""
        stale = Translation.objects.filter(language=language, stale__gt=0)
        return queryset.filter(pk__in=stale.values("entry"))


class EntryFieldFilter(admin.RelatedFieldListFilter):
    """The stock filter by an entry that a column points to, its choices in the order of their titles."""

    def field_admin_ordering(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """As readers of the language expect it."""
        return (title_order(), "pk")


admin.FieldListFilter.register(
    lambda column: bool(column.remote_field) and leads_to(column, Entry), EntryFieldFilter, take_priority=True
)


class KindFilter(admin.SimpleListFilter):
    """Of which kind the entries are, in words."""

    title = _("kind")
    parameter_name = "kind"
    of = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice for each kind."""
        return kind_choices()

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """By the name of the kind."""
        return queryset.filter(**{self.of: self.value()}) if self.value() in kinds() else queryset


class KindOfEntryFilter(KindFilter):
    """The same for what belongs to an entry."""

    of = "entry__kind"


class VerificationFilter(admin.SimpleListFilter):
    """Entries whose facts are due to be checked again."""

    title = _("verification")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Overdue, soon, never."""
        return [("now", _("Overdue")), ("soon", _("Within 30 days")), ("never", _("Never verified"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """By the day on which they are due."""
        today = timezone.localdate()
        chosen = {
            "now": Q(verify_by__lt=today),
            "soon": Q(verify_by__range=(today, today + SOON)),
            "never": Q(last_verified_on__isnull=True),
        }.get(self.value() or "", Q())
        return queryset.filter(chosen)
