"""What the API holds: each kind of entry, and for each list the view of its page with its questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.filters import CaseFilter, InitiativeFilter
from cases.forms import ActorQuestions
from cases.models import Place
from exchange.api import parameters
from exchange.api.parameters import Parameter
from exchange.api.questions import ClaimQuestions
from exchange.lists import LISTS, ListOfEntries
from pillars.models import Pillar, Theme
from pillars.views import PillarList, ThemeList
from portal.filters import ChangeFilter
from portal.models import Page
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.views import EntryList
from sources.filters import SourceQuestions
from sources.models import Image, Source

VERSION = "v1"
ROOT = f"/api/{VERSION}/"


class AlongTitles(EntryList):
    """Entries of a kind that has no list of its own, by title."""

    of: str

    def get_queryset(self) -> models.QuerySet:
        """Those that readers find."""
        return Entry.objects.in_sight().of_kind(self.of)

    def in_order(self, entries: Any) -> Any:
        """By title."""
        return entries.along_titles(self.of)


@dataclass(frozen=True)
class Resource:
    """A kind of entry. example: a question worth asking."""

    name: str
    listed: ListOfEntries
    asked: tuple[Parameter, ...] = ()
    example: str = ""

    @property
    def title(self) -> str:
        """What it is called, in the active language."""
        return capfirst(str(self.listed.title))

    @property
    def kind(self) -> type[Entry]:
        """The model."""
        return self.listed.kind

    @property
    def address(self) -> str:
        """Where its list is."""
        return f"{ROOT}{self.name}"

    @property
    def names(self) -> frozenset[str]:
        """The names of its questions."""
        return frozenset(one.name for one in self.asked)


def _along_titles(name: str, kind: type[Entry]) -> Resource:
    """The entries of a kind that has no list of its own."""
    view = type("AlongTitles", (AlongTitles,), {"of": kind._meta.model_name})
    return Resource(name, ListOfEntries(kind._meta.verbose_name_plural, view, kind))


_ORDER: Mapping[str, Any] = {"order": _("Order")}
_OF_SOURCES = {
    **_ORDER,
    "q": _("Search"),
    "type": Source._meta.get_field("source_type").verbose_name,
    "publisher": _("Publisher"),
}
_KNOWN = (
    Resource(
        "cases",
        LISTS["cases"],
        parameters.of_filter(CaseFilter),
        "outcome=holding&outcome=collapsed&since=1990&sort=-signed",
    ),
    Resource("initiatives", LISTS["initiatives"], parameters.of_filter(InitiativeFilter), "donor=-none"),
    Resource("pillars", ListOfEntries(Pillar._meta.verbose_name_plural, PillarList, Pillar)),
    Resource(
        "actors",
        LISTS["actors"],
        parameters.of_form(
            ActorQuestions, LISTS["actors"].kind, {**_ORDER, "q": _("Search"), "kind": _("Kind")}
        ),
        "kind=state",
    ),
    _along_titles("places", Place),
    Resource(
        "sources",
        LISTS["sources"],
        parameters.of_form(SourceQuestions, LISTS["sources"].kind, _OF_SOURCES),
        "q=agreement&order=citations",
    ),
    Resource("themes", ListOfEntries(Theme._meta.verbose_name_plural, ThemeList, Theme)),
    Resource("terms", LISTS["glossary"]),
    _along_titles("pictures", Image),
    _along_titles("pages", Page),
)
# A kind that nobody named above is read along its titles.
_RESOURCES = (
    *_KNOWN,
    *(
        _along_titles(f"{name}s", kind)
        for name, kind in kinds().items()
        if kind not in {one.kind for one in _KNOWN}
    ),
)
RESOURCES: Mapping[str, Resource] = MappingProxyType({one.name: one for one in _RESOURCES})
# By kind of entry.
OF_KIND: Mapping[str, Resource] = MappingProxyType(
    {str(one.kind._meta.model_name): one for one in _RESOURCES}
)
# By the name of the list whose page asks the same.
OF_LIST: Mapping[str, Resource] = MappingProxyType(
    {name: one for name, listed in LISTS.items() for one in _RESOURCES if one.listed is listed}
)
OF_CLAIMS = parameters.of_form(ClaimQuestions, None, {})
OF_CHANGES = parameters.of_filter_set(ChangeFilter)


def address_of_entry(kind: str, key: object) -> str:
    """Where the entry is in the API, below the site; key: its slug or its id."""
    return f"{OF_KIND[kind].address}/{key}"
