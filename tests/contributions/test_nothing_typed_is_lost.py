"""The public form: sent twice, sent to a page that moved, filled by a browser; what was typed is not lost."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client

from cases.models import Case
from contributions.actions import following
from contributions.models import Contribution
from publishing.actions import retracting, reviewing
from publishing.duplicates.actions import merge_duplicates
from publishing.models import Proposal
from publishing.vocabulary import ProposalState, Reason
from tests.contributions.conftest import Sender, the_only_one
from tests.factories import an_account, publish_actor, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CHANGE = {"f:declared_on": "2020-10-24"}


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    return found[1] if found else ""


# --- sent twice -------------------------------------------------------------------------------


@pytest.mark.every_database
def test_whoever_sends_the_same_form_again_gets_the_first_answer(case: Case, sender: Sender) -> None:
    address, said = sender.address(case, "declared_on"), sender.filled(case, "declared_on", **CHANGE)

    first, second = sender.client.post(address, said), Client().post(address, said)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert sender.client.get(second.url).status_code == 200
    assert Contribution.objects.count() == 1


def test_the_first_answer_comes_again_when_the_limits_are_reached(
    case: Case, sender: Sender, settings: Any
) -> None:
    address, said = sender.address(case, "declared_on"), sender.filled(case, "declared_on", **CHANGE)
    first = sender.client.post(address, said)
    settings.DOOR = {**ours.DOOR, "max_in_an_hour": 1, "max_waiting": 1}

    assert sender.client.post(address, said).url == first.url


def test_another_text_on_a_used_form_is_shown_again_and_can_be_sent(case: Case, sender: Sender) -> None:
    address, said = sender.address(case, "declared_on"), sender.filled(case, "declared_on", **CHANGE)
    first = sender.client.post(address, said)
    changed = {**said, "reason": "The annex gives another day."}

    again = sender.client.post(address, changed)
    page = again.content.decode()
    sent = sender.client.post(address, {**changed, "token": again.context["form"]["token"].value()})

    assert again.status_code == 409
    assert "The annex gives another day." in page
    assert first.url in page
    assert sent.status_code == 302
    assert sent.url != first.url
    assert Contribution.objects.count() == 2


@pytest.fixture
def sent(case: Case, sender: Sender) -> str:
    """The private address of a proposal."""
    return sender.send(case, "declared_on", **CHANGE).url.partition("?")[0]


@pytest.mark.every_database
def test_an_answer_sent_twice_is_one_answer(sent: str, client: Client) -> None:
    following.ask(the_only_one(), by=an_account("moderator"), text="On which page?")

    answers = [client.post(sent, {"do": "answer", "text": "Page 3."}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert the_only_one().messages.filter(by=None).count() == 1


@pytest.mark.every_database
def test_an_appeal_and_a_withdrawal_sent_twice_are_one(sent: str, client: Client) -> None:
    reviewing.decline(the_only_one().proposal, by=an_account("first"), reason=Reason.OTHER, note="No.")
    appeals = [
        client.post(sent, {"do": "appeal", "text": "Look at the annex."}).status_code for _ in range(2)
    ]
    withdrawals = [client.post(sent, {"do": "take_away"}).status_code for _ in range(2)]

    assert (appeals, withdrawals) == ([302, 302], [302, 302])
    assert the_only_one().proposal.state == ProposalState.WITHDRAWN


def test_an_answer_that_comes_too_late_is_shown_to_be_copied(sent: str, client: Client) -> None:
    answer = client.post(sent, {"do": "answer", "text": "Nobody asked, but page 3."})

    assert answer.status_code == 409
    assert "Nobody asked, but page 3." in answer.content.decode()
    assert title_of(answer.content.decode()).startswith("Error:")


# --- the page moved while the form was open ------------------------------------------------------


def test_a_form_of_an_entry_whose_address_changed_is_taken(case: Case, sender: Sender) -> None:
    address, said = sender.address(case, "declared_on"), sender.filled(case, "declared_on", **CHANGE)
    publish_change(case, slug="libya-ceasefire")

    answer = sender.client.post(address, said)

    assert answer.status_code == 302
    assert answer.url.startswith("/en/proposals/")
    assert the_only_one().proposal.base.entry_id == case.pk


@pytest.mark.every_database
def test_a_form_is_taken_for_its_own_entry_where_another_has_the_address_now(
    case: Case, sender: Sender
) -> None:
    one = publish_actor(slug="one", description_en="Somebody.")
    address = sender.address(one, "description")
    said = sender.filled(one, "description", **{"f:description_en": "Somebody else."})
    publish_change(one, slug="another")
    publish_actor(slug="one-more")

    sender.client.post(address, said)

    assert the_only_one().proposal.base.entry_id == one.pk


def test_a_form_of_an_entry_that_is_gone_shows_what_was_typed(case: Case, sender: Sender) -> None:
    keep, drop = publish_actor(), publish_actor(description_en="Somebody.")
    address = sender.address(drop, "description")
    said = sender.filled(drop, "description", **{"f:description_en": "Typed with care."})
    merge_duplicates(keep, drop, by=an_account(), note="They are one.", note_language="en")

    answer = sender.client.post(address, said)

    page = answer.content.decode()
    assert answer.status_code == 410
    assert "Typed with care." in page
    assert keep.get_absolute_url() in page
    retracting.retract(keep, by=an_account(), reason="Wrong.", language="en")
    assert "Typed with care." in sender.client.post(address, said).content.decode()


# --- filled by a browser, mistakes -----------------------------------------------------------------


def test_the_trap_has_a_name_that_no_browser_fills(case: Case, sender: Sender) -> None:
    form = sender.client.get(sender.address(case, "declared_on")).context["form"]

    assert not {"website", "url", "company", "phone", "address"} & {*form.fields}
    assert sender.send(case, "declared_on", website="https://mine.example", **CHANGE).status_code == 302


def test_whom_the_trap_caught_sees_it_emptied_and_sends_again(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on", nothing_here="Amal", **CHANGE)
    page = answer.content.decode()
    form = answer.context["form"]
    again = {name: form[name].value() for name in ("token", "nothing_here")}

    box = re.search(r'<input[^>]*name="nothing_here"[^>]*>', page)
    assert answer.status_code == 422
    assert 'class="bait"' not in page
    assert 'for="id_nothing_here"' in page
    assert box
    assert "tabindex" not in box[0]
    assert "Amal" not in box[0]
    assert sender.send(case, "declared_on", **CHANGE, **again).status_code == 302


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_mistake_is_in_the_title_and_the_summary_gets_the_focus(
    case: Case, client: Client, language: str
) -> None:
    sender = Sender(client, language)

    good = client.get(sender.address(case, "declared_on")).content.decode()
    bad = sender.send(case, "declared_on", reason="", **CHANGE).content.decode()

    error = {"en": "Error:", "ar": "خطأ:", "fr": "Erreur"}[language]
    assert title_of(bad).startswith(error)
    assert error not in title_of(good)
    assert re.search(r'<div class="mistakes"[^>]*tabindex="-1"[^>]*autofocus', bad)
    assert 'aria-invalid="true"' in bad


def test_the_form_has_one_name_in_every_language_for_what_the_browser_keeps(
    case: Case, client: Client
) -> None:
    pages = [
        client.get(Sender(client, one).address(case, "outcome")).content.decode() for one in ("en", "fr")
    ]

    keys = {re.search(r'data-keep="([^"]+)"', page)[1] for page in pages}  # type: ignore[index]
    assert keys == {f"{case.pk}:outcome"}
    assert 'src="/static/js/keep_proposal.js"' in pages[0]
    assert not client.cookies


def test_what_is_typed_stays_in_the_browser() -> None:
    script = (Path(ours.ROOT_URLCONF).parent / "static" / "js" / "keep_proposal.js").read_text(
        encoding="utf-8"
    )

    assert not [word for word in ("fetch", "XMLHttpRequest", "sendBeacon", "cookie") if word in script]


# --- the private page ------------------------------------------------------------------------------


def test_the_private_page_leads_to_the_entry_and_its_link_can_be_copied(
    case: Case, sent: str, client: Client
) -> None:
    page = client.get(sent).content.decode()

    assert f'<a href="{case.get_absolute_url()}">' in page
    assert 'data-copy="private-link"' in page
    assert re.search(
        r'<input id="private-link"[^>]*readonly[^>]*value="http://testserver/en/proposals/', page
    )


@pytest.mark.parametrize("hours, within", [(2, "1 day"), (30, "2 days")])
def test_the_private_page_says_in_whole_days_how_long_it_usually_takes(
    hours: int, within: str, sent: str, client: Client, sender: Sender
) -> None:
    assert "Half of all proposals" not in client.get(sent).content.decode()
    first = the_only_one().proposal
    reviewing.decline(first, by=an_account(), reason=Reason.OTHER, note="No.")
    decided = Proposal.objects.get(pk=first.pk).decided_at
    Proposal.objects.update(submitted_at=decided - datetime.timedelta(hours=hours))
    second = sender.send(Case.objects.get(), "declared_on", **CHANGE).url

    page = client.get(second).content.decode()

    assert f"Half of all proposals are decided within {within}." in page
