"""The form: it opens on one place, keeps what was typed, and what it sends waits for the moderators."""

from typing import Any

import pytest
from django.test import Client

from cases.models import Case
from contributions.models import Contribution
from publishing.actions import reviewing
from publishing.models import Proposal
from publishing.proposals import changes_of
from publishing.vocabulary import ChangeClass, Origin, ProposalState
from tests.contributions.conftest import Sender, the_only_one
from tests.factories import (
    an_account,
    publish_actor,
    publish_case,
    publish_change,
    publish_pillar,
    publish_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def changed() -> list[tuple[str, Any]]:
    """What the only contribution would change."""
    return [(str(one.path), one.new) for one in changes_of(the_only_one().proposal)]


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


def override(proposal: Proposal) -> Proposal:
    """A case as small as in tests lacks sources."""
    proposal.override_reason = "A test wants it."
    proposal.save()
    return proposal


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


def test_a_missing_party_is_proposed_as_a_new_row(case: Case, sender: Sender) -> None:
    actor = publish_actor()

    sender.send(
        case,
        "participation/new",
        **{"f:participation/new/actor": str(actor.pk), "f:participation/new/role": "mediator"},
    )

    [(path, row)] = changed()
    assert path.startswith("participation/")
    assert (row["actor"], row["role"]) == (str(actor.pk), "mediator")
    assert the_only_one().proposal.change_class == ChangeClass.ADDITION


def test_a_missing_assessment_goes_below_its_provision(case: Case, sender: Sender) -> None:
    provision = str(case.provisions.get().pk)

    sender.send(
        case,
        f"assessment/new/{provision}",
        **{"f:assessment/new/assessed_on": "2022", "f:assessment/new/implementation": "2"},
    )

    [(_path, row)] = changed()
    assert (row["provision"], row["assessed_on"], row["implementation"]) == (provision, "2022", 2)


def test_a_missing_source_speaks_of_the_fact_at_which_it_was_asked_for(case: Case, sender: Sender) -> None:
    source = str(case.claims.get().source_id)

    sender.send(case, "claim/new/outcome", **{"f:claim/new/source": source})

    [(_path, row)] = changed()
    assert (row["about"], row["source"], row["confidence"]) == ("outcome", source, "low")


def test_a_row_may_be_proposed_to_be_taken_out_with_the_rows_below_it(case: Case, sender: Sender) -> None:
    provision, assessment = case.provisions.get(), case.provisions.get().assessments.get()

    sender.send(case, f"provision/{provision.pk}", removes_row="on")

    assert {path for path, _new in changed()} == {f"provision/{provision.pk}", f"assessment/{assessment.pk}"}


def test_a_section_of_a_pillar_gets_an_address_of_its_own(sender: Sender) -> None:
    pillar = publish_pillar(rows={"section": [{"heading_en": "Monitoring", "anchor": "monitoring"}]})

    sender.send(
        pillar, "section/new", **{"f:section/new/heading_en": "Monitoring", "f:section/new/kind": "challenge"}
    )

    [(_path, row)] = changed()
    assert row["anchor"].startswith("monitoring-")
    assert row["position"] == 1


@pytest.mark.every_database
def test_a_new_case_goes_through_the_same_code(sender: Sender) -> None:
    sender.send(
        "case",
        **{
            "f:title_en": "Aceh 2005",
            "f:finding_en": "It held.",
            "f:ceasefire_class": "cessation_of_hostilities",
            "f:sidedness": "bilateral",
        },
    )

    proposal = the_only_one().proposal
    assert (proposal.kind, proposal.entry, proposal.base) == ("case", None, None)
    assert proposal.wanted["fields"]["slug"] == "aceh-2005"
    reviewing.accept(override(proposal), by=an_account())
    assert Case.objects.get(slug="aceh-2005").finding_en == "It held."


@pytest.mark.every_database
def test_the_address_of_a_new_case_is_never_another_ones(case: Case, sender: Sender) -> None:
    sender.send(
        "case",
        **{
            "f:title_en": case.title_en,
            "f:ceasefire_class": "cessation_of_hostilities",
            "f:sidedness": "bilateral",
        },
    )

    assert the_only_one().proposal.wanted["fields"]["slug"].startswith("libya-2020-")


def test_a_title_in_arabic_alone_makes_an_address_too(client: Client) -> None:
    Sender(client, "ar").send(
        "case",
        **{
            "f:title_ar": "ليبيا",
            "f:ceasefire_class": "cessation_of_hostilities",
            "f:sidedness": "bilateral",
        },
    )

    assert the_only_one().proposal.wanted["fields"]["slug"].startswith("case-")
    assert the_only_one().language == "ar"


# --- what is refused, and kept -------------------------------------------------------------


def test_nothing_changed_is_refused_kindly(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "declared_on")

    assert answer.status_code == 422
    assert "The page already says this." in answer.content.decode()
    assert not Contribution.objects.exists()


def test_space_around_a_text_is_no_change(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "finding", **{"f:finding_en": f"  {case.finding_en}\r\n"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "changes, box",
    [
        pytest.param({"source_reference": ""}, "source_reference", id="no source"),
        pytest.param({"reason": ""}, "reason", id="no reason"),
        pytest.param({"mail": "nonsense"}, "mail", id="no address"),
        pytest.param({"wants_credit": "on"}, "name", id="credit for nobody"),
        pytest.param({"f:declared_on": "23 October"}, "f:declared_on", id="no date"),
        pytest.param({"nothing_here": "https://spam.example"}, "nothing_here", id="honeypot"),
    ],
)
def test_a_mistake_is_linked_to_its_box_and_what_was_typed_is_kept(
    case: Case, sender: Sender, changes: dict[str, str], box: str
) -> None:
    said = {"f:declared_on": "2020-10-24", "source_quotation": "Signed on the 24th.", **changes}

    answer = sender.send(case, "declared_on", **said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_{box}">' in page
    assert f'id="id_{box}"' in page
    assert "Signed on the 24th." in page
    assert not Contribution.objects.exists()


def test_why_no_source_can_be_given_does_instead_of_one(case: Case, sender: Sender) -> None:
    sender.send(
        case,
        "declared_on",
        source_reference="",
        why_no_source="I was there.",
        **{"f:declared_on": "2020-10-24"},
    )

    assert the_only_one().why_no_source == "I was there."


@pytest.mark.every_database
def test_what_the_database_would_refuse_is_said_at_once(case: Case, sender: Sender) -> None:
    answer = sender.send(case, "ended_on", **{"f:ended_on": "2019"})

    assert answer.status_code == 422
    assert "It cannot end before it is declared." in answer.content.decode()


def test_a_refusal_that_speaks_of_another_fact_leads_to_all_of_them(sender: Sender) -> None:
    truce = publish_case(declared_on="2020-10-23", in_force_on="2020-10-23")

    page = sender.send(truce, "declared_on", **{"f:declared_on": "2020-10-24"})

    shown = page.content.decode()
    assert page.status_code == 422
    assert '<a href="#more-facts">' in shown
    assert 'id="more-facts" name="more"' in shown
    assert (
        '<a href="#more-facts">'
        not in sender.client.get(sender.address(truce, "declared_on")).content.decode()
    )


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


def test_an_old_address_leads_to_the_form_at_the_new_one(case: Case, client: Client) -> None:
    publish_change(case, slug="libya-geneva-2020")

    answer = client.get("/en/propose/case/libya-2020/declared_on/")

    assert (answer.status_code, answer.url) == (302, "/en/propose/case/libya-geneva-2020/declared_on/")


def test_readers_get_no_cookie_for_it(case: Case, sender: Sender) -> None:
    sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"})

    assert not sender.client.cookies


def test_it_needs_no_cookie_to_send(case: Case) -> None:
    sender = Sender(Client(enforce_csrf_checks=True))

    assert sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"}).status_code == 302


# --- the links that lead to it -------------------------------------------------------------


def test_a_page_offers_the_door_at_each_fact_row_and_list(case: Case, client: Client) -> None:
    page = client.get(case.get_absolute_url()).content.decode()

    row = case.participations.get()
    for at in ("declared_on", "finding", f"participation/{row.pk}", "participation/new", "claim/new"):
        assert f'href="/en/propose/case/libya-2020/{at}/"' in page, at


def test_every_link_of_a_page_leads_to_a_form(case: Case, client: Client) -> None:
    page = client.get(case.get_absolute_url()).content.decode()
    links = {part.partition('"')[0] for part in page.split('href="') if part.startswith("/en/propose/")}

    assert len(links) > 15
    assert {link for link in links if client.get(link).status_code != 200} == set()


def test_without_the_door_the_site_works_and_shows_no_link(case: Case, client: Client, settings: Any) -> None:
    settings.PUBLIC_DOOR = ""

    for address in (case.get_absolute_url(), "/en/cases/", "/en/pillars/"):
        page = client.get(address)

        assert page.status_code == 200
        assert "/propose/" not in page.content.decode()


def test_a_page_of_another_time_offers_no_door(case: Case, client: Client) -> None:
    assert "/propose/" not in client.get(f"{case.get_absolute_url()}?as_of=1").content.decode()


@pytest.mark.parametrize("length", ["many", "-1", "٣", "1" * 5000])
def test_a_length_that_is_no_number_is_turned_away(sender: Sender, case: Case, length: str) -> None:
    said = sender.filled(case, "declared_on")

    answer = sender.client.post(sender.address(case, "declared_on"), said, headers={"content-length": length})

    assert answer.status_code == 400
