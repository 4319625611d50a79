"""What each list can be asked, read from the filters and forms of its page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from cases.filters import DescribedFilter
from cases.filters.asked import MOST_VALUES
from cases.filters.cases import SORT, SORTS, CaseFilter
from cases.filters.facets import NONE, NOT, Facet
from cases.filters.lists import SEARCH
from cases.filters.questions import FIRST_YEAR, LAST_YEAR, NamedEntryFilter
from cases.filters.years import FIRST, LAST
from exchange.api import cursors
from publishing.fields.columns import stem
from publishing.models import Entry
from publishing.models.entry import children_of
from publishing.named_entries import MAX_TYPED, NamedEntryField
from publishing.policy import columns_of
from publishing.questions import Questions

CODE, ENTRY, TEXT, YEAR, DATE, DAY, MOMENT, NUMBER, OPAQUE = (
    *("code", "entry", "text", "year"),
    *("date", "day", "moment", "number", "opaque"),
)
LIMIT, MOST = 50, 200
A_YEAR, A_MONTH, A_DAY = r"[12][0-9]{3}", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
PATTERNS = {
    DATE: rf"^{A_YEAR}(-{A_MONTH}(-{A_DAY})?)?$",
    DAY: rf"^{A_YEAR}-{A_MONTH}-{A_DAY}$",
    MOMENT: rf"^([0-9]{{1,9}}|{A_YEAR}-{A_MONTH}-{A_DAY})$",
    OPAQUE: rf"^{cursors.SHAPE}$",
}
IN_WORDS = {
    CODE: _("One of these codes"),
    ENTRY: _("The address of an entry, or its name where one alone has it"),
    TEXT: _("Words"),
    OPAQUE: _("Words"),
    YEAR: _("A year"),
    DATE: _("A day, a month or a year: 2020-10-23, 2020-10 or 2020"),
    DAY: _("A day: 2026-11-25"),
    MOMENT: _("The number of a revision, or a day: 3 or 2026-11-25"),
    NUMBER: _("A whole number"),
}


@dataclass(frozen=True)
class Parameter:
    """One question. words: the labels of its codes; others: values besides these.

    anchor: of the column in the codebook that it asks about, or "". example: a value, for the description.
    """

    name: str
    label: Any
    kind: str
    words: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    can_be_excluded: bool = False
    is_repeated: bool = False
    anchor: str = ""
    about: Any = ""
    longest: int = MAX_TYPED
    # The schema of the description that has its values, where these are too many to stand here.
    refers_to: str = ""

    @property
    def title(self) -> str:
        """The label, as a line begins."""
        return capfirst(str(self.label))

    @property
    def takes(self) -> Any:
        """What values it takes, in words."""
        return IN_WORDS[self.kind]

    @property
    def schema(self) -> dict[str, Any]:
        """What values it takes, as JSON Schema has it."""
        schema = self._schema_of_one
        if not self.is_repeated:
            return schema
        return {"type": "array", "items": schema, "maxItems": MOST_VALUES}

    @property
    def _schema_of_one(self) -> dict[str, Any]:
        if self.kind == CODE:
            values = [*self.words, *self.others]
            excluded = [f"{NOT}{one}" for one in values] if self.can_be_excluded else []
            return {"type": "string", "enum": [*values, *excluded]}
        if self.kind == YEAR:
            return {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
        if self.kind == NUMBER:
            return {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
        pattern = PATTERNS.get(self.kind)
        return (
            {"type": "string", "pattern": pattern}
            if pattern
            else {"type": "string", "maxLength": self.longest}
        )


CURSOR = Parameter(
    "cursor",
    _("Where to go on"),
    OPAQUE,
    about=_("The value that the address in “next” has; it means nothing else."),
)
HOW_MANY = Parameter(
    "limit",
    _("How many at most"),
    NUMBER,
    about=format_lazy(_("From 1 to {most}; {usual} if nothing else is asked."), most=MOST, usual=LIMIT),
)
FIELDS = Parameter(
    "fields",
    _("Which fields"),
    TEXT,
    about=_("Names of fields or of kinds of rows, as the codebook has them, with commas between them."),
)
AS_OF = Parameter(
    "as_of",
    _("As of when"),
    MOMENT,
    about=_("What was public at that revision, or at the end of that day in UTC."),
)
AS_OF_A_DAY = Parameter(
    "as_of",
    _("As of when"),
    DAY,
    about=_(
        "Everything of this kind as it was public at the end of that day, in UTC. It goes with no filter."
    ),
)

SINCE = Parameter(
    "since",
    _("Since which release"),
    TEXT,
    about=_("The version of an earlier release; the one before it by default."),
)


def of_filter(filters: type[DescribedFilter]) -> tuple[Parameter, ...]:
    """The questions of a list with facets."""
    # What it can be asked does not depend on what there is.
    nothing: Any = SimpleNamespace(postings={}, holds_coded=True)
    asked = filters(QueryDict(), index=nothing)
    found = [_of_facet(one, filters.MODEL) for one in asked.facets]
    found.append(Parameter(SEARCH, filters.SEARCH_LABEL, TEXT))
    if filters.HAS_YEARS:
        found += [Parameter(FIRST, _("From year"), YEAR), Parameter(LAST, _("To year"), YEAR)]
    if issubclass(filters, CaseFilter):
        orders = dict.fromkeys((*SORTS, *(f"{NOT}{one}" for one in SORTS)), "")
        found.append(Parameter(SORT, _("Order"), CODE, words=orders))
    return tuple(found)


def _of_facet(facet: Facet, kind: type[Entry]) -> Parameter:
    return Parameter(
        facet.name,
        facet.label,
        CODE if facet.words else ENTRY,
        words=facet.words,
        others=(NONE,) if facet.has_none else (),
        can_be_excluded=True,
        is_repeated=True,
        anchor=anchor_of(kind, facet.name),
    )


def of_form(questions: type[Questions], kind: type[Entry] | None, labels: Mapping[str, Any]) -> Any:
    """The questions of a list with a plain form; labels: of those that the form leaves to the page."""
    return tuple(
        _of_field(name, one, kind, labels.get(name, one.label or name))
        for name, one in questions.base_fields.items()
    )


def _of_field(name: str, one: forms.Field, kind: type[Entry] | None, label: Any) -> Parameter:
    anchor = anchor_of(kind, name) if kind else ""
    if isinstance(one, forms.ChoiceField):
        choices: Any = one.choices
        return Parameter(
            name, label, CODE, words={code: word for code, word in choices if code}, anchor=anchor
        )
    kind_of_value = ENTRY if isinstance(one, NamedEntryField) else TEXT
    longest = getattr(one, "max_length", None) or MAX_TYPED
    return Parameter(name, label, kind_of_value, anchor=anchor, longest=longest)


def of_filter_set(filters: type[django_filters.FilterSet]) -> tuple[Parameter, ...]:
    """The questions of a list that django-filter filters."""
    return tuple(_of_filters(filters))


def _of_filters(filters: type[django_filters.FilterSet]) -> Iterator[Parameter]:
    for name, one in filters.base_filters.items():
        if isinstance(one, django_filters.ChoiceFilter):
            choices: Any = one.extra["choices"]
            words = _later(choices) if callable(choices) else dict(choices)
            about = format_lazy(_("If nothing is asked: {usual}"), usual=one.extra["empty_label"])
            yield Parameter(name, one.label, CODE, words=words, about=about)
        else:
            yield Parameter(name, one.label, ENTRY if isinstance(one, NamedEntryFilter) else DATE)


def _later(choices: Callable[[], Iterable[tuple[str, str]]]) -> dict[str, Any]:
    """The words of the codes, each in the language in which it will be read."""
    label_of = lazy(lambda code: str(dict(choices())[code]), str)
    return {code: label_of(code) for code, _now in choices()}


def anchor_of(kind: type[Entry], name: str) -> str:
    """Where in the codebook the column of that name stands: of the kind, or else of rows of it; or ""."""
    of = {kind._meta.model_name or "": kind, **children_of(kind)}
    return next((f"{one}.{name}" for one, model in of.items() if name in {*map(stem, columns_of(model))}), "")
