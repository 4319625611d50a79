"""Errors of the database become refusals with the message of the constraint."""

from collections.abc import Callable

import pytest

from publishing.actions import publishing
from publishing.rules import Refusal
from tests.factories import (
    edited,
    key,
    newest,
    proposal_of,
    publish,
    publish_actor,
    publish_case,
    publish_change,
    publish_pillar,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.mark.parametrize(
    "publish_one, change, code, message",
    [
        pytest.param(
            publish_case, lambda case: edited(case, title_en=""),
            "entry_has_a_title", "Give a title in at least one language.", id="a check",
        ),
        pytest.param(
            publish_case, lambda case: edited(case, declared_on="2020-06", in_force_on="2020-05-31"),
            "case_is_in_force_on_or_after_it_is_declared", "It cannot be in force before it is declared.",
            id="dates",
        ),
        pytest.param(
            publish_case, lambda case: edited(case, {"externalid": [{}, {}]}),
            "external_id_is_given_once", "That number is already in the list.", id="unique, with a foreign key",
        ),
        pytest.param(
            publish_pillar, lambda pillar: edited(pillar, {"section": [{}, {}]}),
            "section_anchor_is_unique_in_its_pillar", "Another section of this pillar has that anchor.",
            id="unique",
        ),
        pytest.param(
            publish_actor, lambda actor: edited(actor, {"alias": [{"name": ""}]}),
            "impossible_value", "This field cannot be blank.", id="an empty value",
        ),
    ],
)  # fmt: skip
def test_what_the_database_refuses_is_told_in_the_constraints_own_words(
    publish_one: Callable, change: Callable, code: str, message: str, all_rows: Callable
) -> None:
    entry = publish_one()
    proposal = proposal_of(change(entry), base=newest(entry))
    before = all_rows()

    with pytest.raises(Refusal) as refused:
        publishing.publish(proposal, by=proposal.author)

    assert refused.value.code == code
    assert message in str(refused.value)
    assert all_rows() == before


def test_a_unique_value_that_another_entry_has_is_told_by_name() -> None:
    publish(snapshot_of("place", iso_code="LBY"))

    with pytest.raises(Refusal) as refused:
        publish(snapshot_of("place", iso_code="LBY"))

    assert refused.value.code == "place_iso_code_is_unique"


def test_two_sides_that_are_valid_alone_may_be_refused_together() -> None:
    actor, case = publish_actor(), publish_case()
    mine = proposal_of(edited(case, {"participation": [{"actor": actor}]}), base=newest(case))
    publish_change(case, {"participation": [{"actor": actor}]})

    with pytest.raises(Refusal) as refused:
        publishing.publish(mine, by=mine.author)

    assert refused.value.code == "participation_has_each_role_once"


def test_a_row_that_belongs_to_another_entry_is_refused_without_a_name() -> None:
    theirs = key()
    publish_case(rows={"event": [{"id": theirs}]})

    with pytest.raises(Refusal) as refused:
        publish_case(rows={"event": [{"id": theirs}]})

    assert refused.value.code == "impossible"


def test_text_is_found_in_no_constraints_name() -> None:
    case = publish_case(title_en="entry_state_is_in_vocabulary: place_is_on_the_globe")

    with pytest.raises(Refusal) as refused:
        publish_change(case, verify_by="2020-01-01", last_verified_on="2020-01-02")

    assert refused.value.code == "entry_is_due_after_it_was_verified"
