"""The columns of a table of entries or rows: made from the models, so that none is forgotten."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import ProseField, language_of_column
from publishing.fields.partial_dates import PartialDate, PartialDateField
from publishing.languages import OWN_NAMES
from publishing.models import Child, Entry
from publishing.models.entry import leads_to
from publishing.policy import columns_of

# The words of a code beside it, in the language of the table.
LABEL = "_label"
STRING, INTEGER, NUMBER, BOOLEAN, DATE, MOMENT = "string", "integer", "number", "boolean", "date", "datetime"
# The address of each entry that a table points to, by key.
Slugs = Mapping[Any, str]
Make = Callable[[Any, Slugs], Any]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    name: in every language the same. make: the cell, from the stored value and the addresses of entries.
    """

    name: str
    of: str
    title: Any
    help: Any
    type: str
    make: Make
    is_long: bool = False
    # The codes that it may hold, where it holds codes.
    codes: tuple[Any, ...] = ()
    # Their labels, where the cells are these.
    words: Mapping[Any, Any] | None = None

    def cell(self, value: Any, slugs: Slugs) -> Any:
        """The cell, in the active language."""
        if self.words is None:
            return self.make(value, slugs)
        return str(self.words[value]) if value in self.words and value != "" else None

    @property
    def label(self) -> str:
        """What it is called, in the active language."""
        return capfirst(str(self.title))


ABOUT_CODES = _("The same in words, in the language of the table.")
ABOUT_POINTERS = _("The address of the entry: the last part of that of its page.")
ABOUT_MEMBERS = _("The addresses of the entries, separated by semicolons.")
ABOUT_DATES = _("A year, a month or a day: what is not known is left out.")


@cache
def columns_in_table(model: type[Entry] | type[Child]) -> tuple[Column, ...]:
    """The columns of a table of the model's content, in the order of the model."""
    return tuple(column for field in columns_of(model) for column in _columns_of_field(field))


def _columns_of_field(field: models.Field) -> list[Column]:
    made: Callable[..., Column] = partial(Column, of=field.name, title=_title(field))
    help_text = field.help_text or ""
    if isinstance(field, models.ManyToManyField):
        return [made(field.name, help=ABOUT_MEMBERS, type=STRING, make=_members)]
    if leads_to(field, Entry):
        return [made(field.name, help=ABOUT_POINTERS, type=STRING, make=_pointer)]
    if field.choices:
        words = dict(field.flatchoices)
        kind = INTEGER if isinstance(field, models.IntegerField) else STRING
        in_words = made(f"{field.name}{LABEL}", help=ABOUT_CODES, type=STRING, make=plain, words=words)
        return [made(field.name, help=help_text, type=kind, make=plain, codes=tuple(words)), in_words]
    if isinstance(field, PartialDateField):
        return [made(field.name, help=help_text or ABOUT_DATES, type=STRING, make=plain)]
    return [
        made(field.name, help=help_text, type=_type(field), make=plain, is_long=isinstance(field, ProseField))
    ]


def _title(field: models.Field) -> Any:
    language = language_of_column(field)
    return _InLanguage(field.verbose_name, OWN_NAMES[language]) if language else field.verbose_name


@dataclass(frozen=True)
class _InLanguage:
    """The name of a text and of its language, in the active language."""

    name: Any
    language: str

    def __str__(self) -> str:
        return gettext("%(text)s (%(language)s)") % {"text": self.name, "language": self.language}


def _type(field: models.Field) -> str:
    types: dict[type[models.Field], str] = {
        models.BooleanField: BOOLEAN,
        models.IntegerField: INTEGER,
        models.DecimalField: NUMBER,
        models.DateTimeField: MOMENT,
        models.DateField: DATE,
    }
    return next((name for kind, name in types.items() if isinstance(field, kind)), STRING)


AS_THEY_ARE = frozenset({str, bool, int, Decimal})


def plain(value: Any, _slugs: Slugs) -> Any:
    """The value as files hold it: text, number, truth or nothing."""
    if value is None or type(value) in AS_THEY_ARE:
        return value
    return (
        str(value) if isinstance(value, PartialDate) or not hasattr(value, "isoformat") else value.isoformat()
    )


def _pointer(key: Any, slugs: Slugs) -> str | None:
    return None if key is None else slugs.get(key, "")


def _members(keys: list[Any], slugs: Slugs) -> list[str]:
    return sorted(slugs[key] for key in keys or () if key in slugs)


MANAGED = (
    Column("id", "pk", _("key"), _("The same for ever, whatever the entry is called."), STRING, plain),
    Column("page", "slug", _("page"), _("The address of its page."), STRING, plain),
    Column(
        "revision", "revision", _("revision"), _("The number of what was published last."), INTEGER, plain
    ),
    Column("published_at", "published_at", _("first published"), "", MOMENT, plain),
    Column("changed_at", "changed_at", _("last changed"), "", MOMENT, plain),
)
ELSEWHERE = Column(
    "external_ids",
    "external_ids",
    _("numbers elsewhere"),
    _("The catalogue and the number in it, separated by semicolons."),
    STRING,
    lambda numbers, _slugs: numbers or [],
)
