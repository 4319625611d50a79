"""Kinds of columns and checks that every app's models share."""

import json
import zlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from publishing.languages import localized

MAX_PROSE_LENGTH = 20_000
# Controls, and the marks that reorder or hide text: fine in no title, and never needed in one.
INVISIBLE = frozenset(
    (
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *map(chr, range(0x202A, 0x202F)),
        *map(chr, range(0x2061, 0x2065)),
        *map(chr, range(0x2066, 0x206A)),
        *map(chr, range(0xD800, 0xE000)),
        *map(chr, range(0xE0100, 0xE01F0)),
        *map(chr, range(0xE0000, 0xE0080)),
        *"\u2028\u2029\ufffe\uffff\u00ad\u115f\u1160\u180e\u200b\u2060\u2800\u3164\ufeff\uffa0",
    )
)
# In longer text line breaks and tabs are wanted too.
INVISIBLE_IN_PROSE = INVISIBLE - set("\n\r\t")


def refuse_invisible(value: str) -> None:
    """Raise ValidationError for control characters and marks that hide or reorder a short text."""
    _refuse(value, INVISIBLE)


def refuse_invisible_in_prose(value: str) -> None:
    """Raise ValidationError for control characters and marks that hide or reorder a long text."""
    _refuse(value, INVISIBLE_IN_PROSE)


def _refuse(value: str, unseen: frozenset[str]) -> None:
    found = sorted({f"U+{ord(character):04X}" for character in value if character in unseen})
    if found:
        raise ValidationError(
            _("This text holds characters that cannot be seen: %(characters)s. Type it again without them."),
            code="unseen",
            params={"characters": ", ".join(found)},
        )


def _in_languages(column: type[models.Field], options: dict[str, Any]) -> TranslatedField:
    return TranslatedField(
        column(**{"blank": True, "default": "", **options}),
        attrgetter=lambda name, field: lambda of: str(localized(of, name)),
    )


def language_of(column: models.Field) -> str:
    """The language of the page that the column is for; nothing where it has none."""
    return getattr(column, "_translated_field_language_code", None) or ""


def name_without_language(column: models.Field) -> str:
    """The name of the column; the columns of one text share theirs."""
    language = language_of(column)
    return column.name.removesuffix(f"_{language}") if language else column.name


def with_line_feeds(text: str) -> str:
    """The text with every end of a line written as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class ProseField(models.TextField):
    """Long text; every way of ending a line is stored as one."""

    def to_python(self, value: Any) -> Any:
        """The text with line feeds alone."""
        value = super().to_python(value)
        return with_line_feeds(value) if isinstance(value, str) else value


def phrase(verbose_name: Any, *, max_length: int = 300, **options: Any) -> Any:
    """A short text in three columns, one for each language of the pages."""
    return _in_languages(
        models.CharField,
        {"verbose_name": verbose_name, "max_length": max_length, "validators": [refuse_invisible], **options},
    )


def prose(verbose_name: Any, **options: Any) -> Any:
    """A long text in three columns, one for each language of the pages."""
    validators = [MaxLengthValidator(MAX_PROSE_LENGTH), refuse_invisible_in_prose]
    return _in_languages(ProseField, {"verbose_name": verbose_name, "validators": validators, **options})


def vocabulary_field(choices: type[models.TextChoices], verbose_name: Any, **options: Any) -> Any:
    """A column of one word of a vocabulary; pair it with `in_vocabulary` among the constraints."""
    longest = max(len(value) for value in choices.values)
    return models.CharField(verbose_name, max_length=max(30, longest), choices=choices, **options)


def in_vocabulary(
    name: str, column: str, choices: type[models.TextChoices], *, optional: bool = False
) -> models.CheckConstraint:
    """The column holds a word of the vocabulary, or nothing where it is optional."""
    words = [*choices.values, *([""] if optional else [])]
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{column}__in": words}),
        violation_error_message=_("That is not a word of our vocabulary."),
    )


class PackedField(models.Field):
    """A column of JSON, compressed; NULL stays None."""

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
        return None if value is None else connection.Database.Binary(zlib.compress(canonical(value), 6))


def canonical(value: Any) -> bytes:
    """JSON in the one form that digests are made of: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")
