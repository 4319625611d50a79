"""The table of cases: its heads, by which it is sorted, and its rows; and the other views of the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases import monitoring
from cases.durations import duration_in_words
from cases.filters.cases import AS, ORDER, SIGNED, SORT, CaseFilter
from cases.indexes import CaseIndex
from cases.models import Case, Participation
from cases.vocabulary import PartyRole

COLUMNS = (
    ("title", pgettext_lazy("head of a table", "Case")),
    (SIGNED, pgettext_lazy("head of a table", "Signed")),
    ("lasted", pgettext_lazy("head of a table", "Lasted")),
    ("class", _("Class")),
    ("mediator", pgettext_lazy("head of a table", "Mediated by")),
    ("watched", pgettext_lazy("head of a table", "Monitored by")),
    ("outcome", _("Outcome")),
)
# A click on the head of these begins with the end that readers ask for first: the newest.
TURNED_AT_FIRST = frozenset({SIGNED})
# Who mediated is named, and only where nobody did, who facilitated: as on the page of the case.
BETWEEN_THE_SIDES = (PartyRole.MEDIATOR, PartyRole.FACILITATOR)
# So many of them are named, of so many letters; where there are more, one, and how many others there are.
MOST_NAMED, MOST_LETTERS = 2, 40
# The views of the list, by the name of their address. One appears where there is such an address.
VIEWS = (
    ("cases:cases", "", pgettext_lazy("a view of a list", "Table")),
    ("cases:cases", "cards", pgettext_lazy("a view of a list", "Cards")),
    ("cases:map", "", pgettext_lazy("a view of a list", "Map")),
    ("cases:timeline", "", pgettext_lazy("a view of a list", "Timeline")),
    ("cases:figures", "", pgettext_lazy("a view of a list", "Figures")),
)


@dataclass(frozen=True)
class Head:
    """The head of a column.

    query: that sorts by it, or "". order: how the table is sorted by it, as ARIA says it, or "".
    """

    label: Any
    query: str = ""
    order: str = ""


@dataclass(frozen=True)
class Row:
    """A case in the table.

    mediators: the first few of them; where nobody mediated, of those who facilitated (is_facilitated).
    others: how many there are besides.
    """

    case: Case
    lasted: str
    mediators: list[Any]
    others: int
    watched: list[str]
    is_facilitated: bool = False


@dataclass(frozen=True)
class View:
    """A way to see what is found. is_here: whether it is the page itself."""

    label: Any
    address: str
    is_here: bool


def heads(found: CaseFilter) -> list[Head]:
    """The heads of the columns."""
    made = []
    for name, label in COLUMNS:
        is_by_it = name == found.order
        turned = (not found.is_reversed) if is_by_it else name in TURNED_AT_FIRST
        order = ("descending" if found.is_reversed else "ascending") if is_by_it else ""
        made.append(Head(label, _sorted_by(found, f"-{name}" if turned else name) if name else "", order))
    return made


def _sorted_by(found: CaseFilter, order: str) -> str:
    query = found.data.copy()
    for name in ("page", ORDER, SORT):
        query.pop(name, None)
    query[SORT] = order
    return str(query.urlencode())


def rows(cases: Iterable[Case], index: CaseIndex) -> list[Row]:
    """The rows of these cases, by one more query."""
    shown = [*cases]
    parts = Participation.objects.filter(case__in=[case.pk for case in shown], role__in=BETWEEN_THE_SIDES)
    actors: dict[tuple[Any, str], list[Any]] = {}
    for part in parts.select_related("actor").order_by("position", "pk"):
        actors.setdefault((part.case_id, part.role), []).append(part.actor)

    def of(case: Case, role: str) -> list[Any]:
        return actors.get((case.pk, role), [])

    return [
        _row(case, of(case, PartyRole.MEDIATOR), of(case, PartyRole.FACILITATOR), index) for case in shown
    ]


def _row(case: Case, mediators: list[Any], facilitators: list[Any], index: CaseIndex) -> Row:
    actors = mediators or facilitators
    length = sum(len(str(one)) for one in actors)
    named = actors if len(actors) <= MOST_NAMED and length <= MOST_LETTERS else actors[:1]
    watched = monitoring.labels(index.monitored_by(case.pk))
    is_facilitated = bool(named and not mediators)
    return Row(case, duration_in_words(case), named, len(actors) - len(named), watched, is_facilitated)


def views(request: HttpRequest) -> list[View]:
    """The views of the list that there are, each with the same question."""
    query: Any = getattr(request, "understood", request.GET).copy()
    shown = query.get(AS, "")
    for name in ("page", AS):
        query.pop(name, None)
    found = []
    for page, way, label in VIEWS:
        try:
            address = reverse(page)
        except NoReverseMatch:
            continue
        asked = query.copy()
        if way:
            asked[AS] = way
        is_here = request.path == address and (page != "cases:cases" or (shown == "cards") == bool(way))
        found.append(View(label, f"{address}?{asked.urlencode()}" if asked else address, is_here))
    return found
