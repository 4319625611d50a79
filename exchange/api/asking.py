"""Reads what is sent to the reconciliation service; raises a Problem of what it does not understand."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.api.matching import KINDS, Question
from exchange.problems import Problem

# As many as OpenRefine sends; each is a search of its own.
MOST_QUERIES = 10
MOST_CANDIDATES, USUAL_CANDIDATES = 50, 5
MOST_KNOWN, LONGEST = 10, 300
UNSAFE = {ord("\0"): " "}


def malformed(name: str) -> Problem:
    """What is not as the specification has it."""
    return Problem(400, _("This was not understood: %(questions)s"), {"questions": name},
                   not_understood=[{"name": name, "value": ""}])  # fmt: skip


def object_in(text: str, name: str) -> dict[str, Any]:
    """The JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise malformed(name) from None
    if not isinstance(found, dict):
        raise malformed(name)
    return found


def questions_in(text: str) -> list[tuple[str, Question]]:
    """The questions of a batch, each with its key."""
    batch = object_in(text, "queries")
    if len(batch) > MOST_QUERIES:
        raise Problem(400, _("Ask at most %(number)s queries at once."), {"number": MOST_QUERIES})
    return [(clean(key), _question(key, one)) for key, one in batch.items()]


def _question(key: str, query: Any) -> Question:
    if not isinstance(query, dict):
        raise malformed(clean(key))
    text, limit = query.get("query", ""), query.get("limit", USUAL_CANDIDATES)
    asked = query.get("type") or [*KINDS]
    of_kinds = [asked] if isinstance(asked, str) else asked
    known = query.get("properties", [])
    is_whole = (
        isinstance(text, str)
        and isinstance(of_kinds, list)
        and isinstance(known, list)
        and len(known) <= MOST_KNOWN
        and isinstance(limit, (int, float))
        and 1 <= limit < 1e9
        and (text.strip() or known)
    )
    if not is_whole:
        raise malformed(clean(key))
    return Question(
        clean(text)[:LONGEST].strip(),
        tuple(kind for kind in KINDS if kind in of_kinds),
        min(int(limit), MOST_CANDIDATES),
        tuple(_known(key, one) for one in known),
    )


def _known(key: str, one: Any) -> tuple[str, tuple[str, ...]]:
    if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
        raise malformed(clean(key))
    values = one["v"] if isinstance(one["v"], list) else [one["v"]]
    texts = [value.get("name") or value.get("id") if isinstance(value, dict) else value for value in values]
    return one["pid"], tuple(clean(_written(text))[:LONGEST] for text in texts[:MOST_KNOWN])


def _written(value: Any) -> str:
    return "true" if value is True else "false" if value is False else str(value)


def clean(text: str) -> str:
    """The text as databases take it."""
    return text.encode("utf-8", "replace").decode().translate(UNSAFE)
