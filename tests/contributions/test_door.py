"""The form: it opens on one place, keeps what was typed, and what it sends waits for the moderators."""

from typing import Any

import pytest
from django.test import Client

from cases.models import Case
from publishing.actions import reviewing
from publishing.vocabulary import ChangeClass, Origin, ProposalState
from tests.contributions.conftest import Sender, changed, override, the_only_one
from tests.factories import an_account, publish_change, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_form_opens_on_just_that_fact_filled_in(case: Case, client: Client, language: str) -> None:
    page = client.get(Sender(client, language).address(case, "declared_on"))

    assert [box.name for box in page.context["form"].open_fields] == ["f:declared_on"]
    assert 'value="2020-10-23"' in page.content.decode()


def test_the_form_speaks_formal_arabic_of_what_is_required(case: Case, client: Client) -> None:
    page = client.get(Sender(client, "ar").address(case, "declared_on")).content.decode()

    assert "(إلزامي)" in page
    assert "المصدر" in page
    assert "لازم)" not in page


def test_a_proposal_waits_for_the_moderators_and_nothing_is_public_yet(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"})

    proposal = the_only_one().proposal
    assert answer.status_code == 302
    assert changed() == [("declared_on", "2020-10-24")]
    assert (proposal.state, proposal.origin, proposal.author) == (
        ProposalState.SUBMITTED,
        Origin.PUBLIC,
        None,
    )
    assert proposal.change_class == ChangeClass.CORRECTION
    assert str(Case.objects.get().declared_on) == "2020-10-23"


@pytest.mark.every_database
def test_a_moderator_publishes_it_as_any_other_proposal(case: Case, sender: Sender) -> None:
    sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"})

    reviewing.accept(override(the_only_one().proposal), by=an_account())

    assert str(Case.objects.get().declared_on) == "2020-10-24"


def test_the_sender_comes_to_a_private_page_that_shows_its_address(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"})

    page = sender.client.get(answer.url)

    assert page.status_code == 200
    assert f"http://testserver{answer.url.partition('?')[0]}" in page.content.decode()


@pytest.mark.parametrize("kind", ["case", "initiative", "pillar", "actor", "source", "theme", "term"])
def test_every_open_kind_has_a_form_for_all_its_facts(kind: str, client: Client) -> None:
    from_factory = {"case": "publish_case", "pillar": "publish_pillar"}
    entry = getattr(factories(), from_factory.get(kind, f"publish_{kind}"))()

    page = client.get(Sender(client).address(entry))

    assert page.status_code == 200
    assert page.context["form"].open_fields


def factories() -> Any:
    from tests import factories as module  # noqa: PLC0415 - looked up by name

    return module


@pytest.mark.parametrize("kind", ["page", "image", "place", "nonsense"])
def test_other_kinds_have_no_door(kind: str, client: Client) -> None:
    assert client.get(f"/en/propose/{kind}/").status_code == 404
    assert client.get(f"/en/propose/{kind}/home/").status_code == 404


@pytest.mark.parametrize(
    "at",
    [
        "nonsense",
        "slug",
        "state",
        "revision",
        "verify_by",
        "last_verified_on",
        "picture",
        "finding,slug",
        pytest.param("participation/nothing", marks=pytest.mark.every_database),
        "participation/new/finding",
        "nonsense/new",
        "assessment/new",
        pytest.param("assessment/new/0b6f4f4e-5a0a-4d6c-9c5c-0d8a4f5a2f12", marks=pytest.mark.every_database),
        "claim/new/nonsense",
        "claim/new/provision/0b6f4f4e-5a0a-4d6c-9c5c-0d8a4f5a2f12",
        "section/new",
    ],
)
def test_a_place_that_is_none_or_not_offered_is_not_there(case: Case, sender: Sender, at: str) -> None:
    assert sender.client.get(sender.address(case, at)).status_code == 404


def test_how_sure_something_is_and_how_far_a_source_is_trusted_stays_the_editors_judgement(
    case: Case, sender: Sender
) -> None:
    source = sender.client.get(sender.address(publish_source(slug="agreement"))).context["form"]
    claim = sender.client.get(sender.address(case, "claim/new/finding")).context["form"]

    assert "f:reliability" not in source.fields
    assert not {name for name in claim.fields if name.endswith(("confidence", "remark_en", "remark_fr"))}


def test_more_facts_are_shown_with_what_was_typed_so_far(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **{"f:declared_on": "2020-10-24", "reason": "Half a sent"})

    page = sender.client.post(sender.address(case, "declared_on"), {**said, "more": "1"})

    assert page.status_code == 200
    assert not page.context["form"].errors
    assert 'value="2020-10-24"' in page.content.decode()
    assert "Half a sent" in page.content.decode()
    assert "f:scope" in page.context["form"].fields


def test_other_facts_that_were_shown_can_be_changed_too(case: Case, sender: Sender) -> None:
    address, said = sender.address(case, "declared_on"), sender.filled(case, "declared_on")
    page = sender.client.post(address, {**said, "more": "1"})
    token = page.context["form"].initial["token"]

    whole = Sender(sender.client).filled(case, **{"f:scope": "territorial" if False else "unclear"})
    sender.client.post(
        address, {**whole, "token": token, "all": "1", "f:written": "written", "f:declared_on": "2020"}
    )

    assert dict(changed()) == {"written": "written", "declared_on": "2020"}


@pytest.mark.every_database
def test_what_changed_while_the_form_was_open_is_no_part_of_the_proposal(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **{"f:declared_on": "2020-10-24"})
    publish_change(case, finding_en="It was signed in Geneva, by two.")

    sender.client.post(sender.address(case, "declared_on"), said)

    assert changed() == [("declared_on", "2020-10-24")]
    reviewing.accept(override(the_only_one().proposal), by=an_account())
    assert Case.objects.get().finding_en == "It was signed in Geneva, by two."


def test_readers_get_no_cookie_for_it(case: Case, sender: Sender) -> None:
    sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"})

    assert not sender.client.cookies


def test_it_needs_no_cookie_to_send(case: Case) -> None:
    sender = Sender(Client(enforce_csrf_checks=True))

    assert sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"}).status_code == 302
