"""A form of the desk that is sent twice makes one thing, and each opened form keeps its own typing."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from publishing.actions import drafting
from publishing.models import Comment, Entry, FormAutosave, Proposal, SentForm
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet, ShownSheet, add_page, change_page
from tests.factories import an_account, edited, newest, proposal_of, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def writer(db: None) -> Any:
    """An editor who may add and change, but not decide."""
    account = an_account("writer", is_staff=True, is_superuser=False)
    account.user_permissions.set(Permission.objects.filter(content_type__app_label__in=("cases", "pillars")))
    return account


def new_theme(client: Client, **typed: Any) -> Sheet:
    return Sheet.new(client, "theme", **{"title_en": "Twice", "slug": "twice", **typed})


@pytest.mark.parametrize(
    "button", ["_draft", "_submit", pytest.param("_save", marks=pytest.mark.every_database)]
)
def test_a_button_pressed_twice_makes_one_thing(desk: Client, button: str) -> None:
    sheet = new_theme(desk)

    answers = [sheet.save(**{button: "x"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert Proposal.objects.count() == 1
    assert Entry.objects.filter(slug="twice").count() == (button == "_save")


@pytest.mark.parametrize("button", ["_draft", "_submit", "_save"])
def test_whoever_presses_twice_reads_what_the_first_answer_said(desk: Client, button: str) -> None:
    sheet = new_theme(desk)
    told = []

    for _ in range(2):
        page = desk.get(sheet.save(**{button: "x"}).url)
        told.append([str(one) for one in page.context["messages"] if one.level_tag == "success"])

    assert told[0] == told[1] != []


def test_what_waits_to_be_said_is_not_said_twice(desk: Client) -> None:
    sheet = new_theme(desk)
    addresses = [sheet.save(_draft="x").url for _ in range(2)]

    page = desk.get(addresses[0])

    assert len([one for one in page.context["messages"] if one.level_tag == "success"]) == 1


@pytest.mark.every_database
def test_a_change_submitted_twice_waits_once(desk: Client) -> None:
    sheet = Sheet.of(desk, publish_theme(), title_fr="Deux fois")

    answers = [sheet.save(_submit="Submit for review") for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Proposal.objects.waiting().count() == 1


def test_a_small_window_hands_back_the_same_entry_twice(desk: Client) -> None:
    sheet = Sheet(desk, add_page("theme") + "?_to_field=entry_ptr&_popup=1")
    sheet.type(title_en="Twice", slug="twice", public_note="New", note_language="en")

    first, second = sheet.save(_save="Add and choose"), sheet.save(_save="Add and choose")

    assert first.content == second.content
    assert str(Entry.objects.get(slug="twice").pk) in second.content.decode()


def test_another_text_in_a_used_form_is_kept_and_can_be_saved_as_well(desk: Client) -> None:
    sheet = new_theme(desk)
    sheet.save(_draft="Save draft")

    page = sheet.type(title_en="Typed after going back").save(_draft="Save draft").content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)

    assert Proposal.objects.count() == 1
    assert "This form was sent already." in page
    assert "Typed after going back" in page
    assert token
    assert token[1] != sheet.values["form_token"][0]
    sheet.values["form_token"] = [token[1]]
    assert sheet.save(_draft="Save draft").status_code == 302
    assert Proposal.objects.count() == 2


def test_a_refused_form_can_be_sent_again(desk: Client) -> None:
    sheet = new_theme(desk, public_note="")

    refused, again = sheet.save(_save="Publish"), sheet.save(_save="Publish")

    assert (refused.status_code, again.status_code) == (200, 200)
    assert "Error:" in again.content.decode()
    assert not SentForm.objects.exists()


@pytest.mark.every_database
def test_two_accounts_are_not_taken_for_one(desk: Client, other_desk: Client) -> None:
    sheet = new_theme(desk)
    sheet.save(_draft="Save draft")
    sheet.client = other_desk

    sheet.save(_draft="Save draft")

    assert Proposal.objects.count() == 2


@pytest.mark.every_database
def test_a_comment_and_a_step_pressed_twice_are_one(desk: Client) -> None:
    theme = publish_theme()
    waiting = proposal_of(edited(theme, title_en="Other"), by=an_account("author"), base=newest(theme))
    from_page = {"csrfmiddlewaretoken": "of-this-page"}
    comment = reverse("admin:publishing_proposal_comment", args=[waiting.pk])
    step = reverse("admin:publishing_proposal_step", args=[waiting.pk, "withdraw"])

    for _ in range(2):
        desk.post(comment, {**from_page, "text": "Which page?"})
    steps = [desk.post(step, {**from_page, "note": "No longer."}) for _ in range(2)]

    assert Comment.objects.filter(text="Which page?").count() == 1
    assert [answer.status_code for answer in steps] == [302, 302]
    assert steps[0].url == steps[1].url


@pytest.mark.every_database
def test_what_forms_were_answered_with_is_forgotten_after_a_month(desk: Client) -> None:
    new_theme(desk).save(_draft="Save draft")
    sent = SentForm.objects.get()

    drafting.delete_expired_form_state(sent.sent_at + drafting.AUTOSAVE_LIFETIME * 2)

    assert not SentForm.objects.exists()


# --- each opened form keeps its own typing -------------------------------------------------------


def keep(client: Client, form_key: str, sheet: Sheet) -> None:
    """What the script of the form does every few seconds."""
    place = f"{form_key}:{sheet.values['form_token'][0]}"
    address = reverse("admin:publishing_proposal_typing", args=[place])
    assert client.post(address, sheet.values).status_code == 200


def test_two_windows_that_add_keep_two_texts_and_both_come_back(desk: Client) -> None:
    one, two = new_theme(desk, title_en="In window one"), new_theme(desk, title_en="In window two")
    keep(desk, "add:theme", one)
    keep(desk, "add:theme", two)

    page = desk.get(add_page("theme")).content.decode()
    offers = re.findall(r'href="(\?typed=1[^"]*)"', page)
    titles = [
        Sheet(desk, add_page("theme") + offer.replace("&amp;", "&")).values["title_en"] for offer in offers
    ]

    assert sorted(titles) == [["In window one"], ["In window two"]]


def test_saving_one_of_two_windows_leaves_the_other_text(desk: Client) -> None:
    one, two = new_theme(desk), new_theme(desk, title_en="Other", slug="other")
    keep(desk, "add:theme", one)
    keep(desk, "add:theme", two)

    one.save(_draft="Save draft")

    (left,) = FormAutosave.objects.all()
    assert ["title_en", "Other"] in left.fields


@pytest.mark.every_database
def test_unsaved_texts_are_listed_on_the_first_page_with_the_way_to_each(desk: Client) -> None:
    theme = publish_theme(title_en="A theme")
    keep(desk, "add:theme", new_theme(desk, title_en="Quite new"))
    keep(desk, str(theme.pk), Sheet.of(desk, theme, title_fr="Un thème"))
    drafting.autosave_form(f"texts:{theme.pk}:fr:abcdefgh1234", [("based_on", "1")], by=an_account("editor"))

    page = desk.get("/en/admin/").content.decode()
    panel = page.partition("Unsaved:")[2].partition("</section>")[0]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', panel)]

    assert len(links) == 3
    assert all("typed=1&form=" in link for link in links)
    assert [desk.get(link).status_code for link in links] == [200, 200, 200]
    assert (
        "Unsaved:" not in signed_in(an_account("reader2", is_staff=True)).get("/en/admin/").content.decode()
    )


def test_the_browser_keeps_what_is_typed_for_one_account(desk: Client) -> None:
    theme = publish_theme()

    for address in (add_page("theme"), change_page(theme), f"/en/admin/translations/{theme.pk}/fr/"):
        page = desk.get(address).content.decode()
        account = re.findall(r'data-account="([^"]*)"', page)

        assert {*account} == {str(an_account("editor").pk)}, address
        assert 'name="form_token"' in page


# --- long records --------------------------------------------------------------------------------


def test_a_record_of_many_rows_is_saved_and_kept(desk: Client) -> None:
    sheet = ShownSheet.new(desk, "theme", title_en="Long", slug="long")
    sheet.values |= {f"more-{number}": ["x"] for number in range(9_000)}

    keep(desk, "add:theme", sheet)
    answer = sheet.save(_draft="Save draft")

    assert answer.status_code == 302


def test_strangers_send_small_forms_only(client: Client, desk: Client) -> None:
    many = {f"more-{number}": "x" for number in range(2_000)}

    for address in ("/en/accounts/login/", "/en/propose/theme/x/"):
        answer = client.post(address, many)

        assert answer.status_code == 413
        assert "still stored in this browser" in answer.content.decode()
    assert client.post("/en/accounts/login/", {"a": "x" * 2_000_000}).status_code == 413


@pytest.mark.parametrize("sent", [{f"more-{number}": "x" for number in range(2_000)}, {"a": "x" * 2_000_000}])
def test_an_editor_whose_session_ended_signs_in_again_however_long_the_form(
    client: Client, sent: dict[str, str]
) -> None:
    form = f"{change_page(publish_theme())}?proposal=1"

    answer = client.post(form, sent)

    assert (answer.status_code, answer["Location"]) == (302, f"/en/admin/login/?next={quote(form)}")


def test_a_form_longer_than_the_desk_reads_is_answered_in_words(desk: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000

    answer = desk.post(add_page("theme"), {"title_en": "x" * 2_000})

    assert answer.status_code == 413
    assert "This form is too long" in answer.content.decode()
    assert "still stored in this browser" in answer.content.decode()
