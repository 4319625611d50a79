"""What the public proposes is accepted together with the source that its sender named."""

import copy

import pytest

from contributions.actions import deciding, improving
from publishing.actions import reviewing
from publishing.models import Entry, Proposal
from publishing.snapshots import conformed_row
from publishing.vocabulary import Verdict
from publishing.workflow.decisions import ChangeDecision
from sources.models import Claim, Source
from tests.contributions.conftest import the_only_one
from tests.contributions.sender_sources.claims import a_moderator, a_new_date, claims
from tests.factories import (
    a_contribution,
    an_account,
    edited,
    key,
    newest,
    publish_actor,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_fact_arrives_with_its_new_source(case):
    sent = a_new_date(
        case,
        source_reference="Reuters, 24 May 2023, https://www.reuters.com/world/sudan",
        source_page="para. 3",
        source_quotation="It begins today.",
    )
    deciding.accept(sent, by=an_account())

    new = claims()["supports"]
    assert (new.source.url, new.locator) == ("https://www.reuters.com/world/sudan", "para. 3")
    assert (new.quotation, new.quotation_language) == ("It begins today.", "en")
    assert str(new.source) == "Reuters, 24 May 2023"
    assert claims()["earlier"].value_en == "23 October 2020"


def test_a_missing_source_that_is_not_in_the_list_arrives_in_its_claim(case, sender):
    sender.send(
        case,
        "claim/new/outcome",
        source_reference="Reuters, 24 May 2023, https://www.reuters.com/world/sudan",
        source_page="para. 3",
        source_quotation="It begins today.",
        quotation_language="en",
        why_no_source=None,
    )
    deciding.accept(the_only_one(), by=an_account())

    [claim] = Claim.objects.filter(about="outcome").select_related("source")
    assert (claim.source.url, claim.locator) == ("https://www.reuters.com/world/sudan", "para. 3")
    assert (claim.quotation, claim.quotation_language) == ("It begins today.", "en")


def test_a_source_that_said_the_earlier_value_comes_along_again_with_the_next_one(case):
    deciding.accept(a_new_date(case, source_reference="S/2020/1043"), by=an_account())
    corrected = edited(Entry.objects.get(pk=case.pk).case, declared_on="2020-10-25")
    sent = a_contribution(corrected, base=newest(case), source_reference="S/2020/1043", source_page="p. 4")

    assert deciding.accept(sent, by=a_moderator()) is deciding.DecisionResult.PUBLISHED

    supporting = Claim.objects.get(about="declared_on", stance="supports")
    assert (supporting.source.identifier, supporting.locator) == ("S/2020/1043", "p. 4")


def test_a_new_row_and_its_claim_arrive_together_by_a_plain_accept(case):
    wanted = edited(case, {"breach": [{"began_on": "2021-05-02"}]})
    sent = a_contribution(wanted, base=newest(case), source_reference="S/2022/932", source_page="para. 20")

    assert deciding.accept(sent, by=a_moderator()) is deciding.DecisionResult.PUBLISHED
    [breach] = case.breaches.all()
    assert Claim.objects.get(about=f"breach/{breach.pk}").source.identifier == "S/2022/932"


def test_a_new_case_is_accepted_with_its_source(db):
    wanted = snapshot_of(
        "case", {"participation": [{"actor": publish_actor()}]}, declared_on="2020", finding_en="It held."
    )
    sent = a_contribution(wanted, source_reference="The text of the agreement")

    assert deciding.accept(sent, by=a_moderator()) is deciding.DecisionResult.PUBLISHED
    assert {claim.about.partition("/")[0] for claim in Claim.objects.all()} >= {
        *("declared_on", "finding", "ceasefire_class", "participation"),
    }


def test_a_new_initiative_is_accepted_with_its_source(db):
    rows = {"partner": [{"actor": publish_actor()}]}
    wanted = snapshot_of(
        "initiative", rows, main_theme=publish_theme(), began_on="2020", summary_en="Schools."
    )
    sent = a_contribution(wanted, source_reference="The annual report")

    assert deciding.accept(sent, by=a_moderator()) is deciding.DecisionResult.PUBLISHED
    assert {claim.about.partition("/")[0] for claim in Claim.objects.all()} >= {
        *("began_on", "summary", "partner"),
    }


def test_without_a_source_an_old_claim_is_no_excuse(case):
    sent = a_new_date(case, source_reference="", why_no_source="I was there.")

    with pytest.raises(deciding.Refusal) as refused:
        deciding.accept(sent, by=a_moderator())
    assert refused.value.code == "unready"
    assert claims().keys() == {"supports"}


def test_only_what_is_accepted_brings_a_claim(case):
    wanted = edited(case, declared_on="2020-10-24", ended_on="2022")
    sent = a_contribution(wanted, base=newest(case), source_reference="S/2022/932")
    decisions = {
        change.path: ChangeDecision(Verdict.ACCEPTED)
        if change.path.column == "ended_on"
        else ChangeDecision(Verdict.DECLINED, "unsourced", "No.")
        for change in deciding.changes_of(sent.proposal)
    }
    reviewing.accept_some(sent.proposal, by=a_moderator(), decisions=decisions, note="In part.")

    assert claims("ended_on").keys() == {"supports"}
    assert claims().keys() == {"supports"}
    assert claims()["supports"].source.identifier == ""


def test_who_improves_it_finds_the_source_among_the_claims_and_it_is_there_once(case):
    moderator = a_moderator()
    sent = a_new_date(case, source_reference="S/2022/932")
    draft = improving.improve(sent, by=moderator)
    assert "S/2022/932" in {
        Source.objects.get(pk=claim["source"]).identifier for claim in draft.wanted["rows"]["claim"].values()
    }
    deciding.publishing.publish(Proposal.objects.get(pk=draft.pk), by=moderator)

    assert Claim.objects.filter(about="declared_on", stance="supports").count() == 1


def test_a_statement_that_a_moderator_adds_while_improving_gets_no_source_of_the_sender(case):
    moderator = a_moderator()
    draft = improving.improve(a_new_date(case, source_reference="S/2022/932"), by=moderator)
    wanted = copy.deepcopy(draft.wanted)
    own = conformed_row(Claim, {"about": "outcome", "value_en": "It held at sea", "confidence": "low"})
    wanted["rows"]["claim"][key()] = own
    deciding.publishing.replace_snapshot(draft, wanted, draft.base)
    deciding.publishing.publish(Proposal.objects.get(pk=draft.pk), by=moderator)

    assert Claim.objects.get(about="outcome").source is None


def test_what_is_refused_adds_no_source(case):
    sent = a_new_date(case, source_reference="S/2022/932")
    wanted = edited(case, ended_on="2019", declared_on="2020-10-24")
    sent.proposal.snapshot = wanted
    sent.proposal.save()

    with pytest.raises(deciding.Refusal):
        deciding.accept(sent, by=a_moderator())
    assert not Entry.objects.filter(kind="source", title_en="S/2022/932").exists()


def test_the_date_of_a_judgement_is_no_fact_of_its_own(case):
    wanted = edited(case, outcome="expired", outcome_as_of="2021")
    deciding.accept(
        a_contribution(wanted, base=newest(case), source_reference="S/2022/932"), by=a_moderator()
    )

    assert claims("outcome").keys() == {"supports"}
    assert not claims("outcome_as_of")
