"""How datasets of the field code a case, beside the editors' values."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Case
from publishing.fields.partial_dates import PartialDate
from sources import facts
from sources.models import Claim
from sources.vocabulary import SourceType


@dataclass(frozen=True)
class Coding:
    """A fact, the editors' value, and what datasets say about it."""

    label: str
    editors_value: str
    claims: list[Claim]


def for_case(case: Case, claims: Iterable[Claim]) -> list[Coding]:
    """The facts about which a dataset says something, in the order of Case.CODED_FACTS."""
    claims_by_fact: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.source and claim.source.source_type == SourceType.DATASET:
            claims_by_fact.setdefault(claim.about, []).append(claim)
    return [
        Coding(facts.label(Case, name), _editors_value(case, name), claims_by_fact[name])
        for name in Case.CODED_FACTS
        if name in claims_by_fact
    ]


def _editors_value(case: Case, name: str) -> str:
    value = getattr(case, name)
    if isinstance(value, PartialDate):
        return value.in_words()
    display = getattr(case, f"get_{name}_display", None)
    return str(display()) if display and value else "—"
