"""The admin of pillars, themes and the glossary."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.entry import EntryAdmin
from desk.inlines import GrandchildInline, RowInline, language_rows
from pillars.models import Evidence, Pillar, Section, Term, Theme
from publishing.models.counting import number_of
from sources.admin.sourced import SourcedEntryAdmin


class SectionInline(RowInline):
    """The sections, in their order."""

    model = Section
    line = ("kind", "heading", "anchor")
    autocomplete_fields = ("theme", "picture")
    fieldsets = (
        (
            None,
            {
                "fields": [
                    *language_rows("heading"),
                    ("kind", "theme", "anchor", "position"),
                    *language_rows("body"),
                    "picture",
                ]
            },
        ),
    )


class EvidenceInline(GrandchildInline):
    """What illustrates, contradicts or limits each section; save a new section first."""

    model = Evidence
    line = ("section", "role", "entry")
    owner = "section"
    owner_of_owner = "pillar"
    autocomplete_fields = ("entry",)
    fieldsets = ((None, {"fields": [("section", "role", "position"), "entry", *language_rows("reason")]}),)


@admin.register(Pillar)
class PillarAdmin(SourcedEntryAdmin):
    """Reference articles."""

    list_display = ("titled", "position", "section_count", "sourced", "verify_by", "changed")
    ordering = ("position",)
    inlines = (SectionInline, EvidenceInline, *SourcedEntryAdmin.inlines)
    fieldsets = (
        EntryAdmin.TITLE,
        (_("In lists"), {"fields": [*language_rows("summary"), "position"]}),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of sections."""
        return super().get_queryset(request).annotate(parts=number_of(Section.objects.all(), "pillar"))

    @admin.display(description=_("sections"), ordering="parts")
    def section_count(self, pillar: Any) -> int:
        """How many sections it has."""
        return pillar.parts


@admin.register(Theme)
class ThemeAdmin(SourcedEntryAdmin):
    """The vocabulary that pillars, cases and initiatives share."""

    list_display = ("titled", "position", "changed")
    ordering = ("position",)
    fieldsets = (
        EntryAdmin.TITLE,
        (_("What it covers"), {"fields": [*language_rows("summary"), "position"]}),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )


@admin.register(Term)
class TermAdmin(SourcedEntryAdmin):
    """The glossary; `is_linked` says whether texts link to a term."""

    list_display = ("titled", "group", "position", "changed")
    list_filter = ("group", "is_linked", *SourcedEntryAdmin.list_filter)
    ordering = ("position",)
    fieldsets = (
        EntryAdmin.TITLE,
        (_("What it means"), {"fields": [*language_rows("definition"), ("group", "position")]}),
        (_("Where texts use it"), {"fields": [*language_rows("forms"), "is_linked"]}),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )
