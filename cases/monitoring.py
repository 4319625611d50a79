"""Who monitors a ceasefire: outsiders, the parties together, one of them, or nobody that is recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from cases.vocabulary import ActorType, MechanismStatus, MechanismType


class MonitoredBy(models.TextChoices):
    """Who monitors a ceasefire. A case may have several of these."""

    INTERNATIONAL = "international", pgettext_lazy("who watches over a ceasefire", "International")
    JOINT = "joint", pgettext_lazy("who watches over a ceasefire", "Joint")
    NATIONAL = "national", pgettext_lazy("who watches over a ceasefire", "National")
    UNSAID = "unsaid", pgettext_lazy("who watches over a ceasefire", "By whom is not recorded")
    PLANNED = "planned", pgettext_lazy("who watches over a ceasefire", "Agreed only")


# The mechanisms that monitor what the parties do.
MONITORING_MECHANISMS = frozenset(
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
class Monitor:
    """One mechanism, or one actor in the role of a monitor.

    actor: its key; None where no actor is recorded. kind: of the mechanism; monitors have none.
    """

    actor: Any = None
    kind: str = MechanismType.MONITORING
    status: str = MechanismStatus.UNKNOWN


@dataclass(frozen=True)
class MonitoredCase:
    """The facts of a case by which its monitors are told apart.

    parties: the keys of those that committed themselves. countries: the keys of its places. types, homes:
    of actors, by their keys.
    """

    parties: frozenset[Any]
    countries: frozenset[Any]
    types: Mapping[Any, str]
    homes: Mapping[Any, Any]

    def by(self, monitors: Iterable[Monitor]) -> list[MonitoredBy]:
        """Who monitors it, in the order of `MonitoredBy`; nothing where nobody is recorded."""
        wanted = [one for one in monitors if one.kind in MONITORING_MECHANISMS]
        at_work = [one for one in wanted if one.status not in NOT_AT_WORK]
        if not at_work:
            return [MonitoredBy.PLANNED] if wanted else []
        together = {one.actor for one in at_work if one.kind == MechanismType.JOINT_COMMISSION}
        found = {self._of(one, together) for one in at_work}
        # A known monitor says more than a row that leaves it open.
        return [one for one in MonitoredBy if one in found and (one != MonitoredBy.UNSAID or len(found) == 1)]

    def _of(self, monitor: Monitor, together: set[Any]) -> MonitoredBy:
        if monitor.kind == MechanismType.JOINT_COMMISSION:
            return MonitoredBy.JOINT
        if monitor.actor is None:
            return MonitoredBy.UNSAID
        if self.types.get(monitor.actor) in ABOVE_STATES:
            return MonitoredBy.INTERNATIONAL
        if monitor.actor in together:
            return MonitoredBy.JOINT
        is_of_the_country = monitor.actor in self.parties or self.homes.get(monitor.actor) in self.countries
        return MonitoredBy.NATIONAL if is_of_the_country else MonitoredBy.INTERNATIONAL


def labels(found: Sequence[str]) -> list[str]:
    """The words for what was found."""
    return [str(MonitoredBy(one).label) for one in found]
