"""Sitemaps for search engines: an index, and its parts (docs/adr/0053)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import x_robots_tag
from django.contrib.sites.shortcuts import get_current_site
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import http_date

from portal.models import Page
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.remembered import Memory

# A part names each entry once in each language. Of 100,000 cases, the index of the parts and each part stay
# below 100 kB.
ENTRIES_IN_A_PART = 200


class InAllLanguages(Sitemap):
    """Every page in each language; that the others are the same in other languages, the pages say."""

    i18n = True
    languages = PAGE_LANGUAGES
    protocol = "https" if settings.IS_HTTPS else "http"


class PartsInAllLanguages(Paginator):
    """Parts of so many entries, in each language of the pages; only those of the part are read."""

    @cached_property
    def count(self) -> int:
        """How many entries there are: to count them takes longer than to read a part."""
        return _NUMBER.recall()

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
        return _entries_with_a_page().order_by("kind", "slug").only("kind", "slug", "changed_at")

    def lastmod(self, entry: Any) -> Any:
        """The last revision."""
        return entry.changed_at

    def get_latest_lastmod(self) -> Any:
        """Of all entries the last revision, without reading them."""
        newest = Entry.objects.filter(changed_at__isnull=False).order_by("-changed_at")
        return newest.values_list("changed_at", flat=True).first()


def _entries_with_a_page() -> models.QuerySet[Entry]:
    home = Page.objects.filter(slug=Page.HOME).values("pk")
    return Entry.objects.in_sight().exclude(pk__in=home)


_NUMBER = Memory(lambda: _entries_with_a_page().count(), (*kinds(),))


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


@x_robots_tag
def index(request: HttpRequest) -> TemplateResponse:
    """The index of all parts, each with the day and time when one of its pages changed last."""
    domain, parts, newest = get_current_site(request).domain, [], []
    for name, section in ((name, of_pages()) for name, of_pages in SITEMAPS.items()):
        path = reverse("sitemap-part", kwargs={"section": name})
        changed = section.get_latest_lastmod()
        others = [str(number) for number in range(2, section.paginator.num_pages + 1)]
        parts.append((f"{section.protocol}://{domain}{path}", changed, others))
        newest += [changed] if changed else []
    headers = {"Last-Modified": http_date(max(newest).timestamp())} if len(newest) == len(SITEMAPS) else {}
    return TemplateResponse(
        request,
        "portal/sitemap_index.xml",
        {"parts": parts},
        content_type="application/xml",
        headers=headers,
    )
