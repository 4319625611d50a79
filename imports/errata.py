"""What our sources say against the records of a dataset, and how far its codings and ours agree."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from cases.models import Case
from imports.agreement import Agreement, agreement
from imports.schemes import eth_prio
from publishing.fields.partial_dates import PartialDate
from publishing.languages import PAGE_LANGUAGES, column_in
from sources import facts
from sources.models import Claim, Source
from sources.vocabulary import SourceType, Stance

# Facts whose values are words of a vocabulary: of these chance gives some agreement.
IN_WORDS = ("ceasefire_class", "outcome", "scope", "sidedness", "written")
# How claims give the codes of ETH/PRIO: “ended = 2”, “Class 1”.
CODE = re.compile(r"\b(class|ceasefire_class|ended|partial|side|written)\s*=?\s*([−-]?[0-9])", re.IGNORECASE)
OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Erratum:
    """A fact of a record that the sources of a case contradict. evidence: what each of these says."""

    case: Case
    claim: Claim
    fact: str
    ours: str
    evidence: Sequence[Claim]


@dataclass(frozen=True)
class Agreed:
    """How far a dataset and the casebook agree on one fact; `has_kappa` where chance counts."""

    fact: str
    agreement: Agreement
    has_kappa: bool

    @property
    def share(self) -> str:
        """How many of a hundred are coded alike, in words."""
        return _("%(number)d%%") % {"number": round(self.agreement.per_cent)}


def datasets() -> models.QuerySet:
    """The published datasets of which a claim about a coded fact of a reviewed case says something."""
    coded_claims = _coded_claims().filter(source=models.OuterRef("pk"))
    found = Source.objects.in_sight().filter(source_type=SourceType.DATASET)
    return found.filter(models.Exists(coded_claims)).by_title()


def _coded_claims() -> models.QuerySet:
    reviewed = Case.objects.published().reviewed().values("pk")
    compared = (Stance.SUPPORTS, Stance.DIFFERS)
    return Claim.objects.filter(about__in=Case.CODED_FACTS, entry__in=reviewed, stance__in=compared)


def contradicted(dataset: Source) -> models.QuerySet:
    """The claims of the dataset that say otherwise than a reviewed case, the latest changed case first."""
    found = _coded_claims().filter(source=dataset, stance=Stance.DIFFERS)
    return found.order_by("-entry__changed_at", "entry", "position", "pk")


def errata(claims: Iterable[Claim]) -> list[Erratum]:
    """These claims with what our sources say instead, in three queries however many they are."""
    several = [*claims]
    keys = {claim.entry_id for claim in several}
    titles = [column_in(language, "title") for language in PAGE_LANGUAGES]
    columns = ("slug", "kind", "review", "changed_at", *titles, *Case.CODED_FACTS)
    cases = Case.objects.filter(pk__in=keys).only(*columns).in_bulk()
    supporting = Claim.objects.filter(
        entry__in=keys, about__in={claim.about for claim in several}, stance=Stance.SUPPORTS
    )
    evidence: dict[tuple[UUID, str], list[Claim]] = {}
    for claim in supporting.exclude(source=None).select_related("source").order_by("position", "pk"):
        evidence.setdefault((claim.entry_id, claim.about), []).append(claim)
    return [
        Erratum(
            case,
            claim,
            facts.label(Case, claim.about),
            _casebook_value(case, claim.about),
            [
                one
                for one in evidence.get((claim.entry_id, claim.about), ())
                if one.source_id != claim.source_id
            ],
        )
        for claim in several
        if (case := cases.get(claim.entry_id)) is not None
    ]


def _casebook_value(case: Case, name: str) -> str:
    value = getattr(case, name)
    if isinstance(value, PartialDate):
        return value.in_words()
    display = getattr(case, f"get_{name}_display", None)
    return str(display()) if display and value else "—"


def agreements(dataset: Source) -> list[Agreed]:
    """How far the dataset and the casebook agree, fact by fact; a case counts once for each."""
    rows = _coded_claims().filter(source=dataset).order_by("position", "pk")
    codings: dict[tuple[UUID, str], tuple[bool, str]] = {}
    for entry, about, stance, value in rows.values_list("entry", "about", "stance", "value_en"):
        is_alike, text = codings.get((entry, about), (True, value))
        codings[entry, about] = (is_alike and stance == Stance.SUPPORTS, text if not is_alike else value)
    columns = ("pk", *IN_WORDS)
    ours = {key: dict(zip(IN_WORDS, words, strict=True)) for key, *words in _words(codings, columns)}
    found = []
    for name in Case.CODED_FACTS:
        pairs = [
            _pair(name, ours[entry].get(name, ""), is_alike, text)
            for (entry, about), (is_alike, text) in codings.items()
            if about == name and entry in ours
        ]
        if pairs:
            found.append(Agreed(facts.label(Case, name), agreement(pairs), name in IN_WORDS))
    return found


def _words(codings: Iterable[tuple[UUID, str]], columns: tuple[str, ...]) -> Any:
    return Case.objects.filter(pk__in={entry for entry, _about in codings}).values_list(*columns)


def _pair(name: str, ours: str, is_alike: bool, text: str) -> tuple[str, str]:
    """Our word and the dataset's, which is ours where it says the same by the judgement of the editors."""
    if is_alike:
        return ours, ours
    return ours, _casebook_word(name, text) if _casebook_word(name, text) != ours else OTHERWISE


def _casebook_word(name: str, text: str) -> str:
    """The casebook's word for the code in a claim; any other value is of a class of its own."""
    column = eth_prio.FACTS.get(name, "")
    for label, code in CODE.findall(text):
        is_meant = label.lower() == column or (label.lower() == "class" and name == "ceasefire_class")
        if is_meant and (word := eth_prio.CODES[column].get(code.replace("−", "-"))):
            return str(word)
    return OTHERWISE
