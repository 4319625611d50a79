"""The filter of the list of claims in the form of an entry: by words, fact, stance and source."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from search.folding import folded
from sources.models import Claim
from sources.vocabulary import Stance

# The names of its boxes; none of them is a box of the entry.
WORDS, FACT, STANCE, SOURCE = "_claims_words", "_claims_fact", "_claims_stance", "_claims_source"
MAX_WORDS = 300
# So many sources are offered, those of most claims; the words find the others.
MOST_SOURCES = 12


@dataclass(frozen=True)
class Choice:
    """A value that a box of the filter offers."""

    value: str
    label: str
    is_chosen: bool


class ClaimFilter:
    """What the list of claims is asked for; values that it does not know are not asked."""

    def __init__(
        self, claims: Iterable[Claim], fact_of: Callable[[Claim], str], asked: Mapping[str, Any]
    ) -> None:
        self.words = str(asked.get(WORDS, ""))[:MAX_WORDS]
        self._facts: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._values: dict[UUID, dict[str, str]] = {}
        claims_of: Counter[str] = Counter()
        for claim in claims:
            fact, source = fact_of(claim), str(claim.source) if claim.source else ""
            self._values[claim.pk] = {
                FACT: self._facts.setdefault(fact, str(len(self._facts) + 1)),
                STANCE: claim.stance,
                SOURCE: self._sources.setdefault(source, str(len(self._sources) + 1)) if source else "0",
            }
            claims_of[self._values[claim.pk][SOURCE]] += 1
        offered = {number for number, _times in claims_of.most_common(MOST_SOURCES)}
        self._offered_sources = offered | {str(asked.get(SOURCE, "")), "0"}
        self._known = {
            FACT: {number: label for label, number in self._facts.items()},
            STANCE: {str(value): str(label) for value, label in Stance.choices},
            SOURCE: {"0": _("No source")} | {number: label for label, number in self._sources.items()},
        }
        self._asked = {name: str(asked.get(name, "")) for name in self._known}

    @property
    def is_asked(self) -> bool:
        """Whether anything that is known is asked."""
        return bool(self.words.strip()) or any(
            value in self._known[name] for name, value in self._asked.items()
        )

    def shows(self, key: UUID, words: Callable[[], str]) -> bool:
        """Whether the claim of that key, whose line has these words, answers what is asked."""
        is_asked = all(
            self._asked[name] in ("", value) or self._asked[name] not in self._known[name]
            for name, value in self._values[key].items()
        )
        if not is_asked or not self.words.strip():
            return is_asked
        line = folded(words())
        return all(word in line for word in folded(self.words).split())

    @property
    def choices(self) -> list[tuple[str, str, list[Choice]]]:
        """The boxes that offer values: name, label, values."""
        labels = {FACT: _("Fact"), STANCE: _("Stance"), SOURCE: _("Source")}
        return [
            (
                name,
                labels[name],
                [
                    Choice(value, label, value == self._asked[name])
                    for value, label in known.items()
                    if name != SOURCE or value in self._offered_sources
                ],
            )
            for name, known in self._known.items()
        ]

    def marks(self, key: UUID) -> str:
        """The values of a line, in the order of the boxes, for the script."""
        return " ".join(self._values[key].values())
