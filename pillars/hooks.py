"""The hook of the glossary: other apps say which lists a term describes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from publishing.hooks import Hook
from publishing.models.counting import MOST_TOGETHER


@dataclass(frozen=True)
class Described:
    """A list of which the term says what its entries have in common; the number is counted up to a limit."""

    label: str
    number: int
    address: str

    @property
    def has_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.number > MOST_TOGETHER

    @property
    def counted(self) -> int:
        """How many of them are counted."""
        return min(self.number, MOST_TOGETHER)


class ListsOfTerms(Protocol):
    """Finds the lists that terms describe, in a number of queries that does not depend on theirs."""

    def __call__(self, slugs: Iterable[str], /) -> dict[str, Described]:
        """By the address of the term; nothing of a term whose list is empty, or that describes none."""


lists_of_terms: Hook[ListsOfTerms] = Hook(ListsOfTerms)


def described_by(slugs: Iterable[str]) -> dict[str, list[Described]]:
    """All lists that the terms of these addresses describe, by address."""
    slugs = list(slugs)
    found: dict[str, list[Described]] = {slug: [] for slug in slugs}
    for lists in lists_of_terms:
        for slug, one in lists(slugs).items():
            found[slug].append(one)
    return found
