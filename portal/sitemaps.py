"""Sitemaps for search engines."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import models
from django.urls import reverse

from portal.models import Page
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from publishing.models.entry import kinds


class InAllLanguages(Sitemap):
    """Every page in each language, with links to the other languages."""

    i18n = True
    languages = PAGE_LANGUAGES
    alternates = True
    protocol = "https" if settings.IS_HTTPS else "http"


class EntryPages(InAllLanguages):
    """The pages of all published entries."""

    def items(self) -> models.QuerySet:
        """The entries that readers find, without the home page."""
        entries = Entry.objects.in_sight().exclude(pk__in=Page.objects.filter(slug=Page.HOME).values("pk"))
        return entries.order_by("kind", "slug")

    def lastmod(self, entry: Any) -> Any:
        """The last revision."""
        return entry.changed_at


class ListPages(InAllLanguages):
    """The list pages."""

    def items(self) -> list[str]:
        """The URL names of the lists."""
        of_kinds = [kind.LIST_PAGE for kind in kinds().values() if kind.LIST_PAGE]
        return ["portal:home", *of_kinds, "portal:changes", "portal:figures", "portal:signed-heads"]

    def location(self, name: Any) -> str:
        """Its address in the active language."""
        return reverse(name)


SITEMAPS = {"lists": ListPages, "entries": EntryPages}
