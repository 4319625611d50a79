"""Whatever else lets it through, the rule takes no change that the form did not offer."""

import pytest

from contributions.rules import why_not_propose
from publishing.snapshots import ABSENT, Change, Path

ROW = {"text_en": "Fire ceases"}
OFFERED = ["finding_en", "themes", "provision/k1/text_en", "claim/new"]


@pytest.mark.parametrize(
    "change",
    [
        Change(Path(column="finding_en"), "It held", "It failed"),
        Change(Path(column="themes", member="t1"), False, True),
        Change(Path(column="themes", member="t1"), True, False),
        Change(Path(row_kind="provision", key="k1", column="text_en"), "a", "b"),
        Change(Path(row_kind="claim", key="k2"), ABSENT, ROW),
    ],
    ids=["a fact", "a new member", "a member less", "a fact of a row", "a row that was missing"],
)
def test_what_the_form_offered_may_be_proposed(change):
    assert why_not_propose([change], OFFERED, is_new=False) is None


@pytest.mark.parametrize(
    "change",
    [
        Change(Path(column="outcome"), "holding", "collapsed"),
        Change(Path(column="slug"), "a", "b"),
        Change(Path(column="finding_en", member="x"), "a", "b"),
        Change(Path(column="places"), [], ["b"]),
        Change(Path(column="places", member="p1"), False, True),
        Change(Path(row_kind="provision", key="k2", column="text_en"), "a", "b"),
        Change(Path(row_kind="provision", key="k1", column="position"), 1, 2),
        Change(Path(row_kind="provision", key="k1"), ROW, ABSENT),
        Change(Path(row_kind="provision", key="k3"), ABSENT, ROW),
        Change(Path(row_kind="claim", key="k2"), ROW, ABSENT),
        Change(Path(row_kind="claim", key="k2", column="source"), "a", "b"),
        Change(Path(column="themes", member="t1"), "a", "b"),
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
    refusal = why_not_propose([change, Change(Path(column="finding_en"), "a", "b")], OFFERED, is_new=False)

    assert refusal is not None
    assert refusal.code == "not_offered"


@pytest.mark.parametrize(
    "is_new, changes", [(False, []), (True, []), (True, [Change(Path(column="slug"), "", "x")])]
)
def test_a_proposal_of_nothing_is_refused(is_new, changes):
    refusal = why_not_propose(changes, ["slug", *OFFERED], is_new=is_new)

    assert refusal is not None
    assert refusal.code == "nothing_changed"


def test_another_address_is_no_proposal_of_nothing():
    refusal = why_not_propose([Change(Path(column="slug"), "a", "b")], OFFERED, is_new=False)

    assert refusal is not None
    assert refusal.code == "not_offered"
