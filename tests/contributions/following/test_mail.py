"""Mail about a proposal goes to a confirmed address, and never too often."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Mail
from cases.models import Case
from contributions.actions import following, notifying
from contributions.models import Contribution
from publishing.actions import reviewing
from tests.contributions.conftest import Sender, the_only_one
from tests.contributions.following.steps import decline, link_in, moderator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_an_address_is_written_to_only_once_it_is_confirmed(sent: str, client: Client) -> None:
    [asked] = Mail.objects.filter(recipient="amal@example.org")
    assert sent not in asked.body
    decline()
    assert notifying.notify_senders() == 0

    page = client.get(link_in(asked))
    assert the_only_one().mail_confirmed_at is None
    answer = client.post(link_in(asked))

    assert page.status_code == 200
    assert answer.url == sent
    assert the_only_one().mail_confirmed_at is not None
    assert sent in Mail.objects.first().body
    assert client.get(link_in(asked)).status_code == 404


def test_an_address_that_is_confirmed_twice_gets_one_letter(confirmed: str) -> None:
    before = Mail.objects.count()

    following.confirm_mail(the_only_one())

    assert Mail.objects.count() == before


def test_news_come_once_each_in_the_senders_language(confirmed: str) -> None:
    Contribution.objects.update(language="ar")
    decline("النص يقول الثالث والعشرين.")

    assert (notifying.notify_senders(), notifying.notify_senders()) == (1, 0)

    [mail] = Mail.objects.all()
    assert confirmed.replace("/en/", "/ar/") in mail.body
    assert "النص يقول الثالث والعشرين." in mail.body


def test_a_question_comes_by_mail_each_time_that_one_is_asked(confirmed: str, client: Client) -> None:
    for text in ("On which page?", "In which edition?"):
        following.ask(the_only_one(), by=moderator(), text=text)
        assert notifying.notify_senders() == 1
        client.post(confirmed, {"do": "answer", "text": "This one."})
        assert notifying.notify_senders() == 0

    assert "In which edition?" in Mail.objects.first().body


def test_what_the_sender_did_themselves_is_no_news(confirmed: str, client: Client) -> None:
    client.post(confirmed, {"do": "take_away"})

    assert notifying.notify_senders() == 0


def test_mail_about_what_was_published_leads_to_it(confirmed: str) -> None:
    revision = reviewing.accept(the_only_one().proposal, by=moderator())

    notifying.notify_senders()

    assert revision.get_absolute_url() in Mail.objects.get().body


def test_nobody_is_molested_through_the_door(case: Case, sender: Sender, settings: Any) -> None:
    settings.DOOR = {**settings.DOOR, "max_mails_in_a_day": 2}

    for _ in range(4):
        sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"}, mail="victim@example.org")

    assert Contribution.objects.count() == 4
    assert Mail.objects.count() == 2
