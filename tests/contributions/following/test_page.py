"""The private page: who can open it, and what the sender reads there."""

import logging
from typing import Any

import pytest
from django.test import Client

from accounts.models import Mail
from config.logs import WithoutSecretAddresses
from contributions.abuse import tokens
from publishing.actions import reviewing
from publishing.models import Revision
from publishing.vocabulary import ProposalState
from tests.contributions.conftest import the_only_one
from tests.contributions.following.steps import accept_one, link_in, moderator, state

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_private_page_stays_private(sent: str, client: Client, language: str) -> None:
    page = client.get(sent.replace("/en/", f"/{language}/"))

    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()


def test_the_private_page_takes_forms_from_browsers_that_tell_no_origin(sent: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(sent, {"do": "take_away"}, headers={"Origin": "null"})

    assert answer.status_code == 302
    assert state() == ProposalState.WITHDRAWN


def test_a_confirmation_is_taken_from_browsers_that_tell_no_origin(sent: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link_in(Mail.objects.get()), headers={"Origin": "null"}).status_code == 302


def test_the_link_cannot_be_guessed_from_what_is_stored(sent: str, client: Client) -> None:
    contribution = the_only_one()

    for guess in (contribution.pk, contribution.proposal_id, contribution.token_digest, "a" * 32):
        assert client.get(f"/en/proposals/{guess}/").status_code == 404


def test_the_token_stands_in_no_table(sent: str, all_rows: Any) -> None:
    Mail.objects.all().delete()

    assert sent.split("/")[-2] not in str(all_rows())


def test_a_link_outlives_a_new_secret_key(sent: str, client: Client, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10

    assert tokens.follow_token(the_only_one()) == sent.split("/")[-2]
    assert client.get(sent).status_code == 200


def test_each_change_stands_with_what_was_decided_and_why(sent: str, client: Client) -> None:
    accept_one()

    page = client.get(sent.replace("/en/", "/fr/")).content.decode()

    assert "No source says so." in page
    assert "Looks like a guess." not in page
    assert state() == ProposalState.PARTLY_ACCEPTED
    assert page.count('class="verdict') == 2


def test_what_moderators_say_among_themselves_is_not_shown(sent: str, client: Client) -> None:
    reviewing.comment(the_only_one().proposal, by=moderator(), text="I do not trust this one.")

    assert "I do not trust this one." not in client.get(sent).content.decode()


def test_what_was_published_is_linked(sent: str, client: Client) -> None:
    reviewing.accept(the_only_one().proposal, by=moderator())

    assert Revision.objects.latest("pk").get_absolute_url() in client.get(sent).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/en/proposals/s3cret-t0ken/", "/ar/proposals/confirm/s3cret-t0ken/", "/fr/preview/s3cret-t0ken/"],
)
def test_no_secret_address_stands_in_a_log(address: str) -> None:
    record = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Not Found", address), None)

    line = WithoutSecretAddresses().format(record)

    assert "s3cret" not in line
    assert line.endswith("/…/")
