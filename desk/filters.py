"""Filters of the desk's lists."""

import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.addresses import parse_uuid
from desk.hooks import imported_proposals
from publishing.fields.columns import is_in_no_language, language_of_column, stem
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Translation
from publishing.models.entry import kind_choices, kinds, leads_to
from publishing.models.entry_lists import title_order
from publishing.vocabulary import EntryState, PageLanguage
from publishing.workflow import states

SOON = datetime.timedelta(days=30)


class _LanguageFilter(admin.SimpleListFilter):
    """Filters entries by the state of their texts in one language of the pages."""

    label: Any = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice for each language."""
        return [(code, self.label % {"language": name}) for code, name in PageLanguage.choices]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """The entries that match in the chosen language."""
        language = self.value()
        return self.in_language(queryset, language) if language in PAGE_LANGUAGES else queryset

    def in_language(self, queryset: models.QuerySet, language: str) -> models.QuerySet:
        """The entries that match in the language."""
        raise NotImplementedError


class MissingTranslationFilter(_LanguageFilter):
    """Filters entries with a text that is missing in a language."""

    title = _("translation")
    parameter_name = "missing"
    label = _("Missing in %(language)s")

    def in_language(self, queryset: models.QuerySet, language: str) -> models.QuerySet:
        """Entries with a text that is empty in this language and not in another."""
        missing = Q()
        for column in queryset.model._meta.get_fields():
            if language_of_column(column) == language:
                missing |= Q(**{column.name: ""}) & ~is_in_no_language(stem(column))
        return queryset.filter(missing)


class StaleTranslationFilter(_LanguageFilter):
    """Filters entries with a stale translation."""

    title = _("stale translation")
    parameter_name = "stale"
    label = _("Stale in %(language)s")

    def in_language(self, queryset: models.QuerySet, language: str) -> models.QuerySet:
        """Entries with a stale text, by the stored counts."""
        stale = Translation.objects.filter(language=language, stale__gt=0)
        return queryset.filter(pk__in=stale.values("entry"))


class EntryFieldFilter(admin.RelatedFieldListFilter):
    """The stock filter by an entry that a column points to, its choices in the order of their titles."""

    def field_admin_ordering(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """As readers of the language expect it."""
        return (title_order(), "pk")


class UsedEntriesFilter(EntryFieldFilter):
    """Such a filter that offers only what some row of the list points to, each looked up by its index."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """The entries as choices, in the order of their titles."""
        rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
        used = field.related_model._default_manager.filter(Exists(rows)).by_title()
        return [(entry.pk, str(entry)) for entry in used]


admin.FieldListFilter.register(
    lambda column: bool(column.remote_field) and leads_to(column, Entry), EntryFieldFilter, take_priority=True
)


class KindFilter(admin.SimpleListFilter):
    """Filters entries, revisions and proposals by the kind of entry."""

    title = _("kind")
    parameter_name = "kind"
    # Where the row has the kind.
    lookup = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice for each kind."""
        return kind_choices()

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Those of the chosen kind."""
        return queryset.filter(**{self.lookup: self.value()}) if self.value() in kinds() else queryset


class WaitingFilter(admin.SimpleListFilter):
    """Filters proposals by whom or what they wait for."""

    title = _("waiting")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """For review, for me, written by me, taken on by me, or held back."""
        return [
            ("review", _("For review")),
            ("mine", _("For me: drafts and returned proposals")),
            ("own", _("All that I wrote")),
            ("claimed", _("Reviews I have taken on")),
            ("held_back", _("Held back on their date")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet:
        """The proposals that match, by state, author and claim."""
        chosen = self.value()
        if chosen == "review":
            return queryset.waiting()
        if chosen == "mine":
            return queryset.filter(author=request.user.pk, state__in=states.WITH_AUTHOR)
        if chosen == "own":
            return queryset.filter(author=request.user.pk, is_practice=False)
        if chosen == "claimed":
            return queryset.filter(claimed_by=request.user.pk, claimed_until__gt=timezone.now())
        if chosen == "held_back":
            return queryset.undecided().exclude(held_back="")
        return queryset


class ImportFilter(admin.SimpleListFilter):
    """The proposals of one import, whose page leads here; nobody chooses one from the list."""

    title = _("import")
    parameter_name = "import"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The one that the address names; raises IncorrectLookupParameters where there is none."""
        typed = self.used_parameters.get(self.parameter_name)
        if typed is None:
            return []
        key = parse_uuid(typed)
        found = [one for find in imported_proposals if key and (one := find(key))]
        if not found:
            raise IncorrectLookupParameters(typed)
        name, self.proposals = found[0]
        return [(typed, name)]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Its proposals."""
        return queryset.filter(pk__in=self.proposals.values("pk")) if self.value() else queryset


class UseFilter(admin.SimpleListFilter):
    """Filters published entries by whether something public uses them, so that readers see them."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Those that are out of sight."""
        return [("none", _("Not used yet"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """The published entries that nothing public uses."""
        if self.value() != "none":
            return queryset
        return queryset.filter(is_in_use=False, state=EntryState.PUBLISHED)


class VerificationFilter(admin.SimpleListFilter):
    """Filters entries by when their facts are to be verified again."""

    title = _("verification")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Overdue, soon, never."""
        return [("now", _("Overdue")), ("soon", _("Within 30 days")), ("never", _("Never verified"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Those that match by `verify_by` or `last_verified_on`."""
        today = timezone.localdate()
        chosen = {
            "now": Q(verify_by__lt=today),
            "soon": Q(verify_by__range=(today, today + SOON)),
            "never": Q(last_verified_on__isnull=True),
        }.get(self.value() or "", Q())
        return queryset.filter(chosen)
