"""Entries as lists ask for them."""

from typing import Any, Self

from django.db import models

from publishing.fields.columns import ProseField
from publishing.languages import active_language, column_in
from publishing.vocabulary import EntryState

OF_ITS_OWN_PAGE = (
    *("published_at", "changed_at", "last_verified_on", "verify_by"),
    *("retraction_reason", "retraction_language"),
)


def title_order(entry: str = "") -> models.expressions.OrderBy:
    """The order of titles, as readers of the active language expect it; it follows `EntryNames`.

    entry: the way to the entry, where other rows are sorted by the title of theirs: "case__".
    """
    return models.F(f"{entry}names__{column_in(active_language(), 'sort_key')}").asc(nulls_first=True)


def said_on_its_own_page(kind: type[models.Model], entry: str = "") -> list[str]:
    """The columns that its own page alone shows: long texts, and when it was published or verified.

    To read a moment takes longer than to read a title. entry: as above.
    """
    return [f"{entry}{name}" for name in (*_prose_of(kind), *OF_ITS_OWN_PAGE)]


def _prose_of(kind: type[models.Model]) -> list[str]:
    return [column.name for column in kind._meta.concrete_fields if isinstance(column, ProseField)]


class EntryQuerySet(models.QuerySet):
    """Entries, as pages ask for them."""

    def published(self) -> Self:
        """The entries that are not retracted; the tables of the kinds hold no others, which `verify` checks.

        So lists of a kind need not join the table of all entries, and can follow an index of their own.
        """
        return self.all() if self._is_of_a_kind else self.filter(state=EntryState.PUBLISHED)

    def in_sight(self) -> Self:
        """The published entries that readers find: those of a reference kind only if something uses them."""
        published = self.published()
        kind: Any = self.model
        is_always_in_use = self._is_of_a_kind and not kind.IS_REFERENCE
        return published if is_always_in_use else published.filter(is_in_use=True)

    def of_kind(self, kind: str) -> Self:
        """Entries of that kind, of which the table of all entries says enough."""
        return self.filter(kind=kind)

    def without_prose(self) -> Self:
        """Without the long texts, which lists do not show."""
        return self.defer(*_prose_of(self.model))

    def named_elsewhere(self) -> Self:
        """Without what the page of the entry alone says, for other pages, which name a hundred entries."""
        return self.defer(*said_on_its_own_page(self.model))

    def along_titles(self, kind: str) -> Self:
        """All of one kind in the order of their titles, along the index of names; `by_title` is for few."""
        sort_key = column_in(active_language(), "sort_key")
        return self.filter(names__kind=kind).order_by(f"names__{sort_key}", "names__pk")

    def by_title(self) -> Self:
        """In the order of their titles, as readers of the active language expect it."""
        return self.order_by(title_order(), "pk")

    @property
    def _is_of_a_kind(self) -> bool:
        """Whether the table is that of one kind, and not that of all entries."""
        return bool(self.model._meta.parents)
