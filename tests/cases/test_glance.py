"""The band under the finding of a case: what it says is what the rows say."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from cases import parties
from cases.glance import MOST_NAMES, Glance, glance
from cases.models import Actor, Case, Mechanism, Participation
from publishing.fields.partial_dates import PartialDate
from sources.models import Claim


def part(name: str, role: str, side: str = "") -> Participation:
    return Participation(actor=Actor(pk=uuid4(), title_en=name), role=role, side_en=side)


def mechanism(kind: str = "monitoring", status: str = "operating", **fields: Any) -> Mechanism:
    return Mechanism(mechanism_type=kind, status=status, **fields)


def promise(*implementations: int) -> Any:
    return SimpleNamespace(assessed=[SimpleNamespace(implementation=one) for one in implementations])


def band(*parts: Participation, claims: Any = (), case: Case | None = None, **rows: Any) -> Glance:
    rows = {"provision": [], "mechanism": [], "participation": [*parts], **rows}
    return glance(case or Case(), rows, parties.by_side(rows["participation"]), claims)


def names(some: Any) -> list[str]:
    return [str(one.title_localized) for one in some.shown]


def test_a_case_is_kept_for_what_its_dates_say() -> None:
    dates = {"in_force_on": PartialDate("2020-01-01"), "ended_on": PartialDate("2020-01-08")}

    assert band(case=Case(outcome="collapsed", **dates)).kept_for == "7 days"
    assert band().kept_for == "not dated"


def test_sides_stand_in_their_order_and_mediators_apart() -> None:
    found = band(
        part("Army", "signatory", "North"),
        part("Qatar", "mediator"),
        part("Rebels", "signatory", "South"),
        part("Egypt", "facilitator"),
    )

    assert [str(side.name) for side in found.sides.shown] == ["North", "South"]
    assert (names(found.mediators), names(found.facilitators)) == (["Qatar"], [])


def test_where_nobody_mediated_those_who_facilitated_are_named() -> None:
    found = band(part("Egypt", "facilitator"), part("Geneva", "host"))

    assert (names(found.mediators), names(found.facilitators)) == ([], ["Egypt"])


@pytest.mark.parametrize("number, shown, more", [(3, 3, 0), (4, 4, 0), (5, MOST_NAMES, 2)])
def test_of_many_names_the_first_stand_and_the_others_are_counted(number: int, shown: int, more: int) -> None:
    found = band(*(part(f"State {one}", "mediator") for one in range(number))).mediators

    assert (len(found.shown), found.more) == (shown, more)


def test_those_watch_whose_mechanism_is_to_watch_and_each_once() -> None:
    mission = part("Mission", "monitor")
    found = band(
        mission,
        part("Observers", "monitor"),
        mechanism=[
            mechanism(name_en="Its cell", actor=mission.actor),
            mechanism("liaison", name_en="Hotline"),
        ],
    )

    assert [one.name_en for one in found.mechanisms.shown] == ["Its cell"]
    assert names(found.monitors) == ["Observers"]


def test_a_mechanism_that_never_worked_says_so() -> None:
    found = band(
        mechanism=[mechanism(status=one) for one in ("operating", "ended", "agreed", "never_established")]
    )

    assert [one.how_far for one in found.mechanisms.shown] == ["", "", "Agreed only", "Never set up"]


def test_a_promise_counts_by_its_newest_assessment() -> None:
    provisions = [
        promise(1, 3),
        promise(0, 2),
        promise(1),
        promise(0),
        promise(),
        promise(),
        promise(),
        promise(),
    ]

    shares = band(provision=provisions).promises

    assert [share.words for share in shares] == ["1 in full", "2 in part", "1 not begun", "4 not assessed"]
    assert [(share.begin, share.width) for share in shares] == [(0, 12.5), (12.5, 25), (37.5, 12.5), (50, 50)]


def test_a_case_without_promises_says_nothing_of_them() -> None:
    assert band().promises == []


def test_sources_disagree_on_facts_by_name_and_on_rows_by_number() -> None:
    about = {"event/1": "differs", "outcome": "supports", "event/2": "differs", "ceasefire_class": "differs"}
    claims = [Claim(about=one, stance=stance) for one, stance in about.items()]
    claims += [Claim(about="participation/1", stance="differs"), Claim(about="", stance="differs")]
    claims += [Claim(about="ceasefire_class", stance="differs")]

    assert band(claims=claims).disputed == ["Class", "Who took part", "Event (2)", "The entry as a whole"]
