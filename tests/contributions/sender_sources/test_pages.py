"""What the pages say of the source that a sender named."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contributions.abuse import tokens
from contributions.models import Contribution
from publishing.tokens import token_digest
from tests.contributions.sender_sources.claims import a_moderator, a_new_date, claims
from tests.factories import a_contribution, edited, newest, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def moderator_client(client: Client) -> Client:
    client.force_login(a_moderator())
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


def test_a_source_that_is_to_be_added_stands_against_nothing(case, moderator_client):
    wanted = edited(case, {"breach": [{"began_on": "2021-05-02"}]}, outcome="expired", outcome_as_of="2021")
    sent = a_contribution(wanted, base=newest(case), source_reference="S/2022/932")

    assert "What is against publishing" not in moderator_client.get(page_of(sent)).content.decode()
