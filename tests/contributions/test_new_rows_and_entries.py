"""Through the form come new rows, new entries, and rows to take out."""

import pytest
from django.test import Client

from cases.models import Case
from publishing.actions import reviewing
from publishing.vocabulary import ChangeClass
from tests.contributions.conftest import Sender, changed, override, the_only_one
from tests.factories import an_account, publish_actor, publish_pillar

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_missing_party_is_proposed_as_a_new_row(case: Case, sender: Sender) -> None:
    actor = publish_actor()

    sender.send(
        case,
        "participation/new",
        **{"f:participation/new/actor": str(actor.pk), "f:participation/new/role": "mediator"},
    )

    [(path, row)] = changed()
    assert path.startswith("participation/")
    assert (row["actor"], row["role"]) == (str(actor.pk), "mediator")
    assert the_only_one().proposal.change_class == ChangeClass.ADDITION


def test_a_missing_assessment_goes_below_its_provision(case: Case, sender: Sender) -> None:
    provision = str(case.provisions.get().pk)

    sender.send(
        case,
        f"assessment/new/{provision}",
        **{"f:assessment/new/assessed_on": "2022", "f:assessment/new/implementation": "2"},
    )

    [(_path, row)] = changed()
    assert (row["provision"], row["assessed_on"], row["implementation"]) == (provision, "2022", 2)


def test_a_missing_source_speaks_of_the_fact_at_which_it_was_asked_for(case: Case, sender: Sender) -> None:
    source = str(case.claims.get().source_id)

    sender.send(case, "claim/new/outcome", **{"f:claim/new/source": source})

    [(_path, row)] = changed()
    assert (row["about"], row["source"], row["confidence"]) == ("outcome", source, "low")


def test_a_row_may_be_proposed_to_be_taken_out_with_the_rows_below_it(case: Case, sender: Sender) -> None:
    provision, assessment = case.provisions.get(), case.provisions.get().assessments.get()

    sender.send(case, f"provision/{provision.pk}", removes_row="on")

    assert {path for path, _new in changed()} == {f"provision/{provision.pk}", f"assessment/{assessment.pk}"}


def test_a_section_of_a_pillar_gets_an_address_of_its_own(sender: Sender) -> None:
    pillar = publish_pillar(rows={"section": [{"heading_en": "Monitoring", "anchor": "monitoring"}]})

    sender.send(
        pillar, "section/new", **{"f:section/new/heading_en": "Monitoring", "f:section/new/kind": "challenge"}
    )

    [(_path, row)] = changed()
    assert row["anchor"].startswith("monitoring-")
    assert row["position"] == 1


@pytest.mark.every_database
def test_a_new_case_goes_through_the_same_code(sender: Sender) -> None:
    sender.send(
        "case",
        **{
            "f:title_en": "Aceh 2005",
            "f:finding_en": "It held.",
            "f:ceasefire_class": "cessation_of_hostilities",
            "f:sidedness": "bilateral",
        },
    )

    proposal = the_only_one().proposal
    assert (proposal.kind, proposal.entry, proposal.base) == ("case", None, None)
    assert proposal.wanted["fields"]["slug"] == "aceh-2005"
    reviewing.accept(override(proposal), by=an_account())
    assert Case.objects.get(slug="aceh-2005").finding_en == "It held."


@pytest.mark.every_database
def test_the_address_of_a_new_case_is_never_another_ones(case: Case, sender: Sender) -> None:
    sender.send(
        "case",
        **{
            "f:title_en": case.title_en,
            "f:ceasefire_class": "cessation_of_hostilities",
            "f:sidedness": "bilateral",
        },
    )

    assert the_only_one().proposal.wanted["fields"]["slug"].startswith("libya-2020-")


def test_a_title_in_arabic_alone_makes_an_address_too(client: Client) -> None:
    Sender(client, "ar").send(
        "case",
        **{
            "f:title_ar": "ليبيا",
            "f:ceasefire_class": "cessation_of_hostilities",
            "f:sidedness": "bilateral",
        },
    )

    assert the_only_one().proposal.wanted["fields"]["slug"].startswith("case-")
    assert the_only_one().language == "ar"
