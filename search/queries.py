"""What a search box asks, as conditions and as an order: of a column that holds names line by line, folded.

Such a column is made by `lines`: a line feed stands before, between and behind its lines, so that one
question tells a whole name from the beginning of a name.
"""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, Value, When

from search.folding import spellings

# Nobody types more; what a database takes in one question ends somewhere, too.
MAX_LENGTH, MAX_WORDS = 300, 20


def lines(names: Iterable[str]) -> str:
    """The names as such a column holds them, each spelling in a line of its own.

    >>> lines(["Sana’a", "صنعاء"])
    '\\nsana a\\nsanaa\\nصنعاء\\n'
    """
    found = dict.fromkeys(spelling for name in names for spelling in spellings(name))
    return "\n".join(["", *found, ""]) if found else ""


def holds_words(column: str, asked: str) -> Q:
    """Every word that is asked for stands somewhere in the column; of no word nothing is found.

    column: as in a filter: "names__folded".
    """
    words = [found for word in asked[:MAX_LENGTH].split() if (found := spellings(word))]
    condition = Q() if words else Q(pk__in=[])
    for word in words[:MAX_WORDS]:
        condition &= _any(column, word)
    return condition


def is_named(column: str, names: Iterable[str]) -> Q:
    """One of the names is a whole line of the column."""
    found = [spelling for name in names for spelling in spellings(name)]
    return _any(column, [f"\n{one}\n" for one in found]) if found else Q(pk__in=[])


def closeness(column: str, asked: str) -> Case:
    """How well a row answers: 0 a whole name, 1 its beginning, 2 that of a word in it, 3 otherwise."""
    found = spellings(asked[:MAX_LENGTH])
    ways = ("\n{}\n", "\n{}", " {}")
    whens = [
        When(_any(column, [way.format(one) for one in found]), then=Value(number))
        for number, way in enumerate(ways)
        if found
    ]
    return Case(*whens, default=Value(len(ways)), output_field=IntegerField())


def _any(column: str, parts: Iterable[str]) -> Q:
    """The column contains one of them."""
    condition = Q()
    for part in parts:
        condition |= Q(**{f"{column}__contains": part})
    return condition
