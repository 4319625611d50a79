"""Whom a name might mean: suggestions for a person, who alone decides."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process

from cases.models import Actor, Alias, Place
from cases.vocabulary import ActorType
from imports.matching import GOVERNMENT_OF, Names
from imports.models import ActorName
from publishing.languages import columns_of_text
from search.folding import folded

# So many are suggested, and none that is less like it than this.
MOST, LEAST = 4, 72
# What a government is recorded as.
GOVERNING = (ActorType.GOVERNMENT, ActorType.STATE)


def suggestions(names: Sequence[ActorName]) -> dict[Any, list[Actor]]:
    """By the key of each name, those that govern the place in it, then the actors with names like it."""
    titles = columns_of_text("title")
    actors = Actor.objects.published()
    spelled: list[tuple[Any, str]] = []
    for key, *spellings in actors.values_list("pk", *titles):
        spelled += [(key, folded(one)) for one in spellings if one]
    spelled += [(key, folded(name)) for key, name in Alias.objects.values_list("actor", "name")]
    choices = [name for _key, name in spelled]
    places = Names(
        (key, name)
        for key, *spellings in Place.objects.published().values_list("pk", *titles)
        for name in spellings
    )
    governing = [*actors.filter(actor_type__in=GOVERNING, home__isnull=False).values_list("home", "pk")]
    found: dict[Any, list[Any]] = {}
    for one in names:
        alike = process.extract(
            one.folded, choices, scorer=fuzz.token_sort_ratio, limit=4 * MOST, score_cutoff=LEAST
        )
        match = GOVERNMENT_OF.fullmatch(one.name)
        there = places.all(match[1]) if match else set()
        keys = dict.fromkeys(key for home, key in governing if home in there)
        keys |= dict.fromkeys(spelled[place][0] for _name, _score, place in alike)
        found[one.pk] = [*keys][:MOST]
    by_key = actors.without_prose().in_bulk({key for keys in found.values() for key in keys})
    return {one: [by_key[key] for key in keys if key in by_key] for one, keys in found.items()}
