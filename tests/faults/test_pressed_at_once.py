"""A button of the desk that is pressed twice at the same moment, and one whose answer was never stored."""

from functools import partial
from typing import Any

import pytest
from django.test import Client

from desk import sent_forms
from publishing.actions import drafting, publishing
from publishing.models import Proposal, Revision, SentForm
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.factories import an_account, publish_theme
from tests.publishing.test_concurrency import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]


@pytest.fixture
def desk() -> Client:
    return signed_in(an_account("editor", is_staff=True, is_superuser=True))


def again(client: Client) -> Client:
    """Another window of the same browser."""
    other = Client()
    other.cookies = client.cookies
    return other


def sent(sheet: Sheet, client: Client, **button: str) -> Any:
    values = {**sheet.values, **{name: [value] for name, value in button.items()}}
    return client.post(sheet.address, {name: value for name, value in values.items() if value})


@pytest.mark.parametrize("button", ["_draft", "_submit", "_save"])
def test_what_is_pressed_four_times_at_once_makes_one_thing_with_one_answer(
    desk: Client, button: str
) -> None:
    theme = publish_theme()
    sheet = Sheet.of(desk, theme, title_fr="En même temps")
    before = Proposal.objects.count()

    answers = all_at_once(*(partial(sent, sheet, again(desk), **{button: "x"}) for _one in range(4)))

    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer.url for answer in answers}) == 1
    assert Proposal.objects.count() == before + 1
    assert Revision.objects.count() == 1 + (button == "_save")


def test_a_form_whose_first_answer_was_lost_makes_nothing_a_second_time(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = Sheet.of(desk, publish_theme(), title_fr="Perdue")
    monkeypatch.setattr(sent_forms, "MAX_WAIT", 0.1)
    with monkeypatch.context() as dies:
        dies.setattr(drafting, "store_answer", lambda *_args, **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sheet.save(_save="Publish")

    second = sheet.save(_save="Publish")

    assert (second.status_code, second.content.decode()) == (409, "This was sent already.")
    assert Revision.objects.count() == 2
    assert SentForm.objects.count() == 1


def test_a_form_that_failed_before_it_made_anything_can_be_sent_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = Sheet.of(desk, publish_theme(), title_fr="Encore")
    with monkeypatch.context() as dies:
        dies.setattr(publishing, "record_decisions", lambda *_args, **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sheet.save(_save="Publish")
    assert not SentForm.objects.exists()

    second = sheet.save(_save="Publish")

    assert second.status_code == 302
    assert Revision.objects.count() == 2
