"""The admin of reconstruction initiatives."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.models import (
    Funding,
    Initiative,
    Partner,
    Result,
)
from desk.copying import CopyingAdmin
from desk.entry import EntryAdmin
from desk.filters import (
    MissingTranslationFilter,
    StaleTranslationFilter,
    UsedEntriesFilter,
    VerificationFilter,
)
from desk.inlines import RowInline, language_rows
from publishing.languages import join_list
from sources.admin.sourced import SourcedEntryAdmin, SourcingFilter


class PartnerInline(RowInline):
    """Who took part, in which role."""

    model = Partner
    line = ("actor", "role", "remark")
    autocomplete_fields = ("actor",)
    fieldsets = (
        (
            None,
            {"fields": [("actor", "role", "position"), "is_party_to_the_conflict", *language_rows("remark")]},
        ),
    )


class FundingInline(RowInline):
    """The funding: one amount in each row, pledged or committed or disbursed."""

    model = Funding
    line = ("actor", "as_of", "pledged", "committed", "disbursed", "currency")
    autocomplete_fields = ("actor",)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "actor",
                    ("pledged", "committed", "disbursed"),
                    ("currency", "nature", "as_of", "position"),
                    "is_military",
                    *language_rows("remark"),
                ]
            },
        ),
    )


class ResultInline(RowInline):
    """The results."""

    model = Result
    line = ("as_of", "indicator", "value")
    autocomplete_fields = ("reported_by",)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    *language_rows("indicator"),
                    ("value", "as_of", "is_target", "position"),
                    "reported_by",
                    *language_rows("remark"),
                ]
            },
        ),
    )


@admin.register(Initiative)
class InitiativeAdmin(CopyingAdmin, SourcedEntryAdmin):
    """Reconstruction."""

    list_display = ("titled", "main_theme", "began_on", "ended_on", "where", "sourced", "changed")
    list_filter = (
        ("main_theme", UsedEntriesFilter),
        ("countries", UsedEntriesFilter),
        SourcingFilter,
        MissingTranslationFilter,
        StaleTranslationFilter,
        VerificationFilter,
    )
    list_select_related = ("main_theme",)
    autocomplete_fields = ("main_theme", "countries", "follows")
    inlines = (PartnerInline, FundingInline, ResultInline, *SourcedEntryAdmin.inlines)
    fieldsets = (
        EntryAdmin.TITLE,
        (_("In one sentence"), {"fields": [*language_rows("summary")]}),
        (
            _("What, where and when"),
            {"fields": ["main_theme", "countries", ("began_on", "ended_on"), "follows"]},
        ),
        (_("Narrative"), {"fields": [*language_rows("narrative")], "classes": ["collapse"]}),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the countries that the list shows."""
        return super().get_queryset(request).prefetch_related("countries")

    @admin.display(description=_("countries"))
    def where(self, initiative: Initiative) -> str:
        """The countries, by name."""
        return join_list(initiative.countries.all())
