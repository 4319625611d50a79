"""Who took part in a ceasefire, as readers look for them: by side, and third parties by what they did."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.models import Participation
from cases.vocabulary import PartyRole
from publishing.languages import PAGE_LANGUAGES, LocalizedText, localized

BOUND = (PartyRole.SIGNATORY, PartyRole.DECLARING_PARTY)
OF_A_SIDE = (*BOUND, PartyRole.BACKER)


@dataclass
class Side:
    """A side of the conflict: who bound themselves for it, and who backed it."""

    name: LocalizedText
    parties: list[Participation] = field(default_factory=list)
    backers: list[Participation] = field(default_factory=list)


@dataclass
class Role:
    """A role, and the third parties that had it."""

    name: str
    parts: list[Participation] = field(default_factory=list)


def by_side(participations: Iterable[Participation]) -> list[Side]:
    """The sides in the order in which they are first named; backers without a side stand with the others."""
    sides: dict[str, Side] = {}
    for part in participations:
        if part.role in OF_A_SIDE and not _is_outside(part):
            name = localized(part, "side")
            # One side, though only some of its rows are translated.
            side = sides.setdefault(str(localized(part, "side", PAGE_LANGUAGES[0])), Side(name))
            side.name = name if side.name.is_fallback else side.name
            (side.parties if part.role in BOUND else side.backers).append(part)
    return sorted(sides.values(), key=lambda side: not side.parties)


def by_role(participations: Iterable[Participation]) -> list[Role]:
    """Everybody who stands on no side, in the order of the vocabulary."""
    roles = {value: Role(str(label)) for value, label in PartyRole.choices}
    for part in participations:
        if part.role not in OF_A_SIDE or _is_outside(part):
            roles[part.role].parts.append(part)
    return [role for role in roles.values() if role.parts]


def _is_outside(part: Participation) -> bool:
    return part.role == PartyRole.BACKER and not localized(part, "side")
