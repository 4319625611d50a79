"""The pages of a list: first their keys are found, along an index, and then the rows of these keys."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest


class KeysFirst(Paginator):
    """Reads rows only for the page that is shown, so that their width and their number cost nothing.

    found: what is listed, in whatever order. order: puts it in its order, where the index of that order needs
    more than counting does. shown: the rows as the page shows them, of which those of the page are read.
    """

    def __init__(
        self,
        found: models.QuerySet,
        per_page: int,
        *,
        order: Callable[[Any], Any] | None = None,
        shown: models.QuerySet | None = None,
    ) -> None:
        super().__init__(found, per_page)
        self.order = order or (lambda entries: entries)
        self.shown = found.order_by() if shown is None else shown

    def get_page(self, number: Any) -> Page:
        """The page, or the nearest to it; the first one is asked for before anything is counted."""
        return self._first_page() if str(number or 1) == "1" else super().get_page(number)

    def page(self, number: int | str) -> Page:
        """The page; raises as Django does where there is none of that number."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        return Page(self._rows(self._keys(start, start + self.per_page)), number, self)

    def _first_page(self) -> Page:
        """Where one page holds all, its keys say how many there are."""
        keys = self._keys(0, self.per_page + 1)
        if len(keys) <= self.per_page:
            self.count = len(keys)
        return Page(self._rows(keys[: self.per_page]), 1, self)

    def _keys(self, start: int, end: int) -> list[Any]:
        return [*self.order(self.object_list).values_list("pk", flat=True)[start:end]]

    def _check_object_list_is_ordered(self) -> None:
        """What is found has its order from `order`."""

    def _rows(self, keys: Sequence[Any]) -> list[Any]:
        found = {row.pk: row for row in self.shown.filter(pk__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found]


def page_of(request: HttpRequest, found: Any, *, size: int, parameter: str = "page", **options: Any) -> Page:
    """The page of a list that stands on the page of an entry; an invalid number shows the nearest page.

    The page knows its parameter, with which the links to the others are made.
    """
    page = KeysFirst(found, size, **options).get_page(request.GET.get(parameter))
    cast(Any, page).parameter = parameter
    return page
