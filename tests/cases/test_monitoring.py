"""Who monitors a ceasefire follows from its mechanisms and monitors."""

import pytest

from cases.monitoring import Monitor, MonitoredBy, MonitoredCase
from cases.regions import CODES, REGION_OF

TYPES = {
    "un": "intergovernmental", "mission": "mission", "norway": "state", "government": "government",
    "joint": "military", "local": "civil_society",
}  # fmt: skip
CASE = MonitoredCase(
    parties=frozenset({"government"}),
    countries=frozenset({"here"}),
    types=TYPES,
    homes={"norway": "there", "local": "here", "joint": "here", "mission": "here"},
)

MONITORS = {
    "nobody": ([], []),
    "a monitor": ([Monitor("norway")], ["international"]),
    "a mission at home in the country": ([Monitor("mission")], ["international"]),
    "a party": ([Monitor("government")], ["national"]),
    "somebody of the country": ([Monitor("local")], ["national"]),
    "the army that enforces": ([Monitor("government", "enforcement")], ["national"]),
    "a joint commission": ([Monitor(None, "joint_commission")], ["joint"]),
    "a joint commission led by a mission": ([Monitor("un", "joint_commission")], ["joint"]),
    "a joint body in two rows": ([Monitor("joint", "joint_commission"), Monitor("joint")], ["joint"]),
    "several": ([Monitor(None, "joint_commission"), Monitor("un")], ["international", "joint"]),
    "nobody is named": ([Monitor(None, "verification")], ["unsaid"]),
    "one is named, another is not": ([Monitor(None), Monitor("un")], ["international"]),
    "only agreed": ([Monitor("un", "monitoring", "agreed")], ["planned"]),
    "never set up": ([Monitor(None, "monitoring", "never_established")], ["planned"]),
    "one of two is at work": ([Monitor(None, "monitoring", "agreed"), Monitor("un")], ["international"]),
    "a hotline": ([Monitor(None, "liaison"), Monitor("un", "dispute_resolution")], []),
}


@pytest.mark.parametrize("name", MONITORS)
def test_it_follows_who_monitors(name: str) -> None:
    monitors, found = MONITORS[name]

    assert CASE.by(monitors) == found
    assert CASE.by(monitors[::-1]) == found


def test_each_country_is_in_one_region_and_each_region_has_countries() -> None:
    codes = [code for several in CODES.values() for code in several.split()]

    assert len(codes) == len({*codes}) == len(REGION_OF)
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert (REGION_OF["YEM"], REGION_OF["SDN"], REGION_OF["LBN"]) == (
        "western-asia", "northern-africa", "western-asia",
    )  # fmt: skip
    assert {*REGION_OF.values()} == {*CODES}
    assert [*MonitoredBy]
