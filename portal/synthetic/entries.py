"""Snapshots of synthetic entries, those that others point to first."""

import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from cases.vocabulary import (
    ActorType,
    BreachStatus,
    BreachType,
    CeasefireClass,
    DocumentType,
    EventType,
    Implementation,
    MechanismType,
    Outcome,
    PartnerRole,
    PartyRole,
    Sidedness,
    Strength,
    Topic,
)
from portal.synthetic import words
from portal.synthetic.chance import Chance, Zipf
from publishing import snapshots
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Snapshot
from sources.vocabulary import Reliability, SourceType

# Of so many cases there is one of these.
CASES_OF_AN_ACTOR, CASES_OF_A_SOURCE, CASES_OF_AN_INITIATIVE = 10, 4, 20
PARTIES, SOURCES_OF_A_CASE = 4, 3
BUSIEST = 0.2  # in so many of the cases is the busiest actor, place or source
FIRST_YEAR, LAST_YEAR = 1949, 2025


class SyntheticCasebook:
    """Entries made by chance, the same for the same seed: cases, and what they point to."""

    def __init__(self, cases: int, *, seed: int) -> None:
        self.cases, self.seed, self.chance = cases, seed, Chance(seed)
        self.places: list[str] = []
        self.themes: list[str] = []
        self.actors: list[str] = []
        self.sources: list[str] = []

    def snapshots(self) -> Iterator[Snapshot]:
        """Each entry, as it is made, with a key that begins nobody else's."""
        yield from (self._place(number) for number in range(len(words.NAMES)))
        yield from (self._theme(number) for number in range(len(words.THEMES)))
        yield from (self._actor(number) for number in range(max(self.cases // CASES_OF_AN_ACTOR, 5)))
        yield from (self._source(number) for number in range(max(self.cases // CASES_OF_A_SOURCE, 5)))
        self.party = Zipf(self.actors, chosen=PARTIES, share=BUSIEST)
        self.cited = Zipf(self.sources, chosen=SOURCES_OF_A_CASE, share=BUSIEST)
        self.country = Zipf(self.places, chosen=1, share=BUSIEST)
        yield from (self._case(number) for number in range(self.cases))
        yield from (self._initiative(number) for number in range(self.cases // CASES_OF_AN_INITIATIVE))

    # --- what cases point to -------------------------------------------------------------

    def _entry(
        self,
        kind: str,
        number: int,
        fields: dict[str, Any],
        rows: dict[str, list[dict[str, Any]]] | None = None,
    ) -> Snapshot:
        """The snapshot in today's shape; a row may bring its key."""
        key = self.chance.key()
        snapshot = snapshots.empty(kinds()[kind], uuid.UUID(key))
        snapshot["fields"] = {
            **_defaults(kind),
            "slug": f"synthetic-{self.seed}-{kind}-{number + 1}",
            **fields,
        }
        for name, several in (rows or {}).items():
            snapshot["rows"][name] = {
                row.pop("key", None) or self.chance.key(): {
                    **_row_defaults(kind, name),
                    "position": position,
                    **row,
                }
                for position, row in enumerate(several)
            }
        return snapshot

    def _kept(self, keys: list[str], snapshot: Snapshot) -> Snapshot:
        keys.append(snapshot["id"])
        return snapshot

    def _place(self, number: int) -> Snapshot:
        return self._kept(
            self.places, self._entry("place", number, words.texts("title", words.NAMES[number]))
        )

    def _theme(self, number: int) -> Snapshot:
        fields = {
            **words.texts("title", words.THEMES[number]),
            **words.texts("summary", words.NOTHING_OF_IT_HAPPENED),
        }
        return self._kept(self.themes, self._entry("theme", number, fields))

    def _actor(self, number: int) -> Snapshot:
        # Few bodies of the same name, as in life; the rest is told apart by its number.
        town = self._town()
        name = words.put_into(self.chance.choice(words.BODIES), town)
        fields = {
            **words.texts_of("title", ("{0} {1}", "{0} {1}", "{0} {1}"), name, number + 1),
            **words.texts("description", words.NOTHING_OF_IT_HAPPENED),
            "actor_type": self.chance.choice(ActorType.values),
            "home": self.chance.choice(self.places),
        }
        alias = {"name": f"{town[0][:3].upper()}-{number + 1}", "language": "en"}
        return self._kept(self.actors, self._entry("actor", number, fields, {"alias": [alias]}))

    def _source(self, number: int) -> Snapshot:
        fields = {
            **words.texts_of("title", words.REPORT, self._town(), number + 1),
            "source_type": self.chance.choice(SourceType.values),
            "publisher": "Synthetic Press",
            "published_on": self.chance.day(self.chance.randint(FIRST_YEAR, LAST_YEAR)),
            "language": self.chance.choice(words.LANGUAGES),
            "reliability": self.chance.choice(Reliability.values),
            "url": f"https://source.invalid/{self.seed}/{number + 1}",
        }
        return self._kept(self.sources, self._entry("source", number, fields))

    def _town(self) -> words.Words:
        return words.put_into(self.chance.choice(words.DIRECTIONS), self.chance.choice(words.NAMES))

    # --- cases and initiatives -------------------------------------------------------------

    def _case(self, number: int) -> Snapshot:
        chance, town, year = self.chance, self._town(), self.chance.randint(FIRST_YEAR, LAST_YEAR)
        outcome = chance.choice(Outcome.values)
        began, provisions = chance.day(year), [chance.key() for _number in range(3)]
        fields = {
            **words.texts_of("title", words.CASE, town, f"{year}, {number + 1}"),
            **words.texts_of("finding", words.FINDING, town),
            **words.texts_of("narrative", words.STORY, town),
            **words.texts("outcome_reason", words.NOTHING_OF_IT_HAPPENED),
            "ceasefire_class": chance.choice(CeasefireClass.values),
            "sidedness": chance.choice(Sidedness.values),
            "is_humanitarian": chance.random() < 0.3,
            "themes": sorted(chance.sample(self.themes, 2)),
            "countries": self.country.some(chance),
            "declared_on": began if chance.random() < 0.95 else None,
            "in_force_on": None if outcome == Outcome.NEVER_TOOK_EFFECT else str(year + 1),
            "ended_on": None if outcome == Outcome.HOLDING else str(year + 2),
            "outcome": outcome,
            "outcome_as_of": str(year + 3),
        }
        rows = self._parts_of_a_case(town, year, provisions)
        return self._entry("case", number, fields, {**rows, "claim": self._claims(town, provisions)})

    def _parts_of_a_case(self, town: words.Words, year: int, provisions: list[str]) -> dict[str, Any]:
        chance, parties = self.chance, self.party.some(self.chance)
        roles = [PartyRole.SIGNATORY, PartyRole.SIGNATORY, *chance.choices([*PartyRole], k=PARTIES)]
        return {
            "participation": [
                {"actor": actor, "role": str(role)} for actor, role in zip(parties, roles, strict=False)
            ],
            "document": [
                {
                    **words.texts_of("title", words.CASE, town, year),
                    "document_type": chance.choice(DocumentType.values),
                }
            ],
            "provision": [
                {
                    "key": key,
                    "topic": chance.choice(Topic.values),
                    "strength": chance.choice(Strength.values),
                    **words.texts("text", agreed),
                }
                for key, agreed in zip(provisions, chance.sample(words.AGREED, 3), strict=True)
            ],
            "assessment": [
                {
                    "provision": provisions[0],
                    "assessed_on": str(year + 1),
                    "implementation": chance.choice(Implementation.values),
                }
            ],
            **self._events(town, year, parties),
        }

    def _events(self, town: words.Words, year: int, parties: list[str]) -> dict[str, Any]:
        chance = self.chance
        breach = {
            "breach_type": chance.choice(BreachType.values),
            "status": BreachStatus.ALLEGED.value,
            "began_on": chance.day(year + 1),
            "reported_by": parties[-1],
            **words.texts("description", words.HAPPENED[0]),
        }
        return {
            "event": [
                {
                    "event_type": chance.choice(EventType.values),
                    "happened_on": chance.day(year),
                    **words.texts("title", one),
                }
                for one in words.HAPPENED
            ],
            "mechanism": [
                {
                    **words.texts_of("name", words.COMMITTEE, town),
                    "mechanism_type": chance.choice(MechanismType.values),
                }
            ],
            "breach": [breach] if chance.random() < 0.5 else [],
        }

    def _claims(self, town: words.Words, provisions: list[str]) -> list[dict[str, Any]]:
        cited = self.cited.some(self.chance)
        about = ["finding", "declared_on", "outcome", f"provision/{provisions[0]}"]
        return [
            {
                "about": one,
                "source": cited[place % len(cited)],
                "locator": f"p. {self.chance.randint(1, 90)}",
                **words.texts_of("value", ("{0}", "{0}", "{0}"), town),
            }
            for place, one in enumerate(about)
        ]

    def _initiative(self, number: int) -> Snapshot:
        chance, town, year = self.chance, self._town(), self.chance.randint(FIRST_YEAR, LAST_YEAR)
        fields = {
            **words.texts_of("title", words.PROJECT, town, f"{year}, {number + 1}"),
            **words.texts("summary", words.NOTHING_OF_IT_HAPPENED),
            "main_theme": chance.choice(self.themes),
            "countries": self.country.some(chance),
            "began_on": chance.day(year),
        }
        partner = {"actor": self.party.some(chance)[0], "role": chance.choice(PartnerRole.values)}
        return self._entry("initiative", number, fields, {"partner": [partner]})


@cache
def _defaults(kind: str) -> dict[str, Any]:
    """What a snapshot of the kind says where nothing is written."""
    return snapshots.conformed(snapshots.empty(kinds()[kind], uuid.UUID(int=0)))["fields"]


@cache
def _row_defaults(kind: str, name: str) -> dict[str, Any]:
    """Likewise of one of its rows."""
    return snapshots.conformed_row(children_of(kinds()[kind])[name], {})
