"""The admin of ceasefire cases."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.models import (
    Assessment,
    Breach,
    Case,
    Document,
    Event,
    Mechanism,
    Participation,
    Provision,
)
from desk.copying import CopyingAdmin
from desk.entry import EntryAdmin
from desk.filters import (
    MissingTranslationFilter,
    StaleTranslationFilter,
    UsedEntriesFilter,
    VerificationFilter,
)
from desk.inlines import GrandchildInline, RowInline, language_rows
from publishing.languages import join_list
from sources.admin.sourced import SourcedEntryAdmin, SourcingFilter


class ParticipationInline(RowInline):
    """Who took part, in which role, on which side."""

    model = Participation
    line = ("actor", "role", "side")
    autocomplete_fields = ("actor",)
    fieldsets = (
        (
            None,
            {"fields": [("actor", "role", "position"), *language_rows("side", "signatories", "remark")]},
        ),
    )


class DocumentInline(RowInline):
    """The documents."""

    model = Document
    line = ("dated_on", "document_type", "title", "source")
    autocomplete_fields = ("source",)
    fieldsets = (
        (None, {"fields": [*language_rows("title"), ("document_type", "dated_on", "position"), "source"]}),
    )


class ProvisionInline(RowInline):
    """What was agreed."""

    model = Provision
    line = ("topic", "strength", "locator", "text")
    fieldsets = (
        (
            None,
            {
                "fields": [
                    ("topic", "strength", "locator", "position"),
                    *language_rows("text"),
                    ("quotation", "quotation_language"),
                ]
            },
        ),
    )


class AssessmentInline(GrandchildInline):
    """How far each provision was implemented, and when; save a new provision first."""

    model = Assessment
    line = ("provision", "assessed_on", "implementation")
    owner = "provision"
    owner_of_owner = "case"
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "provision",
                    ("assessed_on", "implementation", "position"),
                    *language_rows("narrative"),
                ]
            },
        ),
    )


class MechanismInline(RowInline):
    """The mechanisms that monitor the ceasefire."""

    model = Mechanism
    line = ("mechanism_type", "name", "actor", "status")
    autocomplete_fields = ("actor",)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    *language_rows("name"),
                    ("mechanism_type", "status", "actor"),
                    ("began_on", "ended_on", "position"),
                    *language_rows("description"),
                ]
            },
        ),
    )


class EventInline(RowInline):
    """What happened, in order."""

    model = Event
    line = ("happened_on", "event_type", "title")
    fieldsets = (
        (None, {"fields": [("happened_on", "until_on", "event_type", "position"), *language_rows("title")]}),
    )


class BreachInline(RowInline):
    """Reported breaches, one row for each report."""

    model = Breach
    line = ("began_on", "breach_type", "status", "reported_by")
    autocomplete_fields = ("reported_by", "attributed_to")
    fieldsets = (
        (
            None,
            {
                "fields": [
                    ("breach_type", "status", "began_on", "ended_on"),
                    ("reported_by", "attributed_to"),
                    ("incidents", "killed", "injured", "position"),
                    *language_rows("place_name", "description"),
                ]
            },
        ),
    )


@admin.register(Case)
class CaseAdmin(CopyingAdmin, SourcedEntryAdmin):
    """Ceasefires."""

    list_display = (
        "titled",
        "ceasefire_class",
        "declared_on",
        "ended_on",
        "outcome",
        "where",
        "sourced",
        "changed",
    )
    list_filter = (
        "outcome",
        "ceasefire_class",
        ("countries", UsedEntriesFilter),
        SourcingFilter,
        MissingTranslationFilter,
        StaleTranslationFilter,
        VerificationFilter,
    )
    autocomplete_fields = ("themes", "countries", "picture")
    # A case is coded by an import, and reviewed by being taken on.
    readonly_fields = ("review",)
    inlines = (
        ParticipationInline,
        DocumentInline,
        ProvisionInline,
        AssessmentInline,
        MechanismInline,
        EventInline,
        BreachInline,
        *SourcedEntryAdmin.inlines,
    )
    fieldsets = (
        EntryAdmin.TITLE,
        (_("In one sentence"), {"fields": [*language_rows("finding"), "picture", "review"]}),
        (
            _("Type of ceasefire"),
            {
                "fields": [
                    ("ceasefire_class", "scope"),
                    ("written", "sidedness"),
                    (
                        "is_humanitarian",
                        "is_for_peace_process",
                        "is_for_holiday",
                        "is_for_election",
                        "has_other_purpose",
                    ),
                ]
            },
        ),
        (_("When"), {"fields": [("declared_on", "in_force_on", "ended_on")]}),
        (
            _("Outcome"),
            {"fields": [("outcome", "outcome_as_of"), *language_rows("outcome_reason")]},
        ),
        (
            _("Place and themes"),
            {"fields": ["countries", *language_rows("place_name"), ("latitude", "longitude"), "themes"]},
        ),
        (_("Narrative"), {"fields": [*language_rows("narrative")], "classes": ["collapse"]}),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the countries that the list shows."""
        return super().get_queryset(request).prefetch_related("countries")

    @admin.display(description=_("countries"))
    def where(self, case: Case) -> str:
        """The countries, by name."""
        return join_list(case.countries.all())
