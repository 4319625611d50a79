"""Links in Markdown that ask for a number: [#](/en/cases/?outcome=holding).

Which number that is, says who renders the text (publishing/prose_numbers.py).
"""

import re

MARK = "#"
NUMBER_LINK = re.compile(r"\[\s*#\s*\]\(\s*+<?([^()\s<>]*+)>?\s*+\)")
# Stands for the number where a text is kept: the number changes, and the text stays.
LEFT_OUT = "…"


def has_numbers(text: str) -> bool:
    """Whether the text may ask for a number; true for all that do."""
    return MARK in text and bool(re.search(r"\[\s*#\s*\]", text))


def without_numbers(text: str) -> str:
    """The text with a sign of omission for each number."""
    return NUMBER_LINK.sub(LEFT_OUT, text)
