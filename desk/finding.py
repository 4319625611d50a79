"""How the desk finds entries by name: in the boxes of lists, and in those that offer entries to choose."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext

from desk.addresses import parse_uuid
from desk.offered import Offered, offered
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.models.entry_lists import title_order
from publishing.models.names import ByTitle, answering, titled
from publishing.views import pages
from publishing.views.pages import KeysFirst
from search.queries import holds_words

# The parameter of an entry that a box does not offer.
BUT = "but"
MAX_AS_WRITTEN = 300
# Of very many that answer, so many are looked for that are called exactly so.
MOST_CALLED_SO = 50


class ListPaginator(KeysFirst):
    """The pages of a list of the desk; in the order of change or of titles, along the index of its kind."""

    def __init__(self, found: Any, per_page: int, *_orphans: Any, **_options: Any) -> None:
        super().__init__(found, per_page, order=_along_its_index)


class EntriesPaginator(ListPaginator):
    """The pages of a list of entries, which are many: no more are counted than their number matters.

    first: the keys of those that come before all others, whatever the order of these.
    """

    def __init__(
        self, found: Any, per_page: int, *orphans: Any, first: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(found, per_page, *orphans, **options)
        self.counts_all = False
        self.first = [*first]

    def _keys(self, start: int, end: int, *, is_reversed: bool = False) -> list[Any]:
        if not self.first:
            return super()._keys(start, end, is_reversed=is_reversed)
        if is_reversed:
            return self._keys(self.count - end, self.count - start)[::-1]
        others = self._in_order.exclude(pk__in=self.first).values_list("pk", flat=True)
        from_others = slice(max(start - len(self.first), 0), max(end - len(self.first), 0))
        return [*self.first[start:end], *others[from_others]]


def _along_its_index(rows: Any) -> Any:
    """The rows, with their kind in the question, so that an index of all kinds serves."""
    order = next(iter(rows.query.order_by), "")
    name = order if isinstance(order, str) else getattr(getattr(order, "expression", order), "name", "")
    if not rows.model._meta.parents or not issubclass(rows.model, Entry):
        return rows
    if name == "-changed_at":
        return rows.filter(kind=rows.model._meta.model_name)
    return rows.filter(names__kind=rows.model._meta.model_name) if name.startswith("names") else rows


class FindsByNames(ModelAdmin):
    """A list whose box finds rows by the names of an entry, folded; the closest come first."""

    # The way to the entry, as in a filter; "" where the rows are entries.
    NAMES_OF: ClassVar[str] = ""
    # Columns that hold folded text of the row itself, and such that are searched as they are written.
    FOLDED: ClassVar[tuple[str, ...]] = ()
    AS_WRITTEN: ClassVar[tuple[str, ...]] = ()
    # What makes Django show the box.
    search_fields: ClassVar[Any] = ("pk",)
    paginator = ListPaginator
    show_full_result_count = False

    def get_paginator(
        self, request: HttpRequest, queryset: models.QuerySet, *args: Any, **options: Any
    ) -> Any:
        """Of entries, no more are counted than their number matters, and those called so come first."""
        if not issubclass(queryset.model, Entry):
            return self.paginator(queryset, *args, **options)
        return EntriesPaginator(queryset, *args, first=getattr(request, "called_so", ()), **options)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """What answers; in the order of a column where somebody chose one."""
        if not search_term.strip():
            return queryset, False
        if not (self.FOLDED or self.AS_WRITTEN):
            found = answering(queryset, search_term, entry=self.NAMES_OF)
            if ORDER_VAR in request.GET:
                return queryset.filter(pk__in=found.values("pk")), False
            if not self._is_list(request):
                return found, False
            found, request.called_so = _in_a_list(found, search_term)  # type: ignore[attr-defined]
            return found, False
        condition = Q()
        for column in (f"{self.NAMES_OF}names__folded", *self.FOLDED):
            condition |= holds_words(column, search_term)
        for column in self.AS_WRITTEN:
            condition |= Q(**{f"{column}__icontains": search_term.strip()[:MAX_AS_WRITTEN]})
        return queryset.filter(condition), False

    def _is_list(self, request: HttpRequest) -> bool:
        """Whether the list of entries asks, and not a box that offers some."""
        at = request.resolver_match
        of_entries = issubclass(self.model, Entry) and not self.NAMES_OF
        return of_entries and at is not None and str(at.url_name).endswith("_changelist")


def _in_a_list(found: Any, asked: str) -> tuple[Any, list[Any]]:
    """What answers a search, so that it is looked for once: letters within names are in no index.

    Where more answer than are counted, nobody reads all: they come by title, and the first are soon met.
    Beside it the keys of those whose title is what was asked for, which come before them.
    """
    keys = [*found.order_by().values_list("pk", flat=True)[: pages.MOST_COUNTED + 1]]
    if len(keys) <= pages.MOST_COUNTED:
        return found.filter(pk__in=keys), []
    by_title = found.order_by(ByTitle(), "pk")
    of_kinds = kinds() if found.model is Entry else (found.model._meta.model_name,)
    called_so = titled(asked, of_kinds, at_most=MOST_CALLED_SO)
    return by_title, [*by_title.filter(pk__in=called_so).values_list("pk", flat=True)] if called_so else []


class EntriesByName(AutocompleteJsonView):
    """What the boxes that offer entries answer: each entry with what tells it from others of its name."""

    def get_queryset(self) -> models.QuerySet:
        """The closest first; before anything is typed, by title."""
        found: Any = super().get_queryset()
        if not issubclass(found.model, Entry):
            return found
        if key := self.request.GET.get(BUT):
            found = found.exclude(pk=parse_uuid(key))
        return found if self.term.strip() else found.order_by(title_order(), "pk")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """As Django's, with what is known of each entry, and the way to make one of what was typed."""
        self.term, self.model_admin, self.source_field, to_field = self.process_request(request)
        if not self.has_perm(request):
            raise PermissionDenied
        self.object_list = self.get_queryset()
        page = self.get_context_data()
        if issubclass(self.object_list.model, Entry):
            results = [self._result(one, to_field) for one in offered(page["object_list"], self.term)]
        else:
            results = [self.serialize_result(one, to_field) for one in page["object_list"]]
        has_more = page["page_obj"].has_next()
        results += [] if has_more or self._is_named(page["object_list"]) else self._made(request)
        return JsonResponse({"results": results, "pagination": {"more": has_more}})

    def _result(self, one: Offered, to_field: str) -> dict[str, Any]:
        """The key of the entry and its line; once it is chosen, its name and its particulars."""
        result: dict[str, Any] = self.serialize_result(one.entry, to_field)
        found = one.as_json()
        return result | {"text": " · ".join(filter(None, (found["name"], found["about"])))} | found

    def _is_named(self, found: Iterable[Any]) -> bool:
        """Whether what was typed is the number or the address of one of these: it need not be made."""
        typed = self.term.strip().casefold()
        columns = [name for name in ("identifier", "url") if hasattr(self.model_admin.model, name)]
        return any(typed == str(getattr(one, name)).casefold() for one in found for name in columns)

    def _made(self, request: HttpRequest) -> list[dict[str, str]]:
        """That an entry can be made of what was typed, where the kind knows how, and where."""
        page, named = getattr(self.model_admin, "made_at", ""), self.term.strip()
        if not page or not named or not self.model_admin.has_add_permission(request):
            return []
        text = gettext("Make it from “%(named)s”…") % {"named": named}
        return [{"id": "make", "text": text, "make": f"{reverse(page)}?{urlencode({'named': named})}"}]
