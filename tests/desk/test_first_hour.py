"""A new editor's first hour: what to try, what is done, and an entry that can be spoilt."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from desk.addresses import draft_address
from desk.first_hour import first_hour, practice_snapshot
from publishing.actions import discussing, drafting, practising, publishing, reviewing
from publishing.models import Entry, FormAutosave, Proposal
from publishing.refusals import Refusal
from publishing.vocabulary import ProposalState
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.factories import an_account, edited, newest, publish_place, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "Better.", "note_language": "en", "change_class": "correction"}
PRACTICE = "/en/admin/practice/"
HOME = "/en/admin/"


@pytest.fixture
def novice(db: None) -> Any:
    """An editor who came today."""
    account = an_account("novice", is_staff=True, email="novice@example.org")
    wanted = ("add_case", "change_case", "add_theme", "change_theme", "view_proposal")
    account.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return account


@pytest.fixture
def practice(novice: Any) -> Proposal:
    signed_in(novice).post(PRACTICE, {"verb": "begin"})
    return Proposal.objects.get(is_practice=True)


def done(account: Any) -> list[bool]:
    guide = first_hour(account)
    assert guide is not None
    return [step.is_done for step in guide.steps]


def test_a_new_editor_is_told_what_to_try_and_nobody_else(
    novice: Any, administrator: Any, reader: Any
) -> None:
    assert "Your first hour" in signed_in(novice).get(HOME).content.decode()
    assert "Your first hour" not in signed_in(administrator).get(HOME).content.decode()
    assert "Your first hour" not in signed_in(an_account("none", is_staff=True)).get(HOME).content.decode()


def test_what_is_done_is_ticked_off(novice: Any) -> None:
    assert done(novice) == [False, False, False, False, False]

    client = signed_in(novice)
    address = client.post(PRACTICE, {"verb": "begin"})["Location"]
    assert done(novice) == [True, False, False, False, False]

    practice = Proposal.objects.get(is_practice=True)
    Sheet(client, address).type(title_en="Spoilt").save(_draft="x")
    assert done(novice) == [True, True, False, False, False]

    discussing.open_thread(None, practice, path="title_en", text="Like this?", by=novice)
    assert done(novice) == [True, True, True, False, False]

    theme = publish_theme()
    draft = drafting.begin_draft(edited(theme, summary_en="x"), by=novice, base=newest(theme), **PROVENANCE)
    proposal = reviewing.submit(draft, by=novice)
    assert done(novice) == [True, True, True, True, False]

    publishing.publish(proposal, by=an_account())
    assert done(novice) == [True, True, True, True, True]
    assert "Done" in client.get(HOME).content.decode()


def links(account: Any) -> list[list[tuple[str, str]]]:
    guide = first_hour(account)
    assert guide is not None
    return [step.links for step in guide.steps]


def test_what_was_tried_stays_ticked_off_when_the_entry_for_practice_is_thrown_away(
    novice: Any, practice: Proposal
) -> None:
    client = signed_in(novice)
    Sheet(client, draft_address(practice)).type(title_en="Spoilt").save(_draft="x")
    discussing.open_thread(None, practice, path="title_en", text="Like this?", by=novice)

    client.post(PRACTICE, {"verb": "throw_away"})
    assert done(novice) == [True, True, True, False, False]

    # Another one, of which nothing is tried, takes nothing back.
    client.post(PRACTICE, {"verb": "begin"})
    client.post(PRACTICE, {"verb": "throw_away"})
    assert done(novice) == [True, True, True, False, False]


def test_a_text_to_translate_is_offered_in_a_language_that_has_one_and_an_entry_to_correct_always(
    novice: Any,
) -> None:
    cases = ("Ceasefire cases", reverse("admin:cases_case_changelist"))
    assert links(novice)[3] == [cases]

    # Of what a novice may not change, none is offered.
    publish_place(title_en="Zenda")
    assert links(novice)[3] == [cases]

    publish_theme(title_en="Law", title_ar="قانون")
    (name, queue), second = links(novice)[3]
    assert (name, second) == ("The next text to translate (French)", cases)
    assert signed_in(novice).get(queue).context["text"].wording.source == "Law"


def test_one_reads_ones_own_proposals_and_then_the_decision(novice: Any, practice: Proposal) -> None:
    theme, other = publish_theme(), publish_theme(slug="other")
    draft = drafting.begin_draft(edited(theme, summary_en="x"), by=novice, base=newest(theme), **PROVENANCE)
    publishing.propose_for_review(
        edited(other, summary_en="x"), by=an_account(), base=newest(other), **PROVENANCE
    )
    client = signed_in(novice)

    [(name, own)] = links(novice)[4]
    assert name == "Your proposals"
    assert [*client.get(own).context["cl"].result_list] == [draft]

    reviewing.decline(reviewing.submit(draft, by=novice), by=an_account(), reason="other", note="Too early.")
    [(name, decision)] = links(novice)[4]
    assert name == "See the decision"
    assert "Too early." in client.get(decision).content.decode()


def test_whoever_has_had_enough_decided_is_led_no_more(novice: Any) -> None:
    for _number in range(3):
        theme = publish_theme()
        draft = drafting.begin_draft(
            edited(theme, summary_en="x"), by=novice, base=newest(theme), **PROVENANCE
        )
        publishing.publish(reviewing.submit(draft, by=novice), by=an_account())

    assert first_hour(novice) is None


# --- the entry for practice -----------------------------------------------------------------------


def test_the_entry_for_practice_is_made_once_and_opens(novice: Any) -> None:
    client = signed_in(novice)

    addresses = {client.post(PRACTICE, {"verb": "begin"})["Location"] for _number in range(2)}

    assert len(addresses) == 1
    page = client.get(addresses.pop()).content.decode()
    assert "For practice:" in page
    assert "Practice: the truce of the two gardens" in page


@pytest.mark.parametrize("button", ["_submit", "_save"])
def test_it_can_be_saved_and_neither_submitted_nor_published(
    novice: Any, practice: Proposal, button: str
) -> None:
    novice.user_permissions.add(Permission.objects.get(codename="decide_proposal"))
    client = signed_in(novice)

    answer = Sheet(client, draft_address(practice)).type(public_note="Why not?").save(**{button: "x"})

    practice.refresh_from_db()
    assert practice.state == ProposalState.DRAFT
    assert not Entry.objects.exists()
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "This entry is for practice" in page
    # What can never be pressed is not there; what throws it away is.
    assert f'name="{button}"' not in page
    assert 'form="throw-practice-away"' in page


def test_no_action_publishes_it(practice: Proposal) -> None:
    for act in (
        lambda: publishing.publish(practice, by=an_account()),
        lambda: reviewing.submit(practice, by=practice.author),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "practice"


@pytest.mark.every_database
def test_the_database_keeps_it_a_draft(practice: Proposal) -> None:
    with pytest.raises(IntegrityError, match="practice_stays_a_draft"), transaction.atomic():
        Proposal.objects.filter(pk=practice.pk).update(state=ProposalState.SUBMITTED)


def test_nobody_else_sees_it(practice: Proposal) -> None:
    moderator = signed_in(an_account())

    assert moderator.get(draft_address(practice)).status_code == 404
    assert moderator.get(reverse("admin:publishing_proposal_change", args=[practice.pk])).status_code == 404
    assert (
        str(practice.pk)
        not in moderator.get(reverse("admin:publishing_proposal_changelist")).content.decode()
    )
    assert str(practice.pk) not in moderator.get(HOME).content.decode()
    assert Client().get(f"/en/cases/{practice.wanted['fields']['slug']}/").status_code == 404


def test_it_is_thrown_away_with_all_that_was_typed_and_said(novice: Any, practice: Proposal) -> None:
    drafting.autosave_form(f"{practice.pk}:{'A' * 12}", [["title_en", "x"]], by=novice)
    discussing.open_thread(None, practice, path="", text="Like this?", by=novice)
    theme = publish_theme()
    real = drafting.begin_draft(edited(theme, summary_en="x"), by=novice, base=newest(theme), **PROVENANCE)

    signed_in(novice).post(PRACTICE, {"verb": "throw_away"})

    assert [*Proposal.objects.filter(author=novice)] == [real]
    assert not FormAutosave.objects.exists()


def test_throwing_away_leaves_the_practice_of_others(practice: Proposal) -> None:
    practising.throw_away_practice(by=an_account())

    assert Proposal.objects.filter(pk=practice.pk).exists()


def test_whoever_may_add_no_case_has_none(db: None) -> None:
    account = an_account("themes", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename="change_theme"))

    assert practice_snapshot(account) is None
    assert signed_in(account).post(PRACTICE, {"verb": "begin"}).status_code == 404
    assert signed_in(account).get(PRACTICE).status_code == 405
