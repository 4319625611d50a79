"""Which cases datasets coded and no editor reviewed: marked wherever they are named."""

from collections.abc import Collection
from uuid import UUID

from cases.models import Case
from cases.vocabulary import Review
from publishing.remembered import Changed, Memory

KINDS = ("case",)


def _read(keys: Collection[UUID] | None = None) -> frozenset[UUID]:
    coded = Case.objects.filter(review=Review.CODED).order_by()
    return frozenset((coded if keys is None else coded.filter(pk__in=keys)).values_list("pk", flat=True))


def _renewed(known: frozenset[UUID], changed: Changed) -> frozenset[UUID]:
    return known - changed["case"] | _read(changed["case"])


CODED: Memory[frozenset[UUID]] = Memory(_read, KINDS, _renewed)


def mark_of_coded_cases() -> tuple[str, Collection[UUID]]:
    """That a case was coded by a dataset, and the keys of these cases."""
    return str(Review.CODED.label), CODED.recall()
