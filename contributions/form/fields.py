"""The fields of the public form: one for each column that may be changed."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from contributions.form.editable import EditableField
from desk.addresses import parse_uuid
from publishing import snapshots
from publishing.comparison.columns import name_of
from publishing.fields.boxes import box_options, clean
from publishing.fields.columns import MAX_PROSE_LENGTH, refuse_invisible, refuse_invisible_in_prose
from publishing.fields.form_fields import LineField, MultilineField
from publishing.fields.policy import PublicAccess
from publishing.fields.words import count_words, most_words, words_allowed
from publishing.languages import direction
from publishing.models import Entry
from publishing.named_entries import NamedEntryField, particulars
from publishing.policy import is_open

CHARACTERS_ON_A_LINE = 50
# Columns that take more are for sentences, of which some room shows that two or three are wanted.
MAX_LINE_LENGTH, SENTENCES = 300, 150
# So many entries stand in a list; of more, whoever proposes one types its name.
MOST_LISTED = 200


def field_of(fact: EditableField) -> forms.Field:
    """The form field for a column, labelled in the reader's language, without the widgets of the desk."""
    column = fact.column
    if isinstance(column, (models.ForeignKey, models.ManyToManyField)):
        field = _choice_of_entries(column)
    elif isinstance(column, models.TextField):
        field = _long_text(column, fact)
    else:
        field = cast(forms.Field, column.formfield(**box_options(column)))
        if isinstance(field, LineField) and _is_long(fact):
            # A text on one line may be too long for an input of one line.
            field.widget = forms.Textarea(attrs={"rows": _rows(fact, 1)})
    is_other_language = fact.language not in {"", get_language()}
    field.label = capfirst(name_of(column) if is_other_language else str(column.verbose_name))
    field.initial = fact.value
    if fact.language:
        _set_language(field, fact.language)
    elif isinstance(field, forms.CharField) and "dir" not in field.widget.attrs:
        field.widget.attrs["dir"] = "auto"
    if (
        isinstance(column, models.CharField)
        and not column.choices
        and refuse_invisible not in field.validators
    ):
        field.validators.append(refuse_invisible)
    if (most := most_words(column)) is not None:
        _bound_words(field, most, fact)
    return field


def _bound_words(field: forms.Field, most: int, fact: EditableField) -> None:
    """Say how many words the text may have, and refuse more; a text that is there already may stay."""

    def refuse_more(text: str) -> None:
        found = count_words(text)
        if found > most and text != clean(fact.column, str(fact.value or "")):
            message = ngettext("This has %(count)d word.", "This has %(count)d words.", found)
            raise ValidationError(f"{words_allowed(most)} {message}", params={"count": found})

    field.help_text = f"{field.help_text} {words_allowed(most)}".strip()
    field.validators.append(refuse_more)


class EntryBox(NamedEntryField):
    """A box for the name of an entry; where several answer, it becomes a list of these."""

    def prepare_value(self, value: Any) -> Any:
        """The name for the key that a snapshot holds; what was typed stays."""
        key = parse_uuid(str(value))
        entry = self.entries().filter(pk=key).first() if key else None
        return self.name_of(entry) if entry else value

    def clean(self, value: Any) -> Any:
        """The entry; raises ValidationError where none answers, or several do."""
        try:
            return super().clean(value)
        except ValidationError:
            if self.meant:
                named = ((one.slug, " · ".join([str(one), *particulars(one)])) for one in self.meant)
                self.widget = forms.Select(choices=[(value, "—"), *named])
            raise


def _choice_of_entries(column: Any) -> forms.Field:
    published = column.related_model._default_manager.in_sight().complex_filter(column.get_limit_choices_to())
    options: dict[str, Any] = {"required": not column.blank}
    if isinstance(column, models.ManyToManyField):
        options |= {"widget": forms.CheckboxSelectMultiple, "help_text": _help_on_choice(column)}
        return forms.ModelMultipleChoiceField(published.by_title(), **options)
    if published.order_by()[MOST_LISTED : MOST_LISTED + 1].exists():
        return EntryBox(entries=published.all, takes_parts=True, help_text=_help_on_box(column), **options)
    return forms.ModelChoiceField(published.by_title(), help_text=_help_on_choice(column), **options)


def _help_on_choice(column: Any) -> Any:
    """The help text, or a link to propose a new entry if the public may do that for this kind."""
    link = _link_to_propose(column)
    return format_html("{} {}", _("Not in the list?"), link) if link else column.help_text


def _help_on_box(column: Any) -> Any:
    """How to fill it in, and such a link."""
    link, how = _link_to_propose(column), _("Type its name, or a part of it.")
    return format_html("{} {} {}", how, _("Not in the casebook?"), link) if link else how


def _link_to_propose(column: Any) -> str:
    kind = column.related_model._meta.model_name
    if not is_open(kind, PublicAccess.NEW_ENTRIES):
        return ""
    address = reverse("contributions:propose_new", args=[kind])
    return format_html('<a href="{}">{}</a>', address, _("Propose it first."))


def _long_text(column: Any, fact: EditableField) -> forms.Field:
    return MultilineField(
        required=not column.blank,
        help_text=column.help_text,
        validators=[MaxLengthValidator(MAX_PROSE_LENGTH), refuse_invisible_in_prose],
        widget=forms.Textarea(attrs={"rows": _rows(fact, 3)}),
    )


def _is_long(fact: EditableField) -> bool:
    """Whether the text is longer than a line, or the column is meant for sentences."""
    return fact.column.max_length > MAX_LINE_LENGTH or len(str(fact.value or "")) > CHARACTERS_ON_A_LINE


def _rows(fact: EditableField, minimum: int) -> int:
    """The number of lines that show the whole text; at most 20."""
    length = max(len(str(fact.value or "")), min(fact.column.max_length or 0, SENTENCES))
    return min(20, minimum + length // CHARACTERS_ON_A_LINE)


def _set_language(field: forms.Field, language: str) -> None:
    field.widget.attrs |= {"lang": language, "dir": direction(language)}


def value_of(fact: EditableField, cleaned: Any) -> Any:
    """The cleaned value as stored in a snapshot; the old value if only the outer white space differs."""
    if isinstance(cleaned, Entry):
        value: Any = str(cleaned.pk)
    elif isinstance(fact.column, models.ManyToManyField):
        value = sorted(str(one.pk) for one in cleaned)
    else:
        value = snapshots.as_stored(fact.column, cleaned)
    if isinstance(value, str) and isinstance(fact.value, str) and value == clean(fact.column, fact.value):
        return fact.value
    return value
