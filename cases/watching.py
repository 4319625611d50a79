"""Who watches over a ceasefire: outsiders, the parties together, one of them, or nobody that is recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from cases.vocabulary import ActorType, MechanismStatus, MechanismType


class Watch(models.TextChoices):
    """Who watches over a ceasefire. A case may have several of these."""

    INTERNATIONAL = "international", pgettext_lazy("who watches over a ceasefire", "International")
    JOINT = "joint", pgettext_lazy("who watches over a ceasefire", "Joint")
    NATIONAL = "national", pgettext_lazy("who watches over a ceasefire", "National")
    UNSAID = "unsaid", pgettext_lazy("who watches over a ceasefire", "By whom is not recorded")
    PLANNED = "planned", pgettext_lazy("who watches over a ceasefire", "Agreed only")


# The mechanisms that watch over what the parties do.
WATCHING = frozenset(
    {
        MechanismType.MONITORING,
        MechanismType.VERIFICATION,
        MechanismType.ENFORCEMENT,
        MechanismType.JOINT_COMMISSION,
    }
)
NOT_AT_WORK = frozenset({MechanismStatus.AGREED, MechanismStatus.NEVER_ESTABLISHED})
ABOVE_STATES = frozenset({ActorType.INTERGOVERNMENTAL, ActorType.MISSION})


@dataclass(frozen=True)
class Watcher:
    """One mechanism, or one actor in the role of a monitor.

    actor: its key; None where no actor is recorded. kind: of the mechanism; monitors have none.
    """

    actor: Any = None
    kind: str = MechanismType.MONITORING
    status: str = MechanismStatus.UNKNOWN


@dataclass(frozen=True)
class Watched:
    """What of a case says who its watchers are to it.

    parties: the keys of those that committed themselves. countries: the keys of its places. types, homes:
    of actors, by their keys.
    """

    parties: frozenset[Any]
    countries: frozenset[Any]
    types: Mapping[Any, str]
    homes: Mapping[Any, Any]

    def by(self, watchers: Iterable[Watcher]) -> list[Watch]:
        """Who watches over it, in the order of `Watch`; nothing where nobody is recorded."""
        watching = [one for one in watchers if one.kind in WATCHING]
        at_work = [one for one in watching if one.status not in NOT_AT_WORK]
        if not at_work:
            return [Watch.PLANNED] if watching else []
        together = {one.actor for one in at_work if one.kind == MechanismType.JOINT_COMMISSION}
        found = {self._of(one, together) for one in at_work}
        # Whoever is known to watch says more than a row that leaves it open.
        return [watch for watch in Watch if watch in found and (watch != Watch.UNSAID or len(found) == 1)]

    def _of(self, one: Watcher, together: set[Any]) -> Watch:
        if one.kind == MechanismType.JOINT_COMMISSION:
            return Watch.JOINT
        if one.actor is None:
            return Watch.UNSAID
        if self.types.get(one.actor) in ABOVE_STATES:
            return Watch.INTERNATIONAL
        if one.actor in together:
            return Watch.JOINT
        is_of_the_country = one.actor in self.parties or self.homes.get(one.actor) in self.countries
        return Watch.NATIONAL if is_of_the_country else Watch.INTERNATIONAL


def labels(found: Sequence[str]) -> list[str]:
    """The words for what was found."""
    return [str(Watch(one).label) for one in found]
