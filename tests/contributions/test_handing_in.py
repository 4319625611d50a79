"""A correction that was written offline is handed in as a file, and becomes the ordinary form, filled in."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from publishing.actions import retracting
from publishing.models import Proposal
from tests.contributions.conftest import SAYS_WHY, as_shown, changed, limited, the_only_one
from tests.factories import an_account, publish_change

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EMPTY = ("source_page", "source_quotation", "why_no_source", "name", "mail")


def a_file(**said: Any) -> dict[str, Any]:
    """What the offline edition writes; None leaves a name out."""
    whole = {
        "format": "sulh-correction-1",
        "site": "http://localhost:8000",
        "language": "en",
        "kind": "case",
        "slug": "libya-2020",
        "at": "finding",
        "revision": 1,
        "value": "It was signed in Geneva on 23 October.",
        **dict.fromkeys(EMPTY, ""),
        **SAYS_WHY,
        "wants_credit": False,
        **said,
    }
    return {name: value for name, value in whole.items() if value is not None}


def handed_in(client: Client, content: Any, language: str = "en") -> Any:
    """The answer to the file."""
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = SimpleUploadedFile("correction.json", text, "application/json")
    return client.post(f"/{language}/hand-in/", {"file": file})


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_page_asks_for_the_file(client: Client, language: str) -> None:
    page = client.get(f"/{language}/hand-in/")

    assert page.status_code == 200
    assert 'type="file"' in page.content.decode()


@pytest.mark.every_database
def test_a_file_becomes_a_proposal_in_the_queue_with_a_private_link(case: Case, client: Client) -> None:
    page = handed_in(client, a_file())
    form = page.context["form"]

    answer = client.post(page.context["action"], as_shown(form))

    assert answer.status_code == 302
    assert "/proposals/" in answer.url
    assert changed() == [("finding_en", "It was signed in Geneva on 23 October.")]
    assert the_only_one().reason == SAYS_WHY["reason"]


def test_reading_a_file_stores_nothing(case: Case, client: Client) -> None:
    before = Proposal.objects.count()

    handed_in(client, a_file())

    assert Proposal.objects.count() == before


def test_the_words_go_into_the_box_of_the_language_they_were_written_in(case: Case, client: Client) -> None:
    page = handed_in(client, a_file(language="fr", value="Signé à Genève."), language="en")

    assert page.context["form"].initial["f:finding_fr"] == "Signé à Genève."
    assert page.context["action"] == "/fr/propose/case/libya-2020/finding/"
    assert '<html lang="fr"' in page.content.decode()


def test_words_that_no_box_takes_stand_above_the_form(case: Case, client: Client) -> None:
    page = handed_in(client, a_file(at="outcome", value="It <b>collapsed</b>."))

    text = page.content.decode()
    assert "It &lt;b&gt;collapsed&lt;/b&gt;." in text
    assert "It <b>" not in text
    assert page.context["form"].initial["reason"] == SAYS_WHY["reason"]


def test_a_row_is_corrected_at_its_own_form(case: Case, client: Client) -> None:
    (row,) = case.provisions.all()

    page = handed_in(client, a_file(at=f"provision/{row.pk}", value="All foreign fighters leave."))

    assert page.context["action"] == f"/en/propose/case/libya-2020/provision/{row.pk}/"
    assert "All foreign fighters leave." in page.content.decode()


def test_a_new_entry_is_proposed_by_a_file_too(case: Case, client: Client) -> None:
    page = handed_in(client, a_file(slug="", at="", value="A truce of 1949."))

    assert page.context["action"] == "/en/propose/case/"
    assert "A truce of 1949." in page.content.decode()


def test_whoever_hands_in_is_told_that_the_entry_has_changed_since(case: Case, client: Client) -> None:
    assert "changed since the file" not in handed_in(client, a_file()).content.decode()
    publish_change(case, finding_en="It was signed.")

    page = handed_in(client, a_file())

    assert "changed since the file" in page.content.decode()
    assert page.context["form"].editable.base.number == 2


def test_an_entry_that_was_renamed_is_still_found(case: Case, client: Client) -> None:
    publish_change(case, slug="libya-geneva-2020")

    assert handed_in(client, a_file()).context["action"] == "/en/propose/case/libya-geneva-2020/finding/"


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "page", "slug": "about"},
        {"kind": "nothing"},
        {"slug": "nowhere"},
        {"at": "state"},
        {"at": "provision/new/x/y/z"},
        {"at": "provision/0b6f4f4e-0000-4d6c-9c5c-0d8a4f5a2f11"},
    ],
)
def test_what_the_public_may_not_change_is_not_opened(
    case: Case, client: Client, said: dict[str, Any]
) -> None:
    page = handed_in(client, a_file(**said))

    assert page.status_code == 422
    assert "nothing of that name" in page.content.decode()


def test_a_retracted_entry_is_not_opened_by_its_old_address_either(case: Case, client: Client) -> None:
    publish_change(case, slug="libya-geneva-2020")
    retracting.retract(case, reason="It was wrong.", language="en", by=an_account())

    assert handed_in(client, a_file(slug="libya-geneva-2020")).status_code == 422
    assert handed_in(client, a_file()).status_code == 422


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 60_000,
        b'{"format": "sulh-correction-1"}',
        b"x" * 65 * 1024,
        a_file(format="sulh-correction-2"),
        a_file(more="something"),
        a_file(reason=None),
        a_file(reason=7),
        a_file(reason="x" * 20_001),
        a_file(value="a\0b"),
        a_file(value="\ud800"),
        a_file(slug="\ud800"),
        a_file(revision=True),
        a_file(revision="1"),
        a_file(revision=-1),
        a_file(revision=10**30),
        a_file(wants_credit="yes"),
        a_file(language="tlh"),
    ],
    ids=range(21),
)
def test_what_the_edition_did_not_write_is_refused(case: Case, client: Client, content: Any) -> None:
    page = handed_in(client, content)

    assert page.status_code == 422
    assert Proposal.objects.exclude(state="accepted").count() == 0


def test_without_a_file_the_page_says_so(client: Client) -> None:
    page = client.post("/en/hand-in/")

    assert page.status_code == 422
    assert "Choose the file" in page.content.decode()


def test_a_request_from_another_site_is_refused(case: Case, client: Client) -> None:
    assert client.post("/en/hand-in/", headers={"sec-fetch-site": "cross-site"}).status_code == 400


def test_the_limits_of_the_form_hold_for_what_a_file_filled_in(
    case: Case, client: Client, settings: Any
) -> None:
    limited(settings, max_in_an_hour=0)
    page = handed_in(client, a_file())

    answer = client.post(page.context["action"], as_shown(page.context["form"]))

    assert answer.status_code == 429


def test_a_text_that_is_too_long_is_kept_in_the_form_which_says_so(case: Case, client: Client) -> None:
    long = "A reason. " * 110

    page = handed_in(client, a_file(reason=long))
    answer = client.post(page.context["action"], as_shown(page.context["form"]))

    assert long.strip() in page.content.decode()
    assert [*answer.context["form"].errors] == ["reason"]
