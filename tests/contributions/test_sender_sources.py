"""What the public proposes is accepted together with the source that its sender named."""

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contributions.abuse import tokens
from contributions.actions import deciding, improving
from contributions.models import Contribution
from publishing.actions import reviewing
from publishing.models import Entry, Proposal
from publishing.snapshots import conformed_row
from publishing.tokens import token_digest
from publishing.vocabulary import Verdict
from publishing.workflow.decisions import ChangeDecision
from sources.models import Claim, Source
from tests.contributions.conftest import the_only_one
from tests.factories import (
    a_contribution,
    an_account,
    edited,
    key,
    newest,
    publish_actor,
    publish_case,
    publish_source,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def case(db: None) -> Any:
    source = publish_source(title_en="The agreement")
    return publish_case(
        declared_on="2020-10-23", rows={"claim": [{"source": source, "about": "declared_on"}]}
    )


def a_new_date(case: Any, **said: Any) -> Any:
    return a_contribution(edited(case, declared_on="2020-10-24"), base=newest(case), **said)


def claims(about: str = "declared_on") -> dict[str, Claim]:
    return {claim.stance: claim for claim in Claim.objects.filter(about=about).select_related("source")}


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


@pytest.mark.parametrize(
    "reference",
    [
        "https://undocs.org/S/2020/1043/",
        "see http://www.undocs.org/S/2020/1043?utm_source=x.",
        "UN document S/2020/1043, page 2",
        "letter of the League",
    ],
    ids=["an address", "the same address otherwise written", "a symbol", "the title"],
)
def test_a_source_that_is_there_is_found(case, reference):
    known = publish_source(
        title_en="Letter of the League",
        url="https://undocs.org/S/2020/1043",
        identifier_scheme="un_symbol",
        identifier="S/2020/1043",
    )
    count = Source.objects.count()
    deciding.accept(a_new_date(case, source_reference=reference), by=an_account())

    assert claims()["supports"].source == known
    assert Source.objects.count() == count


def test_a_symbol_within_another_is_not_the_same(case):
    publish_source(identifier_scheme="un_symbol", identifier="S/2020/104")
    deciding.accept(a_new_date(case, source_reference="S/2020/1043"), by=an_account())

    assert claims()["supports"].source.identifier == "S/2020/1043"


def test_a_source_that_said_the_earlier_value_comes_along_again_with_the_next_one(case):
    deciding.accept(a_new_date(case, source_reference="S/2020/1043"), by=an_account())
    corrected = edited(Entry.objects.get(pk=case.pk).case, declared_on="2020-10-25")
    sent = a_contribution(corrected, base=newest(case), source_reference="S/2020/1043", source_page="p. 4")

    assert deciding.accept(sent, by=_moderator()) is deciding.DecisionResult.PUBLISHED

    supporting = Claim.objects.get(about="declared_on", stance="supports")
    assert (supporting.source.identifier, supporting.locator) == ("S/2020/1043", "p. 4")


def test_a_new_row_and_its_claim_arrive_together_by_a_plain_accept(case):
    wanted = edited(case, {"breach": [{"began_on": "2021-05-02"}]})
    sent = a_contribution(wanted, base=newest(case), source_reference="S/2022/932", source_page="para. 20")

    assert deciding.accept(sent, by=_moderator()) is deciding.DecisionResult.PUBLISHED
    [breach] = case.breaches.all()
    assert Claim.objects.get(about=f"breach/{breach.pk}").source.identifier == "S/2022/932"


def test_a_new_case_is_accepted_with_its_source(db):
    wanted = snapshot_of(
        "case", {"participation": [{"actor": publish_actor()}]}, declared_on="2020", finding_en="It held."
    )
    sent = a_contribution(wanted, source_reference="The text of the agreement")

    assert deciding.accept(sent, by=_moderator()) is deciding.DecisionResult.PUBLISHED
    assert {claim.about.partition("/")[0] for claim in Claim.objects.all()} >= {
        *("declared_on", "finding", "ceasefire_class", "participation"),
    }


def test_a_new_initiative_is_accepted_with_its_source(db):
    rows = {"partner": [{"actor": publish_actor()}]}
    wanted = snapshot_of(
        "initiative", rows, main_theme=publish_theme(), began_on="2020", summary_en="Schools."
    )
    sent = a_contribution(wanted, source_reference="The annual report")

    assert deciding.accept(sent, by=_moderator()) is deciding.DecisionResult.PUBLISHED
    assert {claim.about.partition("/")[0] for claim in Claim.objects.all()} >= {
        *("began_on", "summary", "partner"),
    }


def test_without_a_source_an_old_claim_is_no_excuse(case):
    sent = a_new_date(case, source_reference="", why_no_source="I was there.")

    with pytest.raises(deciding.Refusal) as refused:
        deciding.accept(sent, by=_moderator())
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
    reviewing.accept_some(sent.proposal, by=_moderator(), decisions=decisions, note="In part.")

    assert claims("ended_on").keys() == {"supports"}
    assert claims().keys() == {"supports"}
    assert claims()["supports"].source.identifier == ""


def test_who_improves_it_finds_the_source_among_the_claims_and_it_is_there_once(case):
    moderator = _moderator()
    sent = a_new_date(case, source_reference="S/2022/932")
    draft = improving.improve(sent, by=moderator)
    assert "S/2022/932" in {
        Source.objects.get(pk=claim["source"]).identifier for claim in draft.wanted["rows"]["claim"].values()
    }
    deciding.publishing.publish(Proposal.objects.get(pk=draft.pk), by=moderator)

    assert Claim.objects.filter(about="declared_on", stance="supports").count() == 1


def test_a_statement_that_a_moderator_adds_while_improving_gets_no_source_of_the_sender(case):
    moderator = _moderator()
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
        deciding.accept(sent, by=_moderator())
    assert not Entry.objects.filter(kind="source", title_en="S/2022/932").exists()


def _moderator() -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)


