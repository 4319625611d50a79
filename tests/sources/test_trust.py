"""The signs of trust on a page do not contradict each other, and no source supports what is younger than it."""

from typing import Any

import pytest
from django.test import Client

from publishing import rules
from publishing.snapshots import Snapshot
from sources import facts
from sources.models import Claim
from tests.factories import publish_case, publish_source, publish_theme, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def a_judged_case(published_on: str | None, as_of: str) -> Any:
    source = publish_source(title_en="The report", published_on=published_on)
    claims = [{"source": source, "about": "outcome"}]
    return publish_case(outcome="holding", outcome_as_of=as_of, rows={"claim": claims})


def page_of(entry: Any, client: Client) -> str:
    return " ".join(client.get(entry.get_absolute_url()).content.decode().split())


@pytest.mark.parametrize(
    "published_on, as_of, is_too_old",
    [
        ("2019-02-22", "2020-12-31", True),
        ("2019", "2020-01", True),
        ("2020", "2020-12-31", False),
        ("2021-05", "2020-12-31", False),
        (None, "2020-12-31", False),
    ],
    ids=["older", "older by a year", "perhaps of that day", "younger", "of unknown date"],
)
def test_a_source_that_is_older_than_a_judgement_does_not_support_it(client, published_on, as_of, is_too_old):
    case = a_judged_case(published_on, as_of)

    assert ("Older than this judgement" in page_of(case, client)) == is_too_old
    assert ("outcome" in unsourced(case)) == is_too_old
    assert ("Outcome" in shortcomings(case)) == is_too_old


def unsourced(case: Any) -> tuple[str, ...]:
    claims = list(Claim.objects.filter(entry=case).with_sources())
    facts.mark_outdated(case, claims, {})
    return facts.coverage(case, claims, {}).unsourced


def shortcomings(case: Any) -> str:
    snapshot: Snapshot = case.revisions.latest("number").snapshot
    return " ".join(str(one.message) for one in rules.shortcomings(snapshot, None) if one.about == "outcome")


def test_where_a_source_is_there_none_is_said_to_be_missing(client):
    source = publish_source(title_en="The report")
    claims = [
        {"source": source, "about": "outcome"},
        {"about": "outcome"},
        {"about": "scope", "value_en": "the whole country"},
    ]
    page = page_of(publish_case(outcome="unknown", scope="countrywide", rows={"claim": claims}), client)

    assert page.count("No source yet") == 1
    assert "1 other statement has none yet." in page


def test_a_statement_without_a_source_is_told_beside_a_fact_that_has_one_and_is_counted(client):
    source = publish_source(title_en="The report")
    claims = [
        {"source": source, "about": "outcome"},
        {"about": "outcome", "value_en": "It held on land, not at sea"},
    ]
    page = page_of(publish_case(outcome="holding", outcome_as_of="2020", rows={"claim": claims}), client)

    told = page[page.index("The report") :]
    assert told.index("It held on land, not at sea") < told.index("No source yet")
    assert "1 other statement has none yet." in page


def test_the_count_of_sourced_facts_leads_to_what_a_key_fact_is(client):
    page = page_of(publish_case(finding_en="It held."), client)

    assert '<a href="/en/method/">What is a key fact?</a>' in page


def test_only_pages_with_key_facts_speak_of_checking_them(client):
    assert "checked a second time" not in page_of(publish_theme(), client)
    assert "checked a second time" in page_of(publish_case(finding_en="It held."), client)


def test_the_snapshot_of_a_new_case_is_judged_as_its_page():
    source = publish_source(published_on="2019")
    claims = [{"source": source, "about": "outcome"}]
    wanted = snapshot_of("case", {"claim": claims}, outcome="holding", outcome_as_of="2020-12")

    assert "outcome" in {one.about for one in rules.shortcomings(wanted, None)}
