"""Lists of the desk answer the questions that they offer, and refuse every other one.

Django's lists take any lookup on any column of their model from the address. `?title__regex=…` then runs in
the database for as long as its author likes (SQLite: inside this process, which answers nobody meanwhile),
and numbers that no column can hold end as an error of the server. The admin site mixes StrictListsMixin into
each ModelAdmin that is registered with it.
"""

from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError, models
from django.http import HttpRequest, HttpResponse

MAX_QUERY = 2_000  # characters of the whole query string; saved filters keep 1,000
MAX_PARAMETERS = 30
MAX_SEARCH = 300  # characters
MAX_WORDS = 30  # each is looked for in every column that is searched
MAX_DIGITS = 18  # of a number; every integer of a column's own has fewer


class StrictListsMixin:
    """A ModelAdmin whose list takes only the lookups of its own filters.

    Where pages of the desk link to others, the ModelAdmin names them: linked_lookups = ("entry__id__exact",).
    """

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list's own class, made strict."""
        return _strict(super().get_changelist(request, **kwargs))  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; raises BadRequest for a question, or a choice of rows, that no page of ours makes."""
        refuse_endless_question(request)
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            refuse_impossible_key(self.model, key)  # type: ignore[attr-defined]
        return super().changelist_view(request, extra_context)  # type: ignore[misc]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """What is found, also by the autocomplete; raises BadRequest for a text that nobody types."""
        if len(search_term) > MAX_SEARCH or len(search_term.split()) > MAX_WORDS:
            raise BadRequest("a search that is too long")
        return super().get_search_results(request, queryset, search_term)  # type: ignore[misc]


class StrictChangeListMixin:
    """A list that refuses what its filters leave over."""

    def get_filters(self, request: HttpRequest) -> Any:
        """The filters; raises DisallowedModelAdminLookup for what none of them asks."""
        try:
            found = super().get_filters(request)  # type: ignore[misc]
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error
        hierarchy: str = self.date_hierarchy or ""  # type: ignore[attr-defined]
        linked = getattr(self.model_admin, "linked_lookups", ())  # type: ignore[attr-defined]
        if beyond := {*found[2]} - {*linked, f"{hierarchy}__gte", f"{hierarchy}__lt"}:
            raise DisallowedModelAdminLookup(f"Filtering by {', '.join(sorted(beyond))} not allowed")
        return found

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page; a value that the database cannot hold is an incorrect one."""
        try:
            super().get_results(request)  # type: ignore[misc]
        except (OverflowError, DataError) as error:
            raise IncorrectLookupParameters(error) from error
        if getattr(self.paginator, "has_more_than_count", False):  # type: ignore[attr-defined]
            # Below the list stands that there are more; the box of the search names no number then.
            self.full_result_count = self.result_count  # type: ignore[attr-defined]


def refuse_endless_question(request: HttpRequest) -> None:
    """Raise BadRequest for a query that is longer, or holds a larger number, than any link of the desk."""
    asked = [(name, value) for name, several in request.GET.lists() for value in several]
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY or len(asked) > MAX_PARAMETERS:
        raise BadRequest("a query that is too long")
    if any(value.lstrip("-").isdigit() and len(value) > MAX_DIGITS for _name, value in asked):
        raise BadRequest("a number that is too large")
    page = request.GET.get(PAGE_VAR, "1")
    if not page.isascii() or not page.isdigit():
        raise BadRequest("not the number of a page")
    order = request.GET.get(ORDER_VAR, "")
    if any(not one.removeprefix("-").isdecimal() for one in order.split(".") if order):
        raise BadRequest("not an order")


def refuse_impossible_key(model: type[models.Model], key: str) -> None:
    """Raise BadRequest for what can be the key of no row."""
    try:
        model._meta.pk.to_python(key)
    except ValidationError as error:
        raise BadRequest("not a key") from error
    if key.lstrip("-").isdigit() and len(key) > MAX_DIGITS:
        raise BadRequest("not a key")


@cache
def _strict(changelist: type[ChangeList]) -> type[ChangeList]:
    return type(f"Strict{changelist.__name__}", (StrictChangeListMixin, changelist), {})


@cache
def strict(model_admin: type[admin.ModelAdmin]) -> type[admin.ModelAdmin]:
    """The ModelAdmin with strict lists."""
    if issubclass(model_admin, StrictListsMixin):
        return model_admin
    own = {"__module__": model_admin.__module__, "__doc__": model_admin.__doc__}
    metaclass: Any = type(model_admin)  # that of Media
    return metaclass(model_admin.__name__, (StrictListsMixin, model_admin), own)