# --- on the pages ------------------------------------------------------------------------------


@pytest.fixture
def moderator_client(client: Client) -> Client:
    client.force_login(_moderator())
    return client


def test_the_review_page_says_what_becomes_of_the_source(case, moderator_client):
    known = publish_source(title_en="Letter 932", identifier_scheme="un_symbol", identifier="S/2022/932")
    sent = a_new_date(case, source_reference="S/2022/932, para. 20")
    page = moderator_client.get(page_of(sent)).content.decode()

    assert known.get_absolute_url() in page
    assert 'name="sources_confirmed"' in page
    assert "What is against publishing" not in page


def test_one_key_publishes_it_and_history_and_sender_read_the_source(case, moderator_client, client):
    sent = a_new_date(case, source_reference="Reuters, 24 May 2023")
    answer = moderator_client.post(decide(sent, "accept"), {"note": ""})

    assert answer.status_code == 302
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Reuters, 24 May 2023" in page
    assert "Said of an earlier value" in page
    assert "Reuters, 24 May 2023" in client.get(case.get_history_url()).content.decode()
    assert "Reuters, 24 May 2023" in client.get(reverse("portal:changes")).content.decode()
    assert "Your source is cited with it" in client.get(follow(sent)).content.decode()


def test_a_moderator_who_has_checked_the_old_source_keeps_it(case, moderator_client):
    sent = a_new_date(case, source_reference="", why_no_source="The same letter says the 24th.")
    ticks = {"note": "", "asks_for_sources": "1", "sources_confirmed": "on"}
    moderator_client.post(decide(sent, "accept"), ticks)

    case.refresh_from_db()
    assert str(case.declared_on) == "2020-10-24"
    assert claims().keys() == {"supports"}


def page_of(sent: Any) -> str:
    return reverse("admin:contributions_contribution_change", args=[sent.pk])


def decide(sent: Any, verb: str) -> str:
    return reverse("admin:contributions_contribution_decide", args=[sent.pk, verb])


def follow(sent: Any) -> str:
    Contribution.objects.filter(pk=sent.pk).update(
        token_digest=token_digest(token := tokens.follow_token(sent))
    )
    return reverse("contributions:follow", args=[token])


def test_the_date_of_a_judgement_is_no_fact_of_its_own(case):
    wanted = edited(case, outcome="expired", outcome_as_of="2021")
    deciding.accept(a_contribution(wanted, base=newest(case), source_reference="S/2022/932"), by=_moderator())

    assert claims("outcome").keys() == {"supports"}
    assert not claims("outcome_as_of")


@pytest.mark.parametrize(
    "reference", ["LETTER of the Léague", "https://web.archive.org/web/2024/https://example.org/letter"]
)
def test_a_source_is_found_by_its_title_otherwise_written_and_by_its_lasting_copy(case, reference):
    known = publish_source(
        title_en="Letter of the League",
        url="https://example.org/letter",
        archived_url="https://web.archive.org/web/2024/https://example.org/letter",
    )
    deciding.accept(a_new_date(case, source_reference=reference), by=_moderator())

    assert claims()["supports"].source == known


def test_a_source_that_is_to_be_added_stands_against_nothing(case, moderator_client):
    wanted = edited(case, {"breach": [{"began_on": "2021-05-02"}]}, outcome="expired", outcome_as_of="2021")
    sent = a_contribution(wanted, base=newest(case), source_reference="S/2022/932")

    assert "What is against publishing" not in moderator_client.get(page_of(sent)).content.decode()
