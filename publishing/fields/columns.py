"""Model fields and constraints that the models of all apps share."""

import json
import zlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.lookups import BuiltinLookup, IContains
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from publishing.beforehand import worked_out
from publishing.fields.clean_text import with_line_feeds
from publishing.fields.form_fields import MultilineField
from publishing.fields.invisible import refused_excerpts
from publishing.languages import column_in, columns_of_text, localized

MAX_PROSE_LENGTH = 20_000


def refuse_invisible(value: str) -> None:
    """Raise ValidationError for control characters and marks that hide or reorder text; for short texts."""
    _refuse(refused_excerpts(value, but=()))


def refuse_invisible_in_prose(value: str) -> None:
    """As `refuse_invisible`, for long texts, which may contain line breaks and tabs."""
    _refuse(refused_excerpts(value))


def _refuse(excerpts: list[str]) -> None:
    if excerpts:
        raise ValidationError(
            _(
                "This text contains characters that nobody sees and that change how it reads. Here a mark "
                "stands for each: %(places)s. Delete these words and type them again."
            ),
            code="unseen",
            params={"places": " ".join(f"“{excerpt}”" for excerpt in excerpts)},
        )


def _in_languages(column: type[models.Field], options: dict[str, Any]) -> TranslatedField:
    return TranslatedField(
        column(**{"blank": True, "default": "", **options}),
        attrgetter=lambda name, field: lambda instance: str(localized(instance, name)),
    )


def language_of_column(column: models.Field) -> str:
    """The language of the column: one of the languages of the pages, or ""."""
    return getattr(column, "_translated_field_language_code", "")


def stem(column: models.Field) -> str:
    """The name of the column without its language: "title" for title_en, title_ar and so on."""
    language = language_of_column(column)
    return column.name.removesuffix(column_in(language, "")) if language else column.name


def is_in_no_language(text: str) -> models.Q:
    """A condition: the text is empty in every language of the pages."""
    return models.Q(**dict.fromkeys(columns_of_text(text), ""))


class ProseField(models.TextField):
    """Long text; all line endings are stored as line feeds."""

    def to_python(self, value: Any) -> Any:
        """The text with line feeds only."""
        value = super().to_python(value)
        return with_line_feeds(value) if isinstance(value, str) else value

    def formfield(self, **options: Any) -> Any:
        """A field of several lines; line endings of browsers do not count as a change."""
        return super().formfield(**{"form_class": MultilineField, **options})


class HasPattern(IContains):
    """Whether the text has a pattern of LIKE, whatever its case; the words in the pattern are escaped.

    So a statement that is compiled once can be asked with other patterns, as `icontains` makes them.
    """

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """The pattern as it is given."""
        return BuiltinLookup.process_rhs(self, compiler, connection)


ProseField.register_lookup(HasPattern, "has_pattern")


def phrase(verbose_name: Any, *, max_length: int = 300, **options: Any) -> Any:
    """A short text in columns, one for each language of the pages."""
    return _in_languages(
        models.CharField,
        {"verbose_name": verbose_name, "max_length": max_length, "validators": [refuse_invisible], **options},
    )


def prose(verbose_name: Any, **options: Any) -> Any:
    """A long text in columns, one for each language of the pages."""
    validators = [MaxLengthValidator(MAX_PROSE_LENGTH), refuse_invisible_in_prose]
    return _in_languages(ProseField, {"verbose_name": verbose_name, "validators": validators, **options})


def vocabulary_field(choices: type[models.TextChoices], verbose_name: Any, **options: Any) -> Any:
    """A column for one code of a vocabulary; add `in_vocabulary` to the constraints of the model."""
    longest = max(len(value) for value in choices.values)
    return models.CharField(verbose_name, max_length=max(30, longest), choices=choices, **options)


def in_vocabulary(
    name: str, column: str, choices: type[models.TextChoices], *, optional: bool = False
) -> models.CheckConstraint:
    """The column holds a code of the vocabulary, or "" where it is optional."""
    codes = [*choices.values, *([""] if optional else [])]
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{column}__in": codes}),
        violation_error_message=_("That is not a value of this list."),
    )


class PackedField(models.Field):
    """A column of compressed JSON; NULL stays None."""

    description = "Compressed JSON"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "editable": False})

    def get_internal_type(self) -> str:
        """Stored as bytes."""
        return "BinaryField"

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """The JSON, unpacked."""
        return None if value is None else json.loads(zlib.decompress(bytes(value)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The JSON, packed."""
        return None if value is None else connection.Database.Binary(worked_out(packed, value))


class InWordsField(models.CharField):
    """A column whose value means nothing to people as it is stored; changes of it are told in words."""

    def in_words(self, value: str) -> str:
        """What the value says; every kind of such a column has its own."""
        raise NotImplementedError

    def deconstruct(self) -> Any:
        """As the plain column that it is in the tables."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


def packed(value: Any) -> bytes:
    """What a PackedField stores."""
    return zlib.compress(worked_out(canonical, value), 6)


def canonical(value: Any) -> bytes:
    """JSON in the canonical form that digests need: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")
