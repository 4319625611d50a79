"""The codebook: every kind, column and code with its meaning, made from the models and the glossary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.counterparts import DATASETS, FIELDS, WORDS
from pillars.models import Term
from publishing.fields.columns import language_of_column, stem
from publishing.fields.partial_dates import PartialDateField
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds, leads_to
from publishing.policy import columns_of
from publishing.snapshots import path_to_entry
from search.folding import folded

# The kinds that readers meet first; others follow by name.
FIRST_KINDS = ("case", "initiative", "actor", "place", "source", "image", "pillar", "theme", "term", "page")
Counts = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Word:
    """A code of a column: its label, its term in the glossary, and its counterparts by dataset."""

    code: str
    label: str
    term: Term | None
    counterparts: Mapping[str, str]

    @property
    def elsewhere(self) -> list[tuple[str, str, str]]:
        """Its counterparts: the name of the dataset, its address, and what it says."""
        return _in_datasets(self.counterparts)


def _in_datasets(counterparts: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(*DATASETS[name], word) for name, word in counterparts.items()]


@dataclass(frozen=True)
class Field:
    """A column, or those of a text in each language."""

    name: str
    label: str
    help: str
    type: str
    term: Term | None
    counterparts: Mapping[str, str]
    words: list[Word] = field(default_factory=list)
    # The anchor of the column that has the same codes and comes before it, or "".
    same_as: str = ""

    @property
    def elsewhere(self) -> list[tuple[str, str, str]]:
        """Its counterparts: the name of the dataset, its address, and what it says."""
        return _in_datasets(self.counterparts)


@dataclass(frozen=True)
class Part:
    """A kind of entry, or of the rows that belong to it."""

    name: str
    label: str
    number: int
    term: Term | None
    fields: list[Field]
    rows: "list[Part]" = field(default_factory=list)


@cache
def names_of_kinds() -> tuple[str, ...]:
    """The name of every kind of entry, in the order in which readers meet them."""
    there = sorted(kinds())
    return (
        *(name for name in FIRST_KINDS if name in there),
        *(name for name in there if name not in FIRST_KINDS),
    )


def codebook() -> list[Part]:
    """Every kind of entry with its rows, in the active language; rows of all kinds stand with the first."""
    terms = _terms()
    found: set[str] = set()
    parts: list[Part] = []
    anchors: dict[tuple[str, ...], str] = {}
    for name in names_of_kinds():
        kind = kinds()[name]
        rows = {one: model for one, model in children_of(kind).items() if one not in found}
        found |= rows.keys()
        whole = _part(name, kind, terms, anchors)
        below = [_part(one, model, terms, anchors) for one, model in rows.items()]
        parts.append(replace(whole, rows=below))
    return parts


def _part(
    name: str,
    model: type[Entry] | type[Child],
    terms: Mapping[str, Term],
    anchors: dict[tuple[str, ...], str],
) -> Part:
    number = _counted_in_sight(model, {"number": Count("pk")})["number"]
    label = model._meta.verbose_name
    fields = []
    for several in _by_stem(model):
        made = _field(name, several, terms)
        codes, anchor = tuple(f"{word.code} {word.label}" for word in made.words), f"{name}.{made.name}"
        first = anchors.setdefault(codes, anchor) if codes else anchor
        fields.append(made if first == anchor else replace(made, same_as=first))
    return Part(name, capfirst(str(label)), number, terms.get(_key(label)), fields)


def _by_stem(model: type[Entry] | type[Child]) -> list[list[models.Field]]:
    found: dict[str, list[models.Field]] = {}
    for column in columns_of(model):
        found.setdefault(stem(column), []).append(column)
    return [*found.values()]


def _field(of: str, columns: list[models.Field], terms: Mapping[str, Term]) -> Field:
    column, name = columns[0], stem(columns[0])
    words = [
        Word(str(code), str(label), terms.get(_key(label)), WORDS.get(f"{name}.{code}", {}))
        for code, label in column.flatchoices or ()
    ]
    return Field(
        name=name,
        label=capfirst(str(column.verbose_name)),
        help=str(column.help_text),
        type=type_in_words(column),
        term=terms.get(_key(column.verbose_name)),
        counterparts=FIELDS.get(f"{of}.{name}", {}),
        words=words,
    )


def type_in_words(column: models.Field) -> str:
    """What the column holds, in the active language."""
    target: Any = column.related_model
    if isinstance(column, models.ManyToManyField):
        return _("Entries: %(kind)s") % {"kind": target._meta.verbose_name_plural}
    if leads_to(column, Entry) or leads_to(column, Child):
        return _("One entry or row: %(kind)s") % {"kind": target._meta.verbose_name}
    if column.choices:
        return _("One of these codes")
    if isinstance(column, PartialDateField):
        return _("A year, month or day, as far as it is known")
    if language_of_column(column):
        return _("Text, in each language of the casebook")
    return _plain_type(column)


def _plain_type(column: models.Field) -> str:
    names = {
        models.BooleanField: _("Yes or no"),
        models.IntegerField: _("A whole number"),
        models.DecimalField: _("A number"),
        models.DateField: _("A day"),
    }
    return next((name for kind, name in names.items() if isinstance(column, kind)), _("Text"))


def _terms() -> Mapping[str, Term]:
    """The terms of the glossary by their English titles: labels are matched in one language for all."""
    return {folded(term.title_in("en")): term for term in Term.objects.in_sight() if term.title_in("en")}


def _key(label: Any) -> str:
    with override("en"):
        return folded(str(label))


# --- as a table ----------------------------------------------------------------------------


HEAD = ("kind", "row", "field", "code", "label", "meaning", "type", "number", *DATASETS)


def as_rows(counted: Counts) -> Iterator[list[Any]]:
    """A row for each kind, field and code, in the order of HEAD."""
    for part in codebook():
        yield from _rows_of_part(part, part.name, "", counted)
        for row in part.rows:
            yield from _rows_of_part(row, part.name, row.name, counted)


def _rows_of_part(part: Part, kind: str, row: str, counted: Counts) -> Iterator[list[Any]]:
    yield [kind, row, "", "", part.label, _meaning(part.term), "", part.number, *[""] * len(DATASETS)]
    for one in part.fields:
        meaning = " ".join(text for text in (one.help, _meaning(one.term)) if text)
        yield [kind, row, one.name, "", one.label, meaning, one.type, "", *_elsewhere(one.counterparts)]
        for word in one.words:
            number = counted.get((part.name, one.name, word.code), 0)
            meaning = _meaning(word.term)
            yield [
                kind,
                row,
                one.name,
                word.code,
                word.label,
                meaning,
                "",
                number,
                *_elsewhere(word.counterparts),
            ]


def _meaning(term: Term | None) -> str:
    return "" if term is None else str(term.definition)


def _elsewhere(counterparts: Mapping[str, str]) -> list[str]:
    return [counterparts.get(name, "") for name in DATASETS]


def counts() -> Counts:
    """How often each code stands in what readers find, by kind, column and code."""
    models_by_name: dict[str, type[Entry] | type[Child]] = {}
    for name in names_of_kinds():
        models_by_name |= {name: kinds()[name], **children_of(kinds()[name])}
    found: dict[tuple[str, str, str], int] = {}
    for name, model in models_by_name.items():
        asked = _counted(model)
        numbers = _counted_in_sight(model, {key: one for key, one, *_rest in asked})
        found |= {(name, column, code): numbers[key] for key, _one, column, code in asked}
    return found


def _counted_in_sight(model: type[Entry] | type[Child], asked: Mapping[str, Count]) -> Mapping[str, int]:
    """The counts of the entries that readers find, or of the rows of these.

    Few rows belong to entries out of sight: they are counted apart, and no row of the others is looked up.
    """
    if not asked:
        return {}
    if issubclass(model, Entry):
        return model._default_manager.in_sight().order_by().aggregate(**asked)
    rows = model._default_manager.order_by()
    hidden = rows.filter(**{f"{path_to_entry(model)}__in": Entry.objects.filter(is_in_use=False)})
    of_hidden = hidden.aggregate(**asked)
    return {name: number - of_hidden[name] for name, number in rows.aggregate(**asked).items()}


@cache
def _counted(model: type[models.Model]) -> list[tuple[str, Count, str, str]]:
    codes = [
        (column.name, code)
        for column in model._meta.concrete_fields
        if column.choices and column.name != "state"
        for code, _label in column.flatchoices
    ]
    return [
        (f"n{number}", Count("pk", filter=Q(**{column: code})), column, str(code))
        for number, (column, code) in enumerate(codes)
    ]
