"""The boxes of a blank row as columns into which something is pasted: their names, and what they take."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst

from desk.positions import POSITION
from publishing.fields.columns import language_of_column, stem
from publishing.fields.number_fields import NumberField, WholeNumberField
from publishing.fields.partial_dates import PartialDateFormField
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES
from publishing.models import Entry
from search.folding import folded

DATE, ENTRY, CHOICE, NUMBER, FLAG, TEXT = "date", "entry", "choice", "number", "flag", "text"
# How tables of others head a column, for the first box of its sort: in English, Arabic and French.
# Words of one name have a line between them.
HEADS_OF_OTHERS = {
    DATE: "date day when from تاريخ التاريخ اليوم متى من jour quand du",
    ENTRY: (
        "actor party name organisation organization who source acteur partie nom qui "
        "الفاعل الجهة الطرف الاسم المنظمة المصدر"
    ),
    CHOICE: "type kind category النوع نوع الفئة genre catégorie nature",
    TEXT: (
        "text title event description what what_happened summary name texte titre événement évènement quoi "
        "ce_qui_s'est_passé nom libellé النص العنوان الحدث الوصف ماذا ماذا_حدث ما_حدث الاسم الموضوع"
    ),
}
# Boxes that say something about the row, and hold nothing of what it says.
NOT_PASTED = {POSITION, DELETION_FIELD_NAME}


@dataclass(frozen=True)
class Option:
    """What can be chosen in a box: the value that is sent, and the words for it."""

    value: str
    words: str


@dataclass(frozen=True)
class PasteBox:
    """One box of a row: its name, its field, and the column of the model that it is for."""

    name: str
    field: Any
    column: Any

    @property
    def label(self) -> str:
        """What stands beside the box."""
        return capfirst(str(self.field.label))

    @property
    def language(self) -> str:
        """The language of its text, or ""."""
        return language_of_column(self.column) if self.column is not None else ""

    @cached_property
    def sort(self) -> str:
        """What kind of value it takes."""
        field = self.field
        if isinstance(field, PartialDateFormField):
            return DATE
        if isinstance(field, forms.ModelChoiceField):
            is_entry = field.queryset is not None and issubclass(field.queryset.model, Entry)
            return ENTRY if is_entry else CHOICE
        if isinstance(field, forms.BooleanField):
            return FLAG
        if isinstance(field, forms.ChoiceField):
            return CHOICE
        return NUMBER if isinstance(field, (NumberField, WholeNumberField)) else TEXT

    @cached_property
    def heads(self) -> frozenset[str]:
        """The names that it has itself, in each language, as they are compared."""
        names = [self.name, self.field.label]
        for language in PAGE_LANGUAGES:
            with translation.override(language):
                if self.column is not None:
                    label = str(self.column.verbose_name)
                    own = OWN_NAMES.get(self.language, "")
                    names += (
                        [label, f"{label} {own}", stem(self.column)] if not self._is_other(language) else []
                    )
                else:
                    names.append(str(self.field.label))
        return frozenset(folded(str(name)) for name in names)

    def _is_other(self, language: str) -> bool:
        """A text that is in another language than its head."""
        return bool(self.language) and self.language != language

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen, where that is no entry."""
        if isinstance(self.field, forms.ModelChoiceField):
            return tuple(Option(str(one.pk), str(one)) for one in self.field.queryset or ())
        return tuple(_flat(self.field.choices))

    @cached_property
    def options_by_name(self) -> dict[str, list[Option]]:
        """The options by their value, and by their words in each language, as they are compared."""
        found: dict[str, list[Option]] = {}
        for option in self.options:
            for name in {option.value.casefold(), *map(folded, self._names_of(option))} - {""}:
                found.setdefault(name, []).append(option)
        return found

    def _names_of(self, option: Option) -> Iterator[str]:
        words = self._lazy_words.get(option.value, option.words)
        for language in PAGE_LANGUAGES:
            with translation.override(language):
                yield str(words)

    @cached_property
    def _lazy_words(self) -> dict[str, str | Promise]:
        choices = getattr(self.column, "flatchoices", None) or []
        return {str(value): words for value, words in choices}


def _flat(choices: Any) -> Iterator[Option]:
    for value, words in choices:
        if isinstance(words, (list, tuple)):
            yield from _flat(words)
        elif value not in (None, ""):
            yield Option(str(value), str(words))


def paste_boxes(formset: Any) -> list[PasteBox]:
    """The boxes of a blank row of the formset, those of its line first."""
    blank = formset.empty_form
    columns = {column.name: column for column in formset.model._meta.concrete_fields}
    hidden = {name for name, field in blank.fields.items() if isinstance(field.widget, forms.HiddenInput)}
    found = [
        PasteBox(name, field, columns.get(name))
        for name, field in blank.fields.items()
        if name in columns and name not in NOT_PASTED | hidden
    ]
    return sorted(found, key=lambda box: _rank(box, formset.line))


def _rank(box: PasteBox, line: Sequence[str]) -> int:
    name = stem(box.column) if box.column is not None else box.name
    return line.index(name) if name in line else len(line)
