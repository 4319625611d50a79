"""Moderators are told by mail of what came in, as often as each wishes."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Mail
from contributions import jobs
from contributions.actions import notices
from contributions.models import NoticePreference
from publishing.models import Proposal
from tests.factories import a_contribution, an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def start() -> datetime.datetime:
    """When the moderator was told last."""
    return timezone.now() - datetime.timedelta(days=30)


@pytest.fixture
def moderator(start: datetime.datetime) -> Any:
    one = an_account("moderator", is_staff=True, is_superuser=True, email="m@example.org")
    notices.notify_moderators(start)
    return one


def wishes(notices: str) -> None:
    NoticePreference.objects.update(notices=notices)


def came(at: datetime.datetime, **said: Any) -> None:
    Proposal.objects.filter(pk=a_contribution(**said).proposal_id).update(submitted_at=at)


def told(now: datetime.datetime) -> int:
    """How many letters were left in the round, and the worker says so."""
    said = list(jobs.notify_moderators(now))
    count = Mail.objects.count()
    Mail.objects.all().delete()
    assert bool(said) == bool(count)
    return count


def test_a_digest_comes_once_a_day_with_all_that_came_in(moderator: Any, start: datetime.datetime) -> None:
    for hour in (1, 2, 3):
        came(start + datetime.timedelta(hours=hour))

    assert told(start + datetime.timedelta(hours=5)) == 0
    notices.notify_moderators(start + DAY)
    [mail] = Mail.objects.all()
    assert (mail.recipient, mail.body.count("/change/")) == ("m@example.org", 3)
    Mail.objects.all().delete()
    assert told(start + DAY + MINUTE) == 0
    assert told(start + 3 * DAY) == 0


def test_whoever_wishes_it_is_told_at_once_and_once(moderator: Any, start: datetime.datetime) -> None:
    wishes("immediate")
    came(start + MINUTE)
    came(start + MINUTE)

    assert told(start + 2 * MINUTE) == 2
    assert told(start + 3 * MINUTE) == 0


def test_a_flood_makes_few_letters(moderator: Any, start: datetime.datetime) -> None:
    wishes("immediate")
    for _ in range(30):
        came(start + MINUTE)

    assert told(start + 2 * MINUTE) == 6


def test_whoever_wishes_none_gets_none(moderator: Any, start: datetime.datetime) -> None:
    wishes("none")
    came(start + MINUTE)

    assert told(start + 2 * DAY) == 0


def test_only_moderators_with_an_address_are_told(start: datetime.datetime) -> None:
    an_account("reader", email="r@example.org")
    an_account("gone", is_staff=True, is_superuser=True, is_active=False, email="g@example.org")
    an_account("silent", is_staff=True, is_superuser=True)
    an_account("editor", is_staff=True, email="e@example.org")
    notices.notify_moderators(start)
    came(start + MINUTE)

    assert told(start + 2 * DAY) == 0


def test_the_letter_says_nothing_of_who_sent_it(moderator: Any, start: datetime.datetime) -> None:
    came(start + MINUTE, name="Amal Haddad", mail="amal@example.org", sender="abcdef123")

    notices.notify_moderators(start + 2 * DAY)

    body = Mail.objects.get(recipient="m@example.org").body
    assert not any(secret in body for secret in ("Amal", "amal@", "abcdef"))
