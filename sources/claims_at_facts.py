"""The claims of each fact, shown beside the fact in the form of an entry."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.languages import columns_of_text
from publishing.models import Entry
from sources import facts
from sources.models import Claim
from sources.vocabulary import Stance

UNSOURCED = "unsourced"
# So many claims stand at a fact.
MOST_LINES = 6


@dataclass(frozen=True)
class ClaimLine:
    """A claim in one line: its key, how it bears on the fact, and the words of the line.

    is_open: whether its boxes are in the form.
    """

    key: UUID
    bearing: str
    words: str
    is_open: bool = False


@dataclass
class FactClaims:
    """The claims of one fact. about: the fact, as claims name it."""

    about: str
    lines: list[ClaimLine] = field(default_factory=list)

    @property
    def shown(self) -> list[ClaimLine]:
        """The lines that are shown beside the fact; the list of all claims has the others too."""
        return self.lines[:MOST_LINES]

    @property
    def further(self) -> int:
        """How many more there are."""
        return len(self.lines[MOST_LINES:])

    @property
    def summary(self) -> str:
        """How many sources say so, and how many say otherwise."""
        return counted(self.lines) or _("No source yet.")

    @property
    def is_unsourced(self) -> bool:
        """Whether no source speaks of the fact."""
        return all(line.bearing == UNSOURCED for line in self.lines)


class ClaimsAtFacts:
    """All claims of an entry by what they are about, in the order of their positions."""

    def __init__(self, claims: Iterable[Claim], opened: Collection[UUID] = ()) -> None:
        self._by_fact: dict[str, FactClaims] = {}
        for claim in claims:
            line = replace(line_of(claim), is_open=claim.pk in opened)
            self._by_fact.setdefault(claim.about, FactClaims(claim.about)).lines.append(line)

    def of(self, about: str) -> FactClaims:
        """Those of the fact; of one that has none, none."""
        return self._by_fact.get(about) or FactClaims(about)

    def in_facts_of(self, kind: type[Entry]) -> Iterator[FactClaims]:
        """Those of each fact that is a column and has claims, or that needs some."""
        for name in facts.attributes(kind):
            if name in self._by_fact or name in kind.KEY_FACTS:
                yield self.of(name)

    def notes_of(self, kind: str, rows: Iterable[Any]) -> dict[UUID, str]:
        """What the line of each row says of its sources; nothing of a row that has none."""
        found = {row.pk: self.of(facts.about_row(kind, row)) for row in rows}
        return {key: claims.summary for key, claims in found.items() if claims.lines}


def line_of(claim: Claim) -> ClaimLine:
    """The line of a claim: its source and the locator; without a source, what it says."""
    if claim.source is None:
        text = next(filter(None, (getattr(claim, name) for name in _SAYING)), "")
        return ClaimLine(claim.pk, UNSOURCED, f"{_('unsourced')}: {text}" if text else _("unsourced"))
    words = _(", ").join(filter(None, (str(claim.source), claim.locator)))
    return ClaimLine(claim.pk, claim.stance, words)


_SAYING = columns_of_text("value") + columns_of_text("remark")


def counted(lines: Iterable[ClaimLine]) -> str:
    """The number of claims of each bearing, in words; "" of none."""
    numbers = dict.fromkeys([*Stance, UNSOURCED], 0)
    for line in lines:
        numbers[line.bearing] += 1
    forms = {
        Stance.SUPPORTS: ngettext("%(num)s source", "%(num)s sources", numbers[Stance.SUPPORTS]),
        Stance.CONTEXT: ngettext("%(num)s for context", "%(num)s for context", numbers[Stance.CONTEXT]),
        Stance.EARLIER: ngettext("%(num)s from before", "%(num)s from before", numbers[Stance.EARLIER]),
        UNSOURCED: ngettext(
            "%(num)s statement without a source", "%(num)s statements without a source", numbers[UNSOURCED]
        ),
        Stance.DIFFERS: ngettext("%(num)s says otherwise", "%(num)s say otherwise", numbers[Stance.DIFFERS]),
    }
    words = [form % {"num": numbers[one]} for one, form in forms.items() if numbers[one]]
    return _(", ").join(words)
