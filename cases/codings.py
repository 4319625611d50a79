"""How the field's datasets code a case, beside what the editors decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Case
from publishing.fields.partial_dates import PartialDate
from sources import facts
from sources.models import Claim
from sources.vocabulary import SourceType


@dataclass(frozen=True)
class Coding:
    """A fact, the editors' word for it, and what datasets say of it."""

    label: str
    ours: str
    claims: list[Claim]


def of(case: Case, claims: Iterable[Claim]) -> list[Coding]:
    """The facts of which a dataset says something, in the order in which they are told."""
    said: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.source and claim.source.source_type == SourceType.DATASET:
            said.setdefault(claim.about, []).append(claim)
    return [
        Coding(facts.label(Case, name), _ours(case, name), said[name])
        for name in Case.CODED_FACTS
        if name in said
    ]


def _ours(case: Case, name: str) -> str:
    value = getattr(case, name)
    if isinstance(value, PartialDate):
        return value.in_words()
    display = getattr(case, f"get_{name}_display", None)
    return str(display()) if display and value else "—"
