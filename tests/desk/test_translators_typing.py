"""The translation desk keeps what is typed, leads on, and says what waits, so that nobody does it again."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from publishing.models import Entry, FormAutosave, Proposal
from tests.desk.conftest import signed_in
from tests.factories import an_account, newest, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAID = {"note": "Translated.", "note_language": "en"}
BOARD = "/en/admin/translations/"


@pytest.fixture
def case() -> Entry:
    return publish_case(title_en="Truce", finding_en="It held.")


@pytest.fixture
def translator(db: None) -> Client:
    """Somebody who may change entries, but not publish a change alone."""
    account = an_account("translator", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(content_type__app_label="cases"))
    return signed_in(account)


def desk_of(entry: Entry, query: str = "") -> str:
    return f"{BOARD}{entry.pk}/fr/{query}"


def typed(client: Client, entry: Entry, **texts: str) -> dict[str, Any]:
    """The form as a browser would send it."""
    page = client.get(desk_of(entry)).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    based_on = newest(entry).number
    return {
        **SAID,
        "based_on": based_on,
        "form_token": token[1],
        **{f"text:{path}": text for path, text in texts.items()},
    }


def test_what_was_typed_is_offered_again_and_comes_back_whole(translator: Client, case: Entry) -> None:
    said = typed(translator, case, title="Trêve", finding="")
    place = f"texts:{case.pk}:fr:{said['form_token']}"
    assert translator.post(reverse("admin:publishing_proposal_typing", args=[place]), said).status_code == 200

    offered = translator.get(desk_of(case)).content.decode()
    back = translator.get(desk_of(case, f"?typed=1&form={said['form_token']}"))
    page = back.content.decode()

    assert f"typed=1&amp;form={said['form_token']}" in offered
    assert ">\nTrêve</textarea>" in page
    assert f'value="{said["form_token"]}"' in page
    assert "It is not saved yet" in page
    assert "Trêve" not in signed_in(an_account()).get(desk_of(case, "?typed=1")).content.decode()

    assert translator.post(desk_of(case), said).status_code == 302
    assert not FormAutosave.objects.exists()


def test_the_page_has_the_script_that_keeps_typing(translator: Client, case: Entry) -> None:
    page = translator.get(desk_of(case)).content.decode()

    assert "js/keep_typing.js" in page
    assert f'data-form-key="texts:{case.pk}:fr"' in page
    assert 'data-is-open="1"' in page


def test_submitting_leads_on_to_the_board_and_says_that_it_waits(translator: Client, case: Entry) -> None:
    answer = translator.post(desk_of(case), typed(translator, case, title="Trêve"))
    page = translator.get(answer.url).content.decode()

    assert answer.url == BOARD
    assert "waits for review" in page
    assert "a change waits for review" in page


def test_the_next_translator_reads_that_it_is_done_and_by_whom(
    translator: Client, case: Entry, desk: Client
) -> None:
    translator.post(desk_of(case), typed(translator, case, title="Trêve"))

    page = desk.get(desk_of(case)).content.decode()
    elsewhere = desk.get(f"{BOARD}{case.pk}/ar/").content.decode()

    assert "A translation by <bdi>translator</bdi> waits for review" in page
    assert page.count("A translation of this text by <bdi>translator</bdi> waits") == 1
    assert str(Proposal.objects.waiting().get().pk) in page
    assert "waits for review" not in elsewhere


@pytest.mark.every_database
def test_a_translation_sent_twice_waits_once(translator: Client, case: Entry) -> None:
    said = typed(translator, case, title="Trêve")

    answers = [translator.post(desk_of(case), said) for _ in range(2)]

    assert [answer.url for answer in answers] == [BOARD, BOARD]
    assert Proposal.objects.waiting().count() == 1
