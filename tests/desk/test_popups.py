"""The small window that adds what is missing in a list: one button publishes it and chooses it."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from publishing.models import Entry
from tests.desk.conftest import signed_in
from tests.desk.sheets import ShownSheet, add_page, change_page
from tests.factories import an_account, publish_actor

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

POPUP = "?_to_field=entry_ptr&_popup=1"


@pytest.fixture
def writer(db: None) -> Any:
    """An editor who may add and change, but not decide."""
    account = an_account("writer", is_staff=True)
    verbs = Permission.objects.filter(content_type__app_label__in=("cases", "sources", "pillars"))
    account.user_permissions.set(verbs)
    return account


def buttons(page: str) -> list[str]:
    """The names of the buttons of the form."""
    form = page.partition('_form" novalidate>')[2]
    return re.findall(r'<input type="submit" (?:name="(\w+)"|value)', form)


@pytest.mark.parametrize("kind", ["actor", "place", "source", "theme", "image"])
def test_a_small_window_has_one_button_and_says_why_it_is_allowed(kind: str, writer: Any) -> None:
    page = signed_in(writer).get(add_page(kind) + POPUP).content.decode()

    assert buttons(page) == ["_save"]
    assert 'value="Add and choose"' in page
    assert "it stays out of sight until something published uses it" in page


def test_the_button_publishes_out_of_sight_and_hands_the_entry_back(writer: Any, client: Client) -> None:
    sheet = ShownSheet(signed_in(writer), add_page("actor") + POPUP)
    sheet.type(title_en="Front", slug="front", actor_type="state", public_note="New", note_language="en")

    answer = sheet.save(_save="Add and choose")

    added = Entry.objects.get(slug="front")
    assert str(added.pk) in answer.content.decode()
    assert not added.is_in_use
    assert client.get(added.get_absolute_url()).status_code == 404


def test_a_small_window_for_what_needs_a_review_says_so_and_leads_to_the_whole_form(writer: Any) -> None:
    client, actor = signed_in(writer), publish_actor()

    for address in (add_page("case"), change_page(actor)):
        page = client.get(f"{address}?_popup=1").content.decode()

        assert buttons(page) == []
        assert "Only a moderator can publish" in page
        assert f'href="{address}"' in page


def test_no_small_window_is_offered_for_what_needs_a_review(writer: Any) -> None:
    page = signed_in(writer).get(add_page("initiative")).content.decode()

    assert 'id="add_id_main_theme"' in page
    assert 'id="add_id_follows"' not in page
    assert 'id="change_id_main_theme"' not in page
