"""Who took part stands where readers look: parties on their side, third parties by what they did."""

from typing import Any

import pytest
from django.utils.translation import override

from cases import parties
from cases.models import Participation
from cases.vocabulary import PartyRole

THIRD = [role for role in PartyRole if role not in parties.SIDE_ROLES]


def part(role: str, side: str = "", **more: Any) -> Participation:
    return Participation(role=role, side_en=side, **more)


def test_parties_stand_on_their_side() -> None:
    one, other, ally = (
        part("signatory", "North"),
        part("declaring_party", "South"),
        part("signatory", "North"),
    )

    sides = parties.by_side([one, other, ally])

    assert [(side.name.text, side.parties) for side in sides] == [("North", [one, ally]), ("South", [other])]


def test_a_backer_stands_behind_the_side_that_it_backs() -> None:
    backer, party = part("belligerent_backer", "North"), part("signatory", "North")

    (side,) = parties.by_side([backer, party])

    assert (side.parties, side.backers) == ([party], [backer])


def test_a_side_of_backers_alone_comes_last() -> None:
    sides = parties.by_side(
        [part("belligerent_backer", "West"), part("signatory", "North"), part("signatory", "South")]
    )

    assert [side.name.text for side in sides] == ["North", "South", "West"]


def test_parties_without_a_side_stand_together() -> None:
    several = [part("signatory"), part("declaring_party")]

    (side,) = parties.by_side(several)

    assert (bool(side.name), side.parties) == (False, several)


def test_a_backer_without_a_side_stands_with_the_third_parties() -> None:
    backer = part("belligerent_backer")

    (role,) = parties.by_role([backer])

    assert (role.name, role.parts) == (PartyRole.BACKER.label, [backer])
    assert parties.by_side([backer]) == []


@pytest.mark.parametrize("role", THIRD)
def test_a_third_party_stands_on_no_side_whatever_is_written(role: str) -> None:
    helper = part(role, "North")

    assert parties.by_side([helper]) == []
    assert [one.parts for one in parties.by_role([helper])] == [[helper]]


def test_roles_come_in_the_order_of_the_vocabulary_and_only_those_that_somebody_had() -> None:
    roles = parties.by_role([part("monitor"), part("mediator"), part("host"), part("mediator")])

    assert [(role.name, len(role.parts)) for role in roles] == [("Mediator", 2), ("Host", 1), ("Monitor", 1)]


@pytest.mark.parametrize("side", ["", "North"])
@pytest.mark.parametrize("role", PartyRole.values)
def test_everybody_stands_once(role: str, side: str) -> None:
    somebody = part(role, side)

    on_sides = [one for side in parties.by_side([somebody]) for one in [*side.parties, *side.backers]]
    by_role = [one for role in parties.by_role([somebody]) for one in role.parts]

    assert [*on_sides, *by_role] == [somebody]


def test_sides_and_roles_are_called_in_the_language_of_the_page() -> None:
    several = [part("signatory", "North", side_ar="الشمال"), part("mediator")]

    with override("ar"):
        (side,), (role,) = parties.by_side(several), parties.by_role(several)
        mediator = str(PartyRole.MEDIATOR.label)

    assert (side.name.text, side.name.language, role.name) == ("الشمال", "ar", mediator)
    assert mediator != "Mediator"


@pytest.mark.parametrize("order", [1, -1], ids=["translated first", "translated last"])
def test_a_side_stays_one_where_it_is_translated_once(order: int) -> None:
    translated, not_yet = part("signatory", "North", side_ar="الشمال"), part("signatory", "North")

    with override("ar"):
        (side,) = parties.by_side([translated, not_yet][::order])

    assert (side.name.text, side.name.is_fallback, len(side.parties)) == ("الشمال", False, 2)


def test_nobody_took_part_on_no_side_and_in_no_role() -> None:
    assert (parties.by_side([]), parties.by_role([])) == ([], [])
