"""Who watches over a ceasefire follows from its mechanisms and monitors."""

import pytest

from cases.regions import CODES, REGION_OF
from cases.watching import Watch, Watched, Watcher

TYPES = {
    "un": "intergovernmental", "mission": "mission", "norway": "state", "government": "government",
    "joint": "military", "local": "civil_society",
}  # fmt: skip
CASE = Watched(
    parties=frozenset({"government"}),
    countries=frozenset({"here"}),
    types=TYPES,
    homes={"norway": "there", "local": "here", "joint": "here", "mission": "here"},
)

WATCHERS = {
    "nobody": ([], []),
    "a monitor": ([Watcher("norway")], ["international"]),
    "a mission at home in the country": ([Watcher("mission")], ["international"]),
    "a party": ([Watcher("government")], ["national"]),
    "somebody of the country": ([Watcher("local")], ["national"]),
    "the army that enforces": ([Watcher("government", "enforcement")], ["national"]),
    "a joint commission": ([Watcher(None, "joint_commission")], ["joint"]),
    "a joint commission led by a mission": ([Watcher("un", "joint_commission")], ["joint"]),
    "a joint body in two rows": ([Watcher("joint", "joint_commission"), Watcher("joint")], ["joint"]),
    "several": ([Watcher(None, "joint_commission"), Watcher("un")], ["international", "joint"]),
    "nobody is named": ([Watcher(None, "verification")], ["unsaid"]),
    "one is named, another is not": ([Watcher(None), Watcher("un")], ["international"]),
    "only agreed": ([Watcher("un", "monitoring", "agreed")], ["planned"]),
    "never set up": ([Watcher(None, "monitoring", "never_established")], ["planned"]),
    "one of two is at work": ([Watcher(None, "monitoring", "agreed"), Watcher("un")], ["international"]),
    "a hotline": ([Watcher(None, "liaison"), Watcher("un", "dispute_resolution")], []),
}


@pytest.mark.parametrize("name", WATCHERS)
def test_it_follows_who_watches(name: str) -> None:
    watchers, found = WATCHERS[name]

    assert CASE.by(watchers) == found
    assert CASE.by(watchers[::-1]) == found


def test_each_country_is_in_one_region_and_each_region_has_countries() -> None:
    codes = [code for several in CODES.values() for code in several.split()]

    assert len(codes) == len({*codes}) == len(REGION_OF)
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert (REGION_OF["YEM"], REGION_OF["SDN"], REGION_OF["LBN"]) == (
        "western-asia", "northern-africa", "western-asia",
    )  # fmt: skip
    assert {*REGION_OF.values()} == {*CODES}
    assert [*Watch]
