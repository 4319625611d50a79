"""The pages of a list: first their keys are found, along an index, and then the rows of these keys."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property

from publishing.requests import KNOWS_QUERY

# So many are counted where counting would have to look at each; and so many are sorted.
MOST_COUNTED = 1000


class ListPage(Page):
    """A page that knows whether another follows, also where not all are counted."""

    def has_next(self) -> bool:
        """Whether another page follows; behind the last of those that were counted, all are counted."""
        pages = cast(KeysFirst, self.paginator)
        if self.number >= pages.num_pages and pages.has_more_than_count:
            pages.count_all()
        return bool(super().has_next())


class KeysFirst(Paginator):
    """Reads rows only for the page that is shown, so that their width and their number cost nothing.

    found: what is listed, in whatever order. order: puts it in its order, where the index of that order needs
    more than counting does. shown: the rows as the page shows them, of which those of the page are read.
    counts_all: without it, counting ends at MOST_COUNTED.
    """

    object_list: Any

    def __init__(
        self,
        found: models.QuerySet,
        per_page: int,
        *,
        order: Callable[[Any], Any] | None = None,
        shown: models.QuerySet | None = None,
        counts_all: bool = True,
    ) -> None:
        super().__init__(found, per_page)
        self.order = order or (lambda entries: entries)
        self.shown = found.order_by() if shown is None else shown
        self.counts_all = counts_all

    @property
    def count(self) -> int:
        """How many there are; MOST_COUNTED where `has_more_than_count`."""
        return self._counted if self.counts_all else min(self._counted, MOST_COUNTED)

    @property
    def has_more_than_count(self) -> bool:
        """Whether counting ended before all were counted; then further pages follow those of `num_pages`."""
        return not self.counts_all and self._counted > MOST_COUNTED

    @property
    def num_pages(self) -> int:
        """How many pages those take that were counted."""
        return max(1, -(-self.count // self.per_page))

    def get_page(self, number: Any) -> Page:
        """The page, or the nearest to it; the first one is asked for before anything is counted."""
        return self._first_page() if str(number or 1) == "1" else super().get_page(number)

    def validate_number(self, number: Any) -> int:
        """The number; raises as Django does where no page has it. Whoever goes further has all counted."""
        try:
            return super().validate_number(number)
        except EmptyPage:
            if not self.has_more_than_count:
                raise
        self.count_all()
        return super().validate_number(number)

    def count_all(self) -> None:
        """Count on, however many there are."""
        self.counts_all = True
        del self._counted

    def page(self, number: int | str) -> Page:
        """The page; raises as Django does where there is none of that number."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = start + self.per_page
        if self.has_more_than_count or end <= self.count // 2:
            keys = self._keys(start, end)
        else:
            # From the end, which is nearer.
            keys = self._keys(max(self.count - end, 0), self.count - start, is_reversed=True)[::-1]
        return ListPage(self._rows(keys), number, self)

    def _first_page(self) -> Page:
        """Where one page holds all, what was read for it says how many there are."""
        keys = self._keys(0, self.per_page + 1)
        # Of these a row may be gone meanwhile, and others follow all the same.
        rows = self._rows(keys[: self.per_page])
        if len(keys) <= self.per_page:
            self._counted = len(keys)
        return ListPage(rows, 1, self)

    @cached_property
    def _counted(self) -> int:
        """How many there are, or one more than MOST_COUNTED."""
        keys = self.object_list.order_by().values("pk")
        return keys.count() if self.counts_all else keys[: MOST_COUNTED + 1].count()

    def _keys(self, start: int, end: int, *, is_reversed: bool = False) -> list[Any]:
        rows = self._in_order
        rows = rows.reverse() if is_reversed else rows
        return [*rows.values_list("pk", flat=True)[start:end]]

    @property
    def _in_order(self) -> Any:
        return self.order(self.object_list)

    def _check_object_list_is_ordered(self) -> None:
        """What is found has its order from `order`."""

    def _rows(self, keys: Sequence[Any]) -> list[Any]:
        found = {row.pk: row for row in self.shown.filter(pk__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found]


def page_of(request: HttpRequest, pages: KeysFirst, parameter: str = "page") -> Page:
    """The page of a list beside which others may stand, as the address asks for it by that parameter.

    An invalid number shows the nearest page. The page knows its parameter, with which the links to the others
    are made.
    """
    page = pages.get_page(request.GET.get(parameter))
    cast(Any, page).parameter = parameter
    if request.GET.getlist(parameter) == [str(page.number)] and len(request.GET) == 1:
        request.META[KNOWS_QUERY] = True
    return page
