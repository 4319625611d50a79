"""The admin of sources."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.copying import CopyingAdmin
from desk.duplicates import MergingAdmin
from desk.entry import EntryAdmin
from desk.filters import MissingTranslationFilter, StaleTranslationFilter, VerificationFilter
from desk.inlines import language_rows
from publishing.models.counting import number_of
from sources.admin.making import MakingAdmin
from sources.admin.sourced import SourcedEntryAdmin
from sources.models import Claim, LinkCheck, Source
from sources.vocabulary import LinkResult


class LinkCheckInline(admin.TabularInline):
    """The last checks of the links; read-only here, written by `check_links` alone."""

    model = LinkCheck
    fields = readonly_fields = ("url", "checked_at", "result", "status_code")
    classes = ("collapse",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """All who may see the source."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the action writes."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the action writes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the action writes."""
        return False


class DeadLinkFilter(admin.SimpleListFilter):
    """Sources whose link, or archived link, no longer works."""

    title = _("links")
    parameter_name = "links"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Sources with dead links."""
        return [("dead", _("Dead links"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet:
        """By the newest check of each link."""
        return queryset.with_dead_links() if self.value() == "dead" else queryset


@admin.register(Source)
class SourceAdmin(MakingAdmin, CopyingAdmin, MergingAdmin, SourcedEntryAdmin):
    """What we cite."""

    list_display = (
        "titled",
        "source_type",
        "publisher",
        "published_on",
        "reliability",
        "link",
        "times_cited",
        "changed",
    )
    list_filter = (
        "source_type",
        "reliability",
        "language",
        DeadLinkFilter,
        MissingTranslationFilter,
        StaleTranslationFilter,
        VerificationFilter,
    )
    inlines = (*SourcedEntryAdmin.inlines, LinkCheckInline)
    fieldsets = (
        EntryAdmin.TITLE,
        (
            _("The document"),
            {
                "fields": [
                    ("source_type", "reliability", "language"),
                    ("authors", "publisher", "published_on"),
                    *language_rows("publisher_name"),
                    ("identifier_scheme", "identifier"),
                    "url",
                    "archived_url",
                    *language_rows("remark"),
                ]
            },
        ),
        EntryAdmin.VERIFIED,
        EntryAdmin.PUBLISH,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of citations, and the newest result of its link."""
        sources: Any = super().get_queryset(request)
        return sources.with_link_results().annotate(citations=number_of(Claim.objects.all(), "source"))

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Without link checks on the form of a new source."""
        return [one for one in self.inlines if obj is not None or one is not LinkCheckInline]

    @admin.display(description=_("link"), ordering="link_result", empty_value="")
    def link(self, source: Any) -> Any:
        """The newest result; None if it was never checked."""
        return LinkResult(source.link_result).label if source.link_result else None

    @admin.display(description=_("cited"), ordering="citations")
    def times_cited(self, source: Any) -> int:
        """The number of claims that cite it."""
        return source.citations
