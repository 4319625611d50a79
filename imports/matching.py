"""Finds which place, actor and case of the casebook a record means; by numbers and exact names alone.

Never by likeness: “Government of Mali” is spelled much like “Somali government”.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.models import Actor, Alias, Case, Place
from cases.vocabulary import ActorType, Review
from imports.models import ActorName
from imports.records import Country, Party, Record
from imports.vocabulary import Answer, Problem
from publishing.languages import columns_of_text
from search.folding import folded, spellings
from sources.models import ExternalId

GOVERNMENT_OF = re.compile(r"government of (?:the )?(.+)", re.IGNORECASE)
TITLES = columns_of_text("title")


class Names:
    """Entries by the exact spelling of a name, folded; a name of several is a name of none."""

    def __init__(self, pairs: Iterable[tuple[Any, str]]) -> None:
        self._keys: dict[str, set[Any]] = defaultdict(set)
        for key, name in pairs:
            for spelling in spellings(name):
                self._keys[spelling].add(key)

    def all(self, name: str) -> set[Any]:
        """All that have the name."""
        return set().union(*(self._keys.get(spelling, set()) for spelling in spellings(name)))

    def only(self, name: str) -> Any:
        """The one that has the name; None where there is none, or several."""
        found = self.all(name)
        return found.pop() if len(found) == 1 else None


@dataclass
class Known:
    """What the casebook knows, read once for a batch. actors_of: the catalogue of the numbers of actors."""

    actors_of: str

    def __post_init__(self) -> None:
        places = [*Place.objects.published().values_list("pk", "gw_number", "iso_code", *TITLES)]
        self._by_gw = _only((gw, key) for key, gw, *_others in places if gw)
        self._by_iso = {iso: key for key, _gw, iso, *_titles in places if iso}
        self._places = Names((key, name) for key, _gw, _iso, *names in places for name in names)
        self._titles = {
            key: dict(zip((one[-2:] for one in TITLES), names, strict=True))
            for key, _gw, _iso, *names in places
        }
        actors = [*Actor.objects.published().values_list("pk", "actor_type", "home", *TITLES)]
        aliases = Alias.objects.filter(actor__in=Actor.objects.published()).values_list("actor", "name")
        named = [(key, name) for key, _type, _home, *names in actors for name in names]
        self._actors = Names([*named, *aliases])
        self._states: dict[tuple[Any, str], set[Any]] = defaultdict(set)
        for key, kind, home, *_names in actors:
            if home and kind in {ActorType.GOVERNMENT, ActorType.STATE}:
                self._states[home, kind].add(key)
        public = {key for key, *_others in actors}
        numbers = ExternalId.objects.filter(scheme=self.actors_of) if self.actors_of else ()
        self._by_number = _only((one.value, one.entry_id) for one in numbers if one.entry_id in public)
        self._answers = {
            (one.number, one.folded): one for one in ActorName.objects.filter(catalogue=self.actors_of)
        }
        self._public_actors = public

    # --- places --------------------------------------------------------------------------------

    def place(self, country: Country) -> UUID | None:
        """The place, by its number, its code or its exact name."""
        if country.gw_number and (found := self._by_gw.get(country.gw_number)):
            return found
        if country.iso_code and (found := self._by_iso.get(country.iso_code)):
            return found
        return self._places.only(country.name) if country.name else None

    def title_of(self, place: UUID, language: str) -> str:
        """What the place is called in the language; "" where that is not known."""
        return self._titles[place].get(language, "")

    # --- actors --------------------------------------------------------------------------------

    def actor(self, record: Record, party: Party) -> UUID | None:
        """The actor: by number, by an answer that was given, by exact name, or as the government of a place.

        None where that is not known, which is asked at the desk, or where it is nobody here.
        """
        if party.number and (found := self._by_number.get(party.number)):
            return found
        name = folded(party.name) or party.number
        answer = self._answers.get((party.number, name)) or self._answers.get(("", name))
        if answer is not None and answer.answer == Answer.NOBODY:
            return None
        if answer is not None and answer.actor_id in self._public_actors:
            return answer.actor_id
        if found := self._actors.only(party.name) or self._government(party.name):
            return found
        if name:
            record.asked.append((party.number, party.name))
            record.note(party.column, Problem.NO_ACTOR, party.name or party.number)
        return None

    def _government(self, name: str) -> UUID | None:
        """The one government of a place in “Government of …”, else its one state."""
        match = GOVERNMENT_OF.fullmatch(name.strip())
        if match is None or self._actors.all(name):
            return None
        place = self._places.only(match[1])
        for kind in (ActorType.GOVERNMENT, ActorType.STATE):
            found = self._states.get((place, kind), set())
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None


def _only(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """The second of each pair by the first; what has several has none."""
    found: dict[Any, set[Any]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return {first: several.pop() for first, several in found.items() if len(several) == 1}


class Covered:
    """Which reviewed case covers a record: one that holds its number, or that of its text, by the dataset.

    The second way is closed where the case holds numbers of the same dataset: its editors chose those.
    """

    def __init__(self, catalogue: str) -> None:
        reviewed = Case.objects.published().filter(review=Review.REVIEWED).values("pk")
        rows = [
            *ExternalId.objects.filter(entry__in=reviewed)
            .exclude(scheme="ucdp_conflict")
            .values_list("scheme", "value", "entry")
        ]
        self._catalogue = catalogue
        self._cases: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        self._held: dict[UUID, set[str]] = defaultdict(set)
        for scheme, value, case in rows:
            self._cases[scheme, value].add(case)
            if scheme == catalogue:
                self._held[case].add(value)

    def by(self, record: Record) -> set[UUID]:
        """The cases that cover it."""
        found = set(self._cases.get((self._catalogue, record.number), ()))
        if found or not self._catalogue:
            return found
        others = (self._cases.get(number, set()) for number in record.numbers)
        return {case for cases in others for case in cases if case not in self._held}

    def is_one_of_several(self, case: UUID) -> bool:
        """Whether the case holds several records of the dataset, of which each says only a part."""
        return len(self._held.get(case, ())) > 1
