"""Claims at the desk: of rows that were never public, without a source, and of facts that change."""

from typing import Any

import pytest
from django.test import Client

from desk.addresses import draft_address
from publishing.actions import drafting
from publishing.models import Proposal
from sources.models import Claim
from tests.desk.sheets import Sheet
from tests.factories import key as new_key
from tests.factories import publish_actor, publish_case, publish_source, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "New.", "note_language": "en", "change_class": "addition"}


def test_the_rows_of_a_draft_that_was_never_public_are_offered(desk: Client, editor: Any) -> None:
    party = new_key()
    wanted = snapshot_of("case", {"participation": [{"id": party, "actor": publish_actor()}]})
    draft = drafting.begin_draft(wanted, by=editor, base=None, **PROVENANCE)
    source = publish_source()

    sheet = Sheet(desk, draft_address(draft)).add("claims", about=f"participation/{party}", source=source)
    assert sheet.save(_draft="1").status_code == 302

    [claim] = Proposal.objects.get(pk=draft.pk).wanted["rows"]["claim"].values()
    assert claim["about"] == f"participation/{party}"


def test_a_claim_without_a_source_has_low_confidence_by_itself(desk: Client) -> None:
    case = publish_case()
    sheet = Sheet.of(desk, case).add("claims", about="outcome", value_en="It held", confidence="medium")

    assert sheet.save().status_code == 302
    assert Claim.objects.get(entry=case).confidence == "low"


def test_a_claim_that_says_nothing_is_refused(desk: Client) -> None:
    case = publish_case()
    answer = Sheet.of(desk, case).add("claims", about="", confidence="low", stance="differs").save()

    assert "Choose the source, or write what still needs one." in answer.content.decode()
    assert not Claim.objects.filter(entry=case).exists()


@pytest.mark.parametrize("ticked, stance", [({}, "earlier"), ({"sources_confirmed": "on"}, "supports")])
def test_an_editor_who_changes_a_fact_says_whether_its_sources_say_the_new_value(
    desk: Client, ticked: dict[str, str], stance: str
) -> None:
    claims = [{"source": publish_source(), "about": "declared_on"}]
    case = publish_case(declared_on="2020", rows={"claim": claims})

    assert Sheet.of(desk, case).type(declared_on="2021", **ticked).save().status_code == 302
    assert Claim.objects.get(entry=case).stance == stance


def test_a_new_source_of_a_new_judgement_is_enough(desk: Client) -> None:
    claims = [{"source": publish_source(published_on="2021"), "about": "outcome"}]
    case = publish_case(outcome="holding", outcome_as_of="2021", rows={"claim": claims})
    sheet = Sheet.of(desk, case, outcome="disputed", outcome_as_of="2026-05", override_reason="")

    assert sheet.add("claims", about="outcome", source=publish_source()).save().status_code == 302
    assert {claim.stance for claim in Claim.objects.filter(entry=case)} == {"earlier", "supports"}
