"""Sitemaps for search engines: an index, and its parts."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.urls import reverse

from portal.models import Page
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from publishing.models.entry import kinds

# A part names each entry once in each language, with links to the others. The index of as many parts as
# 100,000 cases need stays below 100 kB, and so does each part on its way, compressed.
ENTRIES_IN_A_PART = 200


class InAllLanguages(Sitemap):
    """Every page in each language, with links to the other languages."""

    i18n = True
    languages = PAGE_LANGUAGES
    alternates = True
    protocol = "https" if settings.IS_HTTPS else "http"


class PartsInAllLanguages(Paginator):
    """Parts of so many entries, in each language of the pages; only those of the part are read."""

    def page(self, number: int | str) -> PaginatorPage:
        """The part; raises as Django does where there is none of that number."""
        entries = super().page(number)
        pairs: Sequence[Any] = [(entry, language) for language in PAGE_LANGUAGES for entry in entries]
        return PaginatorPage(pairs, entries.number, self)


class EntryPages(InAllLanguages):
    """The pages of all published entries."""

    @property
    def paginator(self) -> Paginator:
        """Its parts."""
        return PartsInAllLanguages(self.items(), ENTRIES_IN_A_PART)

    def items(self) -> models.QuerySet:
        """The entries that readers find, without the home page, along their index."""
        home = Page.objects.filter(slug=Page.HOME).values("pk")
        entries = Entry.objects.in_sight().exclude(pk__in=home).order_by("kind", "slug")
        return entries.only("kind", "slug", "changed_at")

    def lastmod(self, entry: Any) -> Any:
        """The last revision."""
        return entry.changed_at

    def get_latest_lastmod(self) -> Any:
        """Of all entries the last revision, without reading them."""
        newest = Entry.objects.filter(changed_at__isnull=False).order_by("-changed_at")
        return newest.values_list("changed_at", flat=True).first()


class ListPages(InAllLanguages):
    """The list pages."""

    def items(self) -> list[str]:
        """The URL names of the lists."""
        of_kinds = [kind.LIST_PAGE for kind in kinds().values() if kind.LIST_PAGE]
        drawn = ["cases:map", "cases:timeline", "cases:figures"]
        own = ["portal:changes", "portal:figures", "portal:signed-heads", "exchange:codebook", "exchange:api"]
        own += ["exchange:releases", "errata:all"]
        return ["portal:home", *of_kinds, *drawn, *own]

    def location(self, name: Any) -> str:
        """Its address in the active language."""
        return reverse(name)


SITEMAPS = {"lists": ListPages, "entries": EntryPages}
