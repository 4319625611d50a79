"""Lists that stand on the pages of entries: of their first page, each statement is compiled once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import methodcaller
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Subquery, Value
from django.utils.functional import cached_property

from publishing.languages import active_language
from publishing.statements import Values, number_asked, objects_asked
from publishing.views import pages
from publishing.views.pages import KeysFirst, ListPage

Rows = Callable[[Any], Any]
newest_first = methodcaller("newest_first")


@dataclass(frozen=True)
class Listed:
    """A list of rows that some values lead to: those of the key of an entry. Each part takes a queryset.

    found: takes the values, and gives what is listed. order: puts it in its order. among: where there may be
    many, all rows of a table that one index holds in the order that `along` gives them. is_found: what tells
    of such a row whether it is found, by the values, where that is quicker told than by looking there. shown:
    the rows as the page shows them, where that is more than what is found.
    """

    found: Callable[..., Any]
    order: Rows
    among: Rows | None = None
    along: Rows = newest_first
    is_found: Callable[..., Any] | None = None
    shown: Rows | None = None


@cache
def newest(found: Callable[..., Any]) -> Listed:
    """The entries of one kind that are found, the newest first, along the index of the list of that kind."""
    return Listed(
        lambda *values: found(*values).in_sight(),
        order=newest_first,
        among=_all_in_sight,
        shown=lambda rows: _all_in_sight(rows).named_elsewhere(),
    )


@cache
def few(found: Callable[..., Any]) -> Listed:
    """Rows that are few as a rule, in the order in which they are found."""
    return Listed(found, order=_as_found)


class IsAmong(Func):
    """Whether a key is among those that a subquery finds, which is asked once.

    PostgreSQL may join the subquery to the rows, and ask it again for each of them. With a few hundred rows
    that it has not counted yet, this takes minutes. So an array of the keys is made before.
    """

    arg_joiner = " IN "
    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, key: str, found: Any) -> None:
        super().__init__(F(key), Subquery(found))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Likewise, by an array."""
        parts = {"template": "%(expressions)s)", "arg_joiner": " = ANY(ARRAY"}
        return self.as_sql(compiler, connection, **parts, **context)


def _all_in_sight(rows: Any) -> Any:
    return rows.model._default_manager.in_sight()


def _as_found(rows: Any) -> Any:
    return rows


class ListedPages(KeysFirst):
    """The pages of such a list. Few rows are sorted; many are met in their order along an index.

    number: how many there are, where the page knows it.
    """

    def __init__(
        self, listed: Listed, values: tuple[Values, ...], per_page: int, number: int | None = None
    ) -> None:
        Paginator.__init__(self, (), per_page)
        # Made where a further page is asked for, and not for the first.
        del self.object_list
        self.listed, self.values, self.counts_all = listed, values, False
        if number is not None:
            self._counted = min(number, pages.MOST_COUNTED + 1)

    @cached_property
    def object_list(self) -> Any:  # type: ignore[override]
        """What is listed."""
        return self.listed.found(*self.values)

    @cached_property
    def shown(self) -> Any:  # type: ignore[override]
        """The rows as the page shows them."""
        return _shown(self.listed, self.object_list)

    def _first_page(self) -> Page:
        is_sorted = self._may_be_sorted
        if self.__dict__.get("_counted") == 0:
            return ListPage([], 1, self)
        rows = objects_asked(
            _first(self.listed, self.per_page + 1, is_sorted, active_language()), *self.values
        )
        if len(rows) <= self.per_page:
            self._counted = len(rows)
        elif self.listed.among is None:
            self._counted = min(rows[0].number_of_all, pages.MOST_COUNTED + 1)
        return ListPage(rows[: self.per_page], 1, self)

    @property
    def _may_be_sorted(self) -> bool:
        return self.listed.among is None or self._counted <= pages.MOST_COUNTED

    @property
    def _in_order(self) -> Any:
        if self.listed.among is None:
            return self.listed.order(self.object_list)
        return _keys_of(self.listed, self.values, is_sorted=self._may_be_sorted)

    @cached_property
    def _counted(self) -> int:
        """How many there are, or one more than MOST_COUNTED."""
        if self.counts_all:
            return int(self.object_list.order_by().values("pk").distinct().count())
        return number_asked(_some(self.listed, pages.MOST_COUNTED + 1), *self.values)


def _shown(listed: Listed, found: Any) -> Any:
    return listed.shown(found) if listed.shown else found.order_by()


def _keys_of(listed: Listed, values: tuple[Any, ...], *, is_sorted: bool) -> Any:
    """The rows of `among` that are found, in their order, for their keys.

    Few are looked up and sorted. Of many, each row is asked along the index whether it is found.
    """
    found = listed.found(*values).order_by()
    rows = (listed.among or _as_found)(found)
    if is_sorted:
        return listed.along(rows.filter(pk__in=found.values("pk")))
    there = listed.is_found(*values) if listed.is_found else Exists(found.filter(pk=OuterRef("pk")))
    return listed.along(rows.filter(there))


def _number_of(found: Any) -> Subquery:
    """Of few, their number comes with the rows: it is counted once, and saves a statement."""
    together = found.order_by().values(all_together=Value(1))
    return Subquery(together.annotate(number=Count("pk", distinct=True)).values("number"))


@cache
def _some(listed: Listed, most: int) -> Callable[..., Any]:
    return lambda *values: listed.found(*values).order_by().values_list("pk").distinct()[:most]


@cache
def _first(listed: Listed, most: int, is_sorted: bool, _language: str) -> Callable[..., Any]:
    """By one statement: the keys of the first, without the width of their rows, and then these rows.

    The order, and the titles that it reads, may depend on the language.
    """

    def rows(*values: Any) -> Any:
        found = listed.found(*values)
        if listed.among is None:
            return listed.order(found).annotate(number_of_all=_number_of(found))[:most]
        keys = _keys_of(listed, values, is_sorted=is_sorted).values("pk")[:most]
        return listed.order(_shown(listed, found).filter(IsAmong("pk", keys)))

    return rows
