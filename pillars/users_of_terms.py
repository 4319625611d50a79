"""Which entries use a term of the glossary: the index of the search names those that may."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q

from pillars.models import Term
from pillars.terms import WORD, find_terms, forms_of, normalized, prefixed_forms
from publishing.languages import active_language, column_in
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.models.entry_lists import said_on_its_own_page
from publishing.search_index import having, question_of
from publishing.snapshots import has_shadows
from publishing.statements import number_asked, objects_asked
from search.stemming import stems

# Of so many entries that may use a term, all are looked at.
MOST_LOOKED_AT = 1000


def entries_that_use(term: Term, language: str, *, at_most: int) -> list[Entry]:
    """The entries in sight whose narrative, in the language, has the term or one of its forms, by title."""
    spellings = tuple(filter(None, (term.title_in(language), *term.forms_in(language))))
    forms, column = forms_of(language, ((term.pk, spellings),)), column_in(language, "narrative")
    patterns = tuple(f"%{connection.ops.prep_for_like_query(one)}%" for one in spellings)
    runs = runs_of(spellings, language)
    found: list[Entry] = []
    for name, kind in kinds().items() if spellings else ():
        if any(one.name == column for one in kind._meta.concrete_fields):
            # What only holds the letters of the term, inside another word, is left out.
            entries = _by_title(name, runs, patterns, language, at_most)
            found += [entry for entry in entries if any(find_terms(getattr(entry, column), forms))]
    return found


def _by_title(
    kind: str, runs: frozenset[str], patterns: tuple[str, ...], language: str, most: int
) -> list[Entry]:
    """The entries of the kind in sight whose narrative has one of the patterns.

    Few that may have it are looked at by their keys; many are soon met in the order of titles. The index
    knows the texts of today alone.
    """
    how = (kind, column_in(language, "narrative"), most, active_language())
    if not runs or has_shadows():
        return objects_asked(_among_all(*how), patterns)
    asked = question_of(runs, kind)
    if number_asked(_candidates(MOST_LOOKED_AT + 1), *asked) > MOST_LOOKED_AT:
        return objects_asked(_along_titles(*how), patterns)
    return objects_asked(_among_candidates(*how), patterns, *asked)


@cache
def _candidates(most: int) -> Callable[..., Any]:
    return lambda *asked: having(asked, most).values_list("pk")


# The order of titles is that of the language in which they are asked for.


@cache
def _among_candidates(kind: str, column: str, most: int, _language: str) -> Callable[..., Any]:
    def rows(patterns: Iterable[str], *asked: str) -> Any:
        entries = having(asked, MOST_LOOKED_AT).values("entry")
        return _with(kind, column, patterns).filter(pk__in=entries).by_title()[:most]

    return rows


@cache
def _along_titles(kind: str, column: str, most: int, _language: str) -> Callable[..., Any]:
    return lambda patterns: _with(kind, column, patterns).along_titles(kind)[:most]


@cache
def _among_all(kind: str, column: str, most: int, _language: str) -> Callable[..., Any]:
    return lambda patterns: _with(kind, column, patterns).by_title()[:most]


def _with(kind: str, column: str, patterns: Iterable[str]) -> Any:
    """The entries with the narrative alone, of their long texts."""
    model = kinds()[kind]
    has_one = reduce(or_, (Q(**{f"{column}__has_pattern": one}) for one in patterns))
    others = (one for one in said_on_its_own_page(model) if one != column)
    return model._default_manager.in_sight().filter(has_one).defer(*others)


@lru_cache(maxsize=500)
def runs_of(spellings: tuple[str, ...], language: str) -> frozenset[str]:
    """The stems of each spelling as they follow each other in a text that has it, whatever is joined to it.

    None where one of the spellings is of words alone that the index passes over.
    """
    runs: set[str] = set()
    for spelling in spellings:
        # A form that does not begin with a letter is found nowhere.
        if first := WORD.match(spelling):
            rest = spelling[first.end() :]
            runs |= {
                " ".join(stems(f"{one}{rest}")) for one in prefixed_forms(normalized(first[0]), language)
            }
    return frozenset() if "" in runs else frozenset(runs)
