"""The admin of actors and places."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.models import (
    Actor,
    Alias,
    Membership,
    Participation,
    Place,
)
from desk.copying import CopyingAdmin
from desk.duplicates import MergingAdmin
from desk.entry import EntryAdmin
from desk.filters import MissingTranslationFilter, StaleTranslationFilter, VerificationFilter
from desk.inlines import RowInline, language_rows
from publishing.models.counting import number_of
from sources.admin.sourced import SourcedEntryAdmin, SourcingFilter


class AliasInline(RowInline):
    """Other names."""

    model = Alias
    line = ("name", "language")
    fieldsets = ((None, {"fields": [("name", "language", "position")]}),)


class MembershipInline(RowInline):
    """Organisations that it belongs to."""

    model = Membership
    line = ("organisation", "since_on", "until_on")
    fk_name = "actor"
    autocomplete_fields = ("organisation",)
    fieldsets = ((None, {"fields": [("organisation", "since_on", "until_on", "position")]}),)


@admin.register(Actor)
class ActorAdmin(CopyingAdmin, MergingAdmin, SourcedEntryAdmin):
    """States, organisations, armed groups, people."""

    list_display = ("titled", "actor_type", "home", "role_count", "changed")
    list_filter = (
        "actor_type",
        SourcingFilter,
        MissingTranslationFilter,
        StaleTranslationFilter,
        VerificationFilter,
    )
    list_select_related = ("home",)
    autocomplete_fields = ("home", "part_of")
    inlines = (AliasInline, MembershipInline, *SourcedEntryAdmin.inlines)
    fieldsets = (
        EntryAdmin.TITLE,
        (
            _("Who it is"),
            {"fields": [("actor_type", "home"), "part_of", *language_rows("description"), "website"]},
        ),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of roles."""
        return super().get_queryset(request).annotate(roles=number_of(Participation.objects.all(), "actor"))

    @admin.display(description=_("roles in cases"), ordering="roles")
    def role_count(self, actor: Any) -> int:
        """The number of its roles in cases."""
        return actor.roles


@admin.register(Place)
class PlaceAdmin(SourcedEntryAdmin):
    """Countries and territories, under the names that the editors chose."""

    list_display = ("titled", "place_type", "iso_code", "gw_number", "changed")
    list_filter = ("place_type", MissingTranslationFilter, StaleTranslationFilter)
    fieldsets = (
        EntryAdmin.TITLE,
        (
            _("Codes and position"),
            {"fields": [("place_type", "iso_code", "gw_number"), ("latitude", "longitude")]},
        ),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )
