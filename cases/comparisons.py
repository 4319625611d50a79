"""Two to four cases side by side: their facts in groups, with who says so, and what is different."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases import monitoring
from cases.durations import duration_in_words
from cases.indexes import CASE_INDEX, CaseIndex
from cases.models import Assessment, Breach, Case, Mechanism, Participation, Provision
from cases.vocabulary import BreachStatus, Implementation, PartyRole, Topic
from publishing.languages import localized
from sources import facts
from sources.models import Claim

FEWEST, MOST = 2, 4
# The established breaches.
VERIFIED = (BreachStatus.VERIFIED, BreachStatus.UNATTRIBUTED)


@dataclass
class Cell:
    """What is known of one fact of one case.

    case: whose it is. lines: the values as texts. claims: what sources say of them. outcome: as it is marked.
    """

    case: Case
    lines: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    outcome: str = ""


@dataclass
class Line:
    """One fact of all the cases."""

    label: Any
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        """Whether the cases have different values."""
        first, *others = [sorted(cell.lines) for cell in self.cells]
        return any(other != first for other in others)


@dataclass
class Group:
    """Facts that belong together."""

    heading: Any
    lines: list[Line]


class Comparison:
    """The cases, in the order of their dates, and their facts."""

    def __init__(self, cases: Sequence[Case], index: CaseIndex | None = None) -> None:
        """index: holds the cases; that of all cases of today, unless it is given."""
        self.cases = cases
        keys = [case.pk for case in cases]
        self.parts = _by_case(Participation.objects.filter(case__in=keys).select_related("actor"))
        mechanisms = Mechanism.objects.filter(case__in=keys).select_related("actor")
        self.mechanisms = _by_case(mechanisms)
        self.provisions = _by_case(Provision.objects.filter(case__in=keys))
        assessed = Assessment.objects.filter(provision__case__in=keys).order_by("assessed_on", "pk")
        # The last of each provision stays.
        self.assessed = {one.provision_id: one for one in assessed}
        verified = Count("pk", filter=Q(status__in=VERIFIED))
        counted = Breach.objects.filter(case__in=keys).order_by().values("case")
        self.breaches = {one["case"]: one for one in counted.annotate(number=Count("pk"), verified=verified)}
        claims = Claim.objects.filter(entry__in=keys, source__isnull=False).with_sources()
        self.claims: dict[tuple[Any, str], list[Claim]] = {}
        for claim in claims.order_by("position", "pk"):
            self.claims.setdefault((claim.entry_id, claim.about), []).append(claim)
        self.index: CaseIndex = index or CASE_INDEX.recall()

    def groups(self, *, differing_only: bool = False) -> list[Group]:
        """The facts in groups; without those that are the same where only differences are wanted."""
        groups = [
            Group(gettext_lazy("In short"), [*self._in_short()]),
            Group(gettext_lazy("Who took part"), [*self._who()]),
            Group(gettext_lazy("Monitoring and enforcement"), [*self._monitoring()]),
            Group(gettext_lazy("What was agreed, and what was done"), [*self._terms()]),
        ]
        for group in groups:
            group.lines = [
                line
                for line in group.lines
                if any(cell.lines for cell in line.cells) and (line.differs or not differing_only)
            ]
        return [group for group in groups if group.lines]

    # --- the facts -------------------------------------------------------------------------------

    def _line(self, label: Any, values: Callable[[Case], Iterable[str]], fact: str = "") -> Line:
        """A line of texts, with the claims about the fact."""
        cells = [
            Cell(
                case,
                [value for value in values(case) if value],
                self.claims.get((case.pk, fact), []) if fact else [],
            )
            for case in self.cases
        ]
        return Line(label, cells)

    def _column(self, name: str, values: Callable[[Case], Iterable[str]]) -> Line:
        return self._line(facts.label(Case, name), values, name)

    def _rows(
        self, label: Any, kind: str, rows: Callable[[Case], Iterable[Any]], say: Callable[[Any], str]
    ) -> Line:
        """A line of rows of that kind, with the claims about each."""
        cells = []
        for case in self.cases:
            found = [*rows(case)]
            about = [self.claims.get((case.pk, facts.about_row(kind, row)), []) for row in found]
            cells.append(
                Cell(case, [say(row) for row in found], [claim for claims in about for claim in claims])
            )
        return Line(label, cells)

    def _in_short(self) -> Iterable[Line]:
        outcome = self._column("outcome", lambda case: [case.get_outcome_display()])
        for case, cell in zip(self.cases, outcome.cells, strict=True):
            cell.outcome = case.outcome
        yield outcome
        yield self._column("outcome_as_of", lambda case: _dated(case.outcome_as_of))
        yield self._line(pgettext_lazy("head of a table", "Lasted"), lambda case: [duration_in_words(case)])
        for name in ("declared_on", "in_force_on", "ended_on"):
            yield self._column(name, _date_of(name))
        for name in ("ceasefire_class", "scope", "sidedness", "written"):
            yield self._column(name, _word_of(name))
        yield self._line(gettext_lazy("Purpose"), lambda case: [case.purposes])
        yield self._line(
            capfirst(str(Case._meta.get_field("countries").verbose_name)),
            lambda case: [str(place) for place in case.countries.all()],
        )

    def _who(self) -> Iterable[Line]:
        for role in PartyRole:

            def in_role(case: Case, role: str = role) -> list[Any]:
                return [part for part in self.parts.get(case.pk, ()) if part.role == role]

            yield self._rows(role.label, "participation", in_role, _with_side)

    def _monitoring(self) -> Iterable[Line]:
        yield self._line(
            pgettext_lazy("head of a table", "Monitored by"),
            lambda case: monitoring.labels(self.index.monitored_by(case.pk)),
        )
        yield self._rows(
            gettext_lazy("Mechanisms"),
            "mechanism",
            lambda case: self.mechanisms.get(case.pk, ()),
            lambda one: f"{localized(one, 'name')} · {one.get_status_display()}",
        )
        yield self._line(gettext_lazy("Breaches recorded here"), self._breaches_of)

    def _breaches_of(self, case: Case) -> list[str]:
        counted = self.breaches.get(case.pk)
        if counted is None:
            return [_("none recorded")]
        numbers = {"number": counted["number"], "verified": counted["verified"]}
        return [_("%(number)s, of them verified: %(verified)s") % numbers]

    def _terms(self) -> Iterable[Line]:
        for topic in Topic:

            def on_topic(case: Case, topic: str = topic) -> list[Any]:
                return [one for one in self.provisions.get(case.pk, ()) if one.topic == topic]

            yield self._rows(topic.label, "provision", on_topic, self._promise)

    def _promise(self, provision: Provision) -> str:
        text, assessment = str(localized(provision, "text")), self.assessed.get(provision.pk)
        if assessment is None:
            return text
        return _("%(text)s (carried out: %(how)s, as of %(day)s)") % {
            "text": text,
            "how": Implementation(assessment.implementation).label,
            "day": assessment.assessed_on.in_words(),
        }


def _by_case(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _date_of(name: str) -> Callable[[Case], list[str]]:
    return lambda case: _dated(getattr(case, name))


def _word_of(name: str) -> Callable[[Case], list[str]]:
    return lambda case: [getattr(case, f"get_{name}_display")()]


def _dated(day: Any) -> list[str]:
    return [day.in_words()] if day else []


def _with_side(part: Participation) -> str:
    name, side = str(part.actor), str(localized(part, "side"))
    return f"{name} · {side}" if side and side != name else name
