"""Whatever else lets it through, the rule takes no change that the form did not offer."""

import pytest

from contributions.rules import why_not_propose
from publishing.snapshots import ABSENT, Change

ROW = {"text_en": "Fire ceases"}
OFFERED = ["finding_en", "themes", "provision/k1/text_en", "claim/new"]


@pytest.mark.parametrize(
    "change",
    [
        Change(("finding_en",), "It held", "It failed"),
        Change(("themes", "t1"), False, True),
        Change(("themes", "t1"), True, False),
        Change(("provision", "k1", "text_en"), "a", "b"),
        Change(("claim", "k2"), ABSENT, ROW),
    ],
    ids=["a fact", "a new member", "a member less", "a fact of a row", "a row that was missing"],
)
def test_what_the_form_offered_may_be_proposed(change):
    assert why_not_propose([change], OFFERED, is_new=False) is None


@pytest.mark.parametrize(
    "change",
    [
        Change(("outcome",), "holding", "collapsed"),
        Change(("slug",), "a", "b"),
        Change(("finding_en", "x"), "a", "b"),
        Change(("places",), [], ["b"]),
        Change(("places", "p1"), False, True),
        Change(("provision", "k2", "text_en"), "a", "b"),
        Change(("provision", "k1", "position"), 1, 2),
        Change(("provision", "k1"), ROW, ABSENT),
        Change(("provision", "k3"), ABSENT, ROW),
        Change(("claim", "k2"), ROW, ABSENT),
        Change(("claim", "k2", "source"), "a", "b"),
        Change(("themes", "t1"), "a", "b"),
    ],
    ids=[
        "another fact",
        "the address",
        "something below a fact",
        "a whole set",
        "a member of another set",
        "another row",
        "another column of the row",
        "the row taken out",
        "a row of another kind",
        "a row taken out where one is missing",
        "a row that is there where one is missing",
        "a member that is no member",
    ],
)
def test_what_the_form_did_not_offer_is_refused(change):
    refusal = why_not_propose([change, Change(("finding_en",), "a", "b")], OFFERED, is_new=False)

    assert refusal is not None
    assert refusal.code == "not_offered"


@pytest.mark.parametrize("is_new, changes", [(False, []), (True, []), (True, [Change(("slug",), "", "x")])])
def test_a_proposal_of_nothing_is_refused(is_new, changes):
    refusal = why_not_propose(changes, ["slug", *OFFERED], is_new=is_new)

    assert refusal is not None
    assert refusal.code == "nothing_changed"


def test_another_address_is_no_proposal_of_nothing():
    refusal = why_not_propose([Change(("slug",), "a", "b")], OFFERED, is_new=False)

    assert refusal is not None
    assert refusal.code == "not_offered"
