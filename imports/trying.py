"""What an import by a mapping would make of its sample; nothing is written."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.models import Case
from imports.building import Target
from imports.planning import Plan, Planned
from imports.reading import Unreadable
from imports.records import Coded, Note, Record
from imports.samples import Sample
from imports.schemes.kinds import Scheme
from imports.vocabulary import Fate, Problem

MOST_SHOWN = 6
MOST_NOTES = 100
# An ISO code of a country, or its number.
CODE = re.compile("[A-Z]{2,3}|[0-9]{1,4}", re.ASCII)
# Claims of a trial cite no source: they are looked at, and thrown away.
NO_SOURCE = UUID(int=0)


@dataclass
class Tried:
    """One record as it would be. facts: what the casebook would say, and what the dataset says, by label."""

    number: str
    row: int
    title: str
    is_refused: bool
    facts: list[tuple[str, str]]


@dataclass
class Trial:
    """What became of the sample. why: why it cannot be read at all."""

    why: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    records: list[Tried] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    number_of_notes: int = 0
    # So many dates can be read either way, and so many places that are looked for by name look like codes.
    either_way: int = 0
    coded_places: int = 0
    # So many codes have no word yet.
    unsaid_codes: int = 0


def try_on(sample: Sample, scheme: Scheme) -> Trial:
    """What an import of the sample would propose, and what is wrong with its cells."""
    trial = Trial()
    plan = Plan(Target(scheme, "", NO_SOURCE), scheme.name)
    try:
        for several in plan.of(sample):
            for one in several:
                _add(trial, one)
    except Unreadable as error:
        trial.why = str(error)
    trial.notes = sorted(trial.notes, key=lambda note: (not note.refuses, note.row))[:MOST_NOTES]
    return trial


def _add(trial: Trial, planned: Planned) -> None:
    record = planned.record
    trial.counts[planned.fate] += len(record.rows)
    trial.number_of_notes += len(record.notes)
    trial.notes += record.notes
    trial.either_way += sum(note.problem == Problem.EITHER_WAY for note in record.notes)
    trial.unsaid_codes += sum(note.problem == Problem.UNKNOWN_CODE for note in record.notes)
    by_name = {one.name for one in record.countries if not one.iso_code and one.gw_number is None}
    trial.coded_places += sum(
        note.problem == Problem.NO_PLACE and note.value in by_name and bool(CODE.fullmatch(note.value))
        for note in record.notes
    )
    if len(trial.records) < MOST_SHOWN:
        title = next(iter(record.names.values()), "")
        is_refused = planned.fate == Fate.REPORTED
        trial.records.append(Tried(record.number, record.rows[0], title, is_refused, _facts(record)))


def _facts(record: Record) -> list[tuple[str, str]]:
    facts = [(_label(name), _in_words(name, coding)) for name, coding in record.facts.items()]
    if places := ", ".join(one.name or one.iso_code or str(one.gw_number) for one in record.countries):
        facts.append((_label("countries"), places))
    if parties := ", ".join(one.name for one in record.parties):
        facts.append((_label("parties"), parties))
    return facts


def _label(name: str) -> str:
    labels: dict[str, Any] = {one.name: one for one in Case._meta.get_fields()}
    return capfirst(str(getattr(labels.get(name), "verbose_name", "")) or _("Parties"))


def _in_words(name: str, coding: Coded) -> str:
    """The word of the casebook, where it has one, and what the dataset says."""
    choices = dict(getattr(Case._meta.get_field(name), "choices", None) or ())
    word = str(choices.get(coding.value, "")) if coding.value else ""
    return f"{word} ({coding.written})" if word else coding.written
