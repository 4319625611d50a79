"""The list of all pages, for search engines."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import models
from django.urls import reverse

from cases.models import Place
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from sources.models import Image


class InAllLanguages(Sitemap):
    """Every page in each language, with its others named."""

    i18n = True
    languages = PAGE_LANGUAGES
    alternates = True
    protocol = "https" if settings.IS_HTTPS else "http"


class EntryPages(InAllLanguages):
    """The pages of all that is public."""

    def items(self) -> models.QuerySet:
        """Whatever the public may read; home has its own address, what nothing leads to has none."""
        empty = Place.objects.filter(cases=None, initiatives=None, actors=None)
        unused = Image.objects.filter(cases=None, sections=None)
        entries = Entry.objects.published().exclude(kind="page", slug="home")
        entries = entries.exclude(pk__in=empty.values("pk")).exclude(pk__in=unused.values("pk"))
        return entries.order_by("kind", "slug")

    def lastmod(self, entry: Any) -> Any:
        """The last revision."""
        return entry.changed_at


class ListPages(InAllLanguages):
    """The lists."""

    def items(self) -> list[str]:
        """By the names of their addresses."""
        return [
            "portal:home",
            "pillars:pillars",
            "pillars:themes",
            "pillars:terms",
            "cases:cases",
            "cases:initiatives",
            "cases:actors",
            "sources:sources",
            "portal:changes",
            "portal:figures",
        ]

    def location(self, name: Any) -> str:
        """Its address in the language of the moment."""
        return reverse(name)


SITEMAPS = {"lists": ListPages, "entries": EntryPages}
