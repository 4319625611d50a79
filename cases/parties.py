"""The participants of a ceasefire: parties by side, and third parties by role."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.models import Participation
from cases.vocabulary import PartyRole
from publishing.languages import PAGE_LANGUAGES, LocalizedText, localized

PARTY_ROLES = (PartyRole.SIGNATORY, PartyRole.DECLARING_PARTY)
SIDE_ROLES = (*PARTY_ROLES, PartyRole.BACKER)


@dataclass
class Side:
    """A side of the conflict: its parties and its backers."""

    name: LocalizedText
    parties: list[Participation] = field(default_factory=list)
    backers: list[Participation] = field(default_factory=list)


@dataclass
class Role:
    """A role, and the third parties with this role."""

    name: str
    parts: list[Participation] = field(default_factory=list)


def by_side(participations: Iterable[Participation]) -> list[Side]:
    """The sides, in the order of their first participation; backers without a side are third parties."""
    sides: dict[str, Side] = {}
    for part in participations:
        if part.role in SIDE_ROLES and not _is_third_party(part):
            name = localized(part, "side")
            # The same side, even if only some of its rows are translated.
            side = sides.setdefault(str(localized(part, "side", PAGE_LANGUAGES[0])), Side(name))
            side.name = name if side.name.is_fallback else side.name
            (side.parties if part.role in PARTY_ROLES else side.backers).append(part)
    return sorted(sides.values(), key=lambda side: not side.parties)


def by_role(participations: Iterable[Participation]) -> list[Role]:
    """The third parties by role, in the order of PartyRole."""
    roles = {value: Role(str(label)) for value, label in PartyRole.choices}
    for part in participations:
        if part.role not in SIDE_ROLES or _is_third_party(part):
            roles[part.role].parts.append(part)
    return [role for role in roles.values() if role.parts]


def _is_third_party(part: Participation) -> bool:
    return part.role == PartyRole.BACKER and not localized(part, "side")
