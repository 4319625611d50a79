"""A form that is refused says why, at the box that it speaks of, and keeps what was typed."""

import pytest

from cases.models import Case
from contributions.models import Contribution
from tests.contributions.conftest import Sender, the_only_one
from tests.factories import publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_nothing_changed_is_refused_kindly(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on")

    assert answer.status_code == 422
    assert "The page already says this." in answer.content.decode()
    assert not Contribution.objects.exists()


def test_space_around_a_text_is_no_change(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "finding", **{"f:finding_en": f"  {case.finding_en}\r\n"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "changes, box",
    [
        pytest.param({"source_reference": ""}, "source_reference", id="no source"),
        pytest.param({"reason": ""}, "reason", id="no reason"),
        pytest.param({"mail": "nonsense"}, "mail", id="no address"),
        pytest.param({"wants_credit": "on"}, "name", id="credit for nobody"),
        pytest.param({"f:declared_on": "23 October"}, "f:declared_on", id="no date"),
        pytest.param({"nothing_here": "https://spam.example"}, "nothing_here", id="honeypot"),
    ],
)
def test_a_mistake_is_linked_to_its_box_and_what_was_typed_is_kept(
    case: Case, sender: Sender, changes: dict[str, str], box: str
) -> None:
    said = {"f:declared_on": "2020-10-24", "source_quotation": "Signed on the 24th.", **changes}

    answer = sender.send(case, "declared_on", **said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_{box}">' in page
    assert f'id="id_{box}"' in page
    assert "Signed on the 24th." in page
    assert not Contribution.objects.exists()


def test_why_no_source_can_be_given_does_instead_of_one(case: Case, sender: Sender) -> None:
    sender.send(
        case,
        "declared_on",
        source_reference="",
        why_no_source="I was there.",
        **{"f:declared_on": "2020-10-24"},
    )

    assert the_only_one().why_no_source == "I was there."


@pytest.mark.every_database
def test_what_the_database_would_refuse_is_said_at_once(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "ended_on", **{"f:ended_on": "2019"})

    assert answer.status_code == 422
    assert "It cannot end before it is declared." in answer.content.decode()


def test_a_refusal_that_speaks_of_another_fact_leads_to_all_of_them(sender: Sender) -> None:
    truce = publish_case(declared_on="2020-10-23", in_force_on="2020-10-23")

    page = sender.send(truce, "declared_on", **{"f:declared_on": "2020-10-24"})

    shown = page.content.decode()
    assert page.status_code == 422
    assert '<a href="#more-facts">' in shown
    assert 'id="more-facts" name="more"' in shown
    assert (
        '<a href="#more-facts">'
        not in sender.client.get(sender.address(truce, "declared_on")).content.decode()
    )


@pytest.mark.parametrize("length", ["many", "-1", "٣", "1" * 5000])
def test_a_length_that_is_no_number_is_turned_away(sender: Sender, case: Case, length: str) -> None:
    said = sender.filled(case, "declared_on")

    answer = sender.client.post(sender.address(case, "declared_on"), said, headers={"content-length": length})

    assert answer.status_code == 400


def test_a_finding_of_too_many_words_is_refused_with_both_numbers(sender: Sender) -> None:
    long = "word " * 40
    case = publish_case(finding_fr=long)

    form = sender.client.get(sender.address(case, "finding")).content.decode()
    answer = sender.send(case, "finding", **{"f:finding_en": long, "f:finding_fr": f" {long}"})

    assert "At most 35 words." in form
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"f:finding_en": ["At most 35 words. This has 40 words."]}
