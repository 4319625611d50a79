"""Limits of the public door: how many, of whom, and how they are counted."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case
from contributions.abuse import rate_limits
from contributions.models import (
    Contribution,
    DailyKey,
    RateCounter,
    SenderBlock,
    UsedToken,
)
from publishing.models import Proposal
from publishing.vocabulary import ProposalState
from tests.contributions.conftest import CHANGE, Sender, limited
from tests.factories import an_account, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOW = datetime.datetime(2026, 11, 26, 12, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "limit",
    [
        pytest.param("max_in_an_hour", marks=pytest.mark.every_database),
        "max_in_a_day",
        "max_tries_in_an_hour",
    ],
)
def test_one_sender_sends_only_so_many(case: Case, sender: Sender, settings: Any, limit: str) -> None:
    limited(settings, **{limit: 2})

    answers = [sender.send(case, "declared_on", **CHANGE).status_code for _ in range(4)]

    assert answers == [302, 302, 429, 429]
    assert Contribution.objects.count() == 2


def test_a_limit_of_one_sender_is_not_that_of_another(case: Case, client: Client, settings: Any) -> None:
    limited(settings, max_in_an_hour=1)
    Sender(client).send(case, "declared_on", **CHANGE)

    other = Sender(Client(REMOTE_ADDR="192.0.2.7")).send(case, "declared_on", **CHANGE)

    assert other.status_code == 302


@pytest.mark.every_database
def test_all_senders_together_send_only_so_many_in_an_hour(case: Case, settings: Any) -> None:
    limited(settings, max_in_an_hour_of_all=3, kept_for_newcomers=0)

    senders = [Sender(Client(REMOTE_ADDR=f"192.0.2.{number}")) for number in range(5)]
    answers = [one.send(case, "declared_on", **CHANGE).status_code for one in senders]

    assert answers == [302, 302, 302, 503, 503]


HOUSES_OF_ONE_PROVIDER = ["2001:db8:7:{}::1", "198.51.100.{}"]


@pytest.mark.parametrize("address", HOUSES_OF_ONE_PROVIDER)
@pytest.mark.parametrize(
    "limit",
    [pytest.param("max_in_an_hour_of_network", marks=pytest.mark.every_database), "max_in_a_day_of_network"],
)
def test_a_wide_network_sends_only_so_many(case: Case, settings: Any, limit: str, address: str) -> None:
    limited(settings, **{limit: 2})
    senders = [Sender(Client(REMOTE_ADDR=address.format(number))) for number in range(3)]

    answers = [one.send(case, "declared_on", **CHANGE) for one in senders]
    other = Sender(Client(REMOTE_ADDR="2001:db8:8::1")).send(case, "declared_on", **CHANGE)

    assert [one.status_code for one in answers] == [302, 302, 429]
    assert "Nothing is wrong with yours" in answers[-1].content.decode()
    assert other.status_code == 302


def test_a_wide_network_tries_only_so_often(case: Case, settings: Any) -> None:
    limited(settings, max_tries_in_an_hour_of_network=2)
    senders = [Sender(Client(REMOTE_ADDR=f"198.51.100.{number}")) for number in range(3)]

    assert [one.send(case, "declared_on").status_code for one in senders] == [422, 422, 429]


@pytest.mark.every_database
def test_room_is_kept_for_those_who_have_sent_nothing(case: Case, settings: Any) -> None:
    limited(settings, max_in_an_hour_of_all=3, kept_for_newcomers=1)
    flood = [Sender(Client(REMOTE_ADDR=f"2001:db8:7:{number}::1")) for number in range(3)]

    answers = [one.send(case, "declared_on", **CHANGE).status_code for one in flood]
    honest = Sender(Client(REMOTE_ADDR="203.0.113.9")).send(case, "declared_on", **CHANGE)

    assert (answers, honest.status_code) == ([302, 302, 503], 302)


@pytest.mark.every_database
def test_one_entry_gets_only_so_many_in_a_day_and_another_its_own(case: Case, settings: Any) -> None:
    limited(settings, max_in_a_day_of_entry=3, kept_for_newcomers_of_entry=1)
    flood = [Sender(Client(REMOTE_ADDR=f"198.51.100.{number}")) for number in range(3)]

    answers = [one.send(case, "declared_on", **CHANGE) for one in flood]
    honest = Sender(Client(REMOTE_ADDR="203.0.113.9")).send(case, "declared_on", **CHANGE)
    last = Sender(Client(REMOTE_ADDR="192.0.2.9")).send(case, "declared_on", **CHANGE)
    other = flood[0].send(publish_case(declared_on="2020"), "declared_on", **CHANGE)

    assert [one.status_code for one in answers] == [302, 302, 503]
    assert "Thank you for yours" in answers[-1].content.decode()
    assert (honest.status_code, last.status_code, other.status_code) == (302, 503, 302)


@pytest.mark.every_database
def test_a_full_queue_says_so_politely_and_when_to_come_again(
    case: Case, sender: Sender, settings: Any
) -> None:
    limited(settings, max_waiting=1)
    sender.send(case, "declared_on", **CHANGE)

    answer = sender.send(case, "declared_on", **CHANGE)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3600")
    assert "What you typed is not lost" in answer.content.decode()
    assert Contribution.objects.count() == 1


def test_a_queue_that_moderators_empty_takes_more(case: Case, sender: Sender, settings: Any) -> None:
    limited(settings, max_waiting=1)
    sender.send(case, "declared_on", **CHANGE)

    Proposal.objects.filter(origin="public").update(state=ProposalState.DECLINED)

    assert sender.send(case, "declared_on", **CHANGE).status_code == 302


def test_what_is_refused_counts_as_a_try_only(case: Case, sender: Sender, settings: Any) -> None:
    limited(settings, max_in_an_hour=1)

    assert sender.send(case, "declared_on").status_code == 422
    assert sender.send(case, "declared_on", **CHANGE).status_code == 302


def test_no_network_address_is_stored(case: Case, all_rows: Any) -> None:
    Sender(Client(REMOTE_ADDR="203.0.113.77")).send(case, "declared_on", **CHANGE)

    assert "203.0.113.77" not in str(all_rows())


def test_the_same_sender_is_another_on_the_next_day(db: None) -> None:
    today = rate_limits.sender_digest("203.0.113.77", NOW)

    assert rate_limits.sender_digest("203.0.113.77", NOW) == today
    assert rate_limits.sender_digest("203.0.113.78", NOW) != today
    assert rate_limits.sender_digest("203.0.113.77", NOW + datetime.timedelta(days=1)) != today


@pytest.mark.every_database
def test_once_the_day_is_over_nobody_can_work_out_who_it_was(db: None) -> None:
    today = rate_limits.sender_digest("203.0.113.77", NOW)

    rate_limits.delete_expired(NOW + datetime.timedelta(days=1))

    assert not DailyKey.objects.exists()
    assert rate_limits.sender_digest("203.0.113.77", NOW) != today


@pytest.mark.parametrize(
    "one, other, is_same",
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
    ids=["one household", "two households", "two addresses"],
)
def test_a_household_counts_as_one_sender(case: Case, one: str, other: str, is_same: bool) -> None:
    for address in (one, other):
        Sender(Client(REMOTE_ADDR=address)).send(case, "declared_on", **CHANGE)

    assert (len({*Contribution.objects.values_list("sender", flat=True)}) == 1) == is_same


@pytest.mark.every_database
def test_a_paused_sender_is_not_listened_to_until_the_pause_is_over(case: Case, sender: Sender) -> None:
    sender.send(case, "declared_on", **CHANGE)
    block = SenderBlock.objects.create(
        sender=Contribution.objects.get().sender,
        until=timezone.now() + datetime.timedelta(hours=1),
        why="Advertisements",
        by=an_account(),
    )

    assert sender.send(case, "declared_on", **CHANGE).status_code == 403
    SenderBlock.objects.filter(pk=block.pk).update(until=timezone.now())
    assert sender.send(case, "declared_on", **CHANGE).status_code == 302


@pytest.mark.every_database
def test_tallies_count_by_span_and_by_what(db: None) -> None:
    hour = rate_limits.start_of_hour(NOW)

    counted = [
        rate_limits.increment("a", hour),
        rate_limits.increment("a", hour),
        rate_limits.increment("b", hour),
    ]

    assert counted == [1, 2, 1]
    assert rate_limits.increment("a", rate_limits.start_of_day(NOW)) == 1
    assert (rate_limits.current_count("a", hour), rate_limits.current_count("c", hour)) == (2, 0)


@pytest.mark.every_database
def test_what_is_over_is_swept_up(db: None) -> None:
    rate_limits.increment("old", NOW - datetime.timedelta(days=3))
    rate_limits.increment("new", NOW)
    UsedToken.objects.create(token_digest="a", expires_at=NOW - datetime.timedelta(seconds=1))
    UsedToken.objects.create(token_digest="b", expires_at=NOW + datetime.timedelta(seconds=1))

    assert rate_limits.delete_expired(NOW) == 2

    assert [one.of for one in RateCounter.objects.all()] == ["new"]
    assert [one.token_digest for one in UsedToken.objects.all()] == ["b"]


def test_nothing_that_is_logged_says_who_it_was(case: Case, caplog: Any) -> None:
    sender = Sender(Client(REMOTE_ADDR="203.0.113.77"))

    with caplog.at_level("DEBUG"):
        sender.send(case, "declared_on", **CHANGE, name="Amal Haddad", mail="amal@example.org")

    assert "contribution" in caplog.text
    for told in ("203.0.113.77", "Amal", "amal@example.org"):
        assert told not in caplog.text
