"""Texts that are read at a glance, and so have few words."""

import re

from django.db import models
from django.utils.translation import ngettext

from publishing.fields.columns import stem

# A word has a letter or a digit: a dash or a semicolon that stands alone is none.
IN_A_WORD = re.compile(r"\w")


def count_words(text: str) -> int:
    """How many words a reader counts, in any of the languages."""
    return sum(1 for part in text.split() if IN_A_WORD.search(part))


def most_words(column: models.Field) -> int | None:
    """How many words the text may have in each language, or None where its model sets no bound."""
    bounds: dict[str, int] = getattr(column.model, "MOST_WORDS", {})
    return bounds.get(stem(column))


def words_allowed(most: int) -> str:
    """What is said below the box."""
    return ngettext("At most %(count)d word.", "At most %(count)d words.", most) % {"count": most}
