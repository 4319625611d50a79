"""A rehearsal leaves nothing in the tables, whatever happens in it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from publishing import snapshots
from publishing.actions import publishing, retracting, steps
from publishing.models import ChainHead, Entry
from publishing.snapshots import rehearsal
from tests.databases import some_on_every_database
from tests.factories import edited, newest, proposal_of, publish_case, publish_theme, snapshot_of


def publish_something_new(case: Entry) -> None:
    publish_theme(title_en="Rehearsed")


def publish_a_change(case: Entry) -> None:
    proposal = proposal_of(edited(case, {"event": [{}]}, finding_en="Rehearsed"), base=newest(case))
    publishing.publish(proposal, by=proposal.author)


def retract_it(case: Entry) -> None:
    retracting.retract(case, by=newest(case).author, reason="Rehearsed", language="en")


def write_past_the_door(case: Entry) -> None:
    snapshots.thaw(snapshot_of("case", {"provision": [{}]}))
    Entry.objects.filter(pk=case.pk).update(title_en="Rehearsed")


def nest_blocks(case: Entry) -> None:
    with transaction.atomic():
        publish_theme()
        with transaction.atomic():
            publish_theme()


def nest_a_block_that_fails(case: Entry) -> None:
    publish_theme()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChainHead.objects.create(pk=2)
    publish_theme()


def and_fail(*_: Any) -> None:
    raise ZeroDivisionError


def rehearse_within(case: Entry) -> None:
    with rehearsal():
        publish_theme()
    publish_theme()


DEEDS = {
    one.__name__.replace("_", " "): one
    for one in (
        publish_something_new, publish_a_change, retract_it, write_past_the_door,
        nest_blocks, nest_a_block_that_fails, rehearse_within,
    )
}  # fmt: skip
EVERY_DEED = pytest.mark.parametrize("attempt", DEEDS.values(), ids=DEEDS)
# Blocks of transactions are what databases differ in.
EVERY_DEED_AND_SOME_ON_EVERY_DATABASE = pytest.mark.parametrize(
    "attempt", some_on_every_database(DEEDS, ["publish a change", "nest a block that fails"])
)

pytestmark = pytest.mark.one_database


@EVERY_DEED
@pytest.mark.every_database
@pytest.mark.django_db
def test_a_rehearsal_leaves_no_row_in_any_table(attempt: Callable, all_rows: Callable) -> None:
    case = publish_case(rows={"provision": [{}]})
    before = all_rows()

    with rehearsal():
        attempt(case)
        assert all_rows() != before

    assert all_rows() == before


@EVERY_DEED_AND_SOME_ON_EVERY_DATABASE
@pytest.mark.django_db
def test_a_rehearsal_that_fails_leaves_no_row_and_hides_no_error(
    attempt: Callable, all_rows: Callable
) -> None:
    case = publish_case(rows={"provision": [{}]})
    before = all_rows()

    with pytest.raises(ZeroDivisionError), rehearsal():
        and_fail(attempt(case))

    assert all_rows() == before


@EVERY_DEED_AND_SOME_ON_EVERY_DATABASE
@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_outside_all_transactions_is_rolled_back_too(
    attempt: Callable, all_rows: Callable
) -> None:
    case = publish_case(rows={"provision": [{}]})
    before = all_rows()

    with rehearsal():
        attempt(case)

    assert not connection.in_atomic_block
    assert all_rows() == before


@pytest.mark.every_database
@pytest.mark.django_db
def test_a_rehearsal_in_which_the_database_refused_is_rolled_back(all_rows: Callable) -> None:
    before = all_rows()

    with rehearsal():
        publish_theme()
        with suppress(IntegrityError), transaction.atomic(savepoint=False):
            ChainHead.objects.create(pk=2)

    assert all_rows() == before


@pytest.mark.every_database
@pytest.mark.django_db
def test_what_came_before_and_after_a_rehearsal_stays() -> None:
    before = publish_theme()

    with rehearsal():
        rehearsed = publish_theme()
    after = publish_theme()

    assert {*Entry.objects.values_list("pk", flat=True)} == {before.pk, after.pk}
    assert rehearsed.pk not in {before.pk, after.pk}


@EVERY_DEED
@pytest.mark.django_db
def test_a_rehearsal_sends_no_mail_and_fills_no_cache(attempt: Callable) -> None:
    case = publish_case()
    cache.clear()

    with rehearsal():
        attempt(case)

    assert mail.outbox == []
    assert cache._cache == {}


@EVERY_DEED_AND_SOME_ON_EVERY_DATABASE
@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_runs_nothing_that_waits_for_the_commit(
    attempt: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = publish_case()
    ran: list[Any] = []
    monkeypatch.setattr(steps, "_log", ran.append)

    with transaction.atomic():
        with rehearsal():
            attempt(case)
            transaction.on_commit(lambda: ran.append("mine"))
        transaction.on_commit(lambda: ran.append("of the transaction around it"))

    assert ran == ["of the transaction around it"]
