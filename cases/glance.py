"""A case in ten seconds: what stands under its finding, all of it from rows that the page has read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext, pgettext

from cases.durations import duration_in_words
from cases.models import Case, Mechanism, Participation, Provision
from cases.parties import Side
from cases.vocabulary import Implementation, MechanismStatus, MechanismType, PartyRole
from publishing.models.entry import children_of
from publishing.snapshots import Path
from sources import facts
from sources.models import Claim
from sources.vocabulary import Stance

# So many names stand in one cell; the section below has all of them.
MOST_NAMES = 3
WATCHING = {MechanismType.MONITORING, MechanismType.VERIFICATION, MechanismType.JOINT_COMMISSION}
# What a mechanism was that does not, or did not, work is said beside its name.
WORKED = {MechanismStatus.OPERATING, MechanismStatus.ENDED, MechanismStatus.UNKNOWN}

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Some(Generic[Shown]):
    """The first few of several, and how many more there are."""

    shown: Sequence[Shown] = ()
    more: int = 0

    @classmethod
    def of(cls, several: Sequence[Shown]) -> "Some[Shown]":
        """All of them where one more would take no more room than saying so."""
        shown = several if len(several) <= MOST_NAMES + 1 else several[:MOST_NAMES]
        return cls(shown, len(several) - len(shown))


@dataclass(frozen=True)
class Share:
    """How many promises were carried out that far: for a drawing, where it begins and how wide it is."""

    level: str
    count: int
    words: str
    begin: float
    width: float


@dataclass(frozen=True)
class Glance:
    """The cells of the band under the finding; what is empty is said to be empty there."""

    kept_for: str
    sides: Some[Side]
    mediators: Some[Any]
    facilitators: Some[Any]
    monitors: Some[Any]
    mechanisms: Some[Mechanism]
    promises: list[Share] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)


def glance(case: Case, rows: dict[str, list[Any]], sides: list[Side], claims: Iterable[Claim]) -> Glance:
    """The band of a case. rows: with what is assessed of each provision (assessed)."""
    parts: list[Participation] = rows["participation"]
    mediators = _in_role(parts, PartyRole.MEDIATOR)
    mechanisms = _monitoring_mechanisms(rows["mechanism"])
    known = {mechanism.actor_id for mechanism in mechanisms}
    return Glance(
        kept_for=duration_in_words(case),
        sides=Some.of(sides),
        mediators=Some.of(mediators),
        facilitators=Some.of([] if mediators else _in_role(parts, PartyRole.FACILITATOR)),
        monitors=Some.of([one for one in _in_role(parts, PartyRole.MONITOR) if one.pk not in known]),
        mechanisms=Some.of(mechanisms),
        promises=_promises(rows["provision"]),
        disputed=_disputed(claims),
    )


def _in_role(parts: Iterable[Participation], role: str) -> list[Any]:
    return [part.actor for part in parts if part.role == role]


def _monitoring_mechanisms(mechanisms: Iterable[Mechanism]) -> list[Mechanism]:
    """Each with `how_far`: the state of one that does not, or did not, work; else nothing."""
    found = [one for one in mechanisms if one.mechanism_type in WATCHING]
    for one in found:
        one.how_far = "" if one.status in WORKED else one.get_status_display()  # type: ignore[attr-defined]
    return found


def _promises(provisions: Sequence[Provision]) -> list[Share]:
    """How far they were carried out by the newest assessment of each, the furthest first."""
    counts = Counter(_level(provision) for provision in provisions)
    lines = {
        "full": gettext("%(num)s in full"),
        "partly": gettext("%(num)s in part"),
        "none": pgettext("promises", "%(num)s not begun"),
        "unknown": gettext("%(num)s not assessed"),
    }
    shares, begin = [], 0.0
    for level, line in lines.items():
        if count := counts[level]:
            width = 100 * count / len(provisions)
            words = line % {"num": count}
            shares.append(Share(level, count, words, round(begin, 1), round(width, 1)))
            begin += width
    return shares


def _level(provision: Any) -> str:
    if not provision.assessed:
        return "unknown"
    implementation = provision.assessed[-1].implementation
    return {Implementation.FULL: "full", Implementation.NONE: "none"}.get(implementation, "partly")


def _disputed(claims: Iterable[Claim]) -> list[str]:
    """The facts of which a source says otherwise, by name; of rows, how many of their kind."""
    about = dict.fromkeys(claim.about for claim in claims if claim.stance == Stance.DIFFERS)
    in_order = [*facts.attributes(Case), *children_of(Case)]
    kinds = Counter(path.name for path in (Path.parse(one, children_of(Case)) for one in about))
    # Translators: of four events, sources say otherwise: "Event (4)".
    several = gettext("%(name)s (%(num)s)")
    names = {
        kind: gettext("Who took part") if kind == "participation" else facts.label(Case, kind)
        for kind in kinds
    }
    return [
        names[kind] if kinds[kind] == 1 else several % {"name": names[kind], "num": kinds[kind]}
        for kind in sorted(
            kinds, key=lambda kind: in_order.index(kind) if kind in in_order else len(in_order)
        )
    ]
