"""The steps of a review: which are possible, what they ask for, and what they publish."""

from typing import Any

import pytest

from publishing.actions import drafting, reviewing, rewording
from publishing.models import Comment, Entry, Proposal
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.desk.conftest import signed_in
from tests.desk.reviewing.reviews import PROVENANCE, a_moderator, at
from tests.factories import edited, newest
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def take(proposal: Proposal, name: str, by: Any, **data: Any) -> Any:
    return signed_in(by).post(at(proposal, "step", name), data)


def test_to_decline_a_reason_is_chosen_and_none_is_chosen_before(proposal: Proposal) -> None:
    moderator = a_moderator("moderator")

    page = Document.of(signed_in(moderator).get(at(proposal, "change")).content.decode())
    answer = take(proposal, "decline", moderator, note="Which source?", reason="")

    reasons = page.one("select", id="id_reason")
    chosen = [
        one["value"] for one in page.all("option") if reasons in one.above and "selected" in one.attributes
    ]
    assert chosen == [""]
    assert answer.context["form"].errors.keys() == {"reason"}
    assert "Which source?</textarea>" in answer.content.decode()
    assert state_of(proposal) == ProposalState.SUBMITTED


def test_each_part_that_is_declined_may_have_a_reason_of_its_own(proposal: Proposal, theme: Entry) -> None:
    wanted = edited(theme, title_fr="Trêve", summary_en="It held.", title_ar="هدنة")
    draft = drafting.begin_draft(wanted, by=proposal.author, base=newest(theme), **PROVENANCE)
    proposal = reviewing.submit(draft, by=proposal.author)

    take(
        proposal,
        "accept_some",
        a_moderator("moderator"),
        **{
            "accept:title_fr": "on",
            "reason:summary_en": "contradicted",
            "reason": "unclear",
            "note": "Thanks.",
        },
    )

    decided = {one.path: (one.verdict, one.reason) for one in proposal.decisions.all()}
    assert decided == {
        "title_fr": ("accepted", ""),
        "summary_en": ("declined", "contradicted"),
        "title_ar": ("declined", "unclear"),
    }


@pytest.mark.parametrize("reason", ["", "nonsense"])
def test_no_part_is_declined_without_a_reason(proposal: Proposal, reason: str) -> None:
    data = {"accept:title_fr": "on", "reason:summary_en": reason, "note": "Thanks."}

    answer = take(proposal, "accept_some", a_moderator("moderator"), **data)

    assert answer.context["form"].errors == {"reason": ["Choose why you decline what is not ticked."]}
    assert state_of(proposal) == ProposalState.SUBMITTED


def test_a_reviewer_puts_the_public_note_better_and_the_authors_own_is_kept(
    proposal: Proposal, theme: Entry
) -> None:
    data = {"public_note": "The French title.", "note_language": "en", "change_class": "addition"}

    take(proposal, "accept", a_moderator("moderator"), **data)

    revision = newest(theme)
    assert (revision.note, revision.change_class) == ("The French title.", "addition")
    assert proposal.comments.get().text == "The public note was: A better word."


def test_a_note_that_is_left_as_it_is_makes_no_comment(proposal: Proposal, theme: Entry) -> None:
    data = {"public_note": PROVENANCE["note"], "note_language": "en", "change_class": "correction"}

    take(proposal, "accept", a_moderator("moderator"), **data)

    assert newest(theme).note == PROVENANCE["note"]
    assert not Comment.objects.exists()


def test_another_class_alone_makes_no_comment(proposal: Proposal, theme: Entry) -> None:
    data = {"public_note": PROVENANCE["note"], "note_language": "en", "change_class": "typo"}

    take(proposal, "accept", a_moderator("moderator"), **data)

    assert newest(theme).change_class == "typo"
    assert not Comment.objects.exists()


def test_a_public_note_is_not_emptied(proposal: Proposal, theme: Entry) -> None:
    data = {"public_note": " ", "note_language": "en", "change_class": "correction"}

    answer = take(proposal, "accept", a_moderator("moderator"), **data)

    assert answer.context["form"].errors.keys() == {"public_note"}
    assert newest(theme).number == 1


def test_only_whoever_may_publish_puts_a_note_otherwise(proposal: Proposal) -> None:
    with pytest.raises(Refusal):
        rewording.reword(proposal, by=proposal.author, note="Mine.", note_language="en", change_class="typo")

    proposal.refresh_from_db()
    assert proposal.note == PROVENANCE["note"]


def test_what_the_state_does_not_allow_is_folded_away_and_still_says_why(proposal: Proposal) -> None:
    moderator = a_moderator("moderator")
    reviewing.decline(proposal, by=moderator, reason="unclear", note="Which?")

    page = Document.of(signed_in(a_moderator("another")).get(at(proposal, "change")).content.decode())

    folded = page.one("details", class_="steps-elsewhere")
    buttons = {one["data-step"]: folded in one.above for one in page.all("button") if one["data-step"]}
    assert (buttons.pop("reopen"), buttons.pop("reconsider")) == (False, False)
    assert {*buttons.values()} == {True}
    text = " ".join(page.text.split())
    assert "It is decided: Declined, by moderator on" in text


def test_steps_that_are_not_possible_for_one_reason_say_it_once(proposal: Proposal) -> None:
    page = Document.of(signed_in(proposal.author).get(at(proposal, "change")).content.decode())

    reasons = {one["id"]: " ".join(one.text.split()) for one in page.all("span", class_="why-not")}
    assert len({*reasons.values()}) == len(reasons)
    grey = {
        one["data-step"]: one["aria-describedby"]
        for one in page.all("button")
        if "disabled" in one.attributes
    }
    assert reasons[grey["decline"]] == reasons[grey["accept"]] == "Only a moderator can do that."
    assert {*grey.values()} == {*reasons}


def test_what_takes_something_away_is_lighter_than_what_publishes(proposal: Proposal) -> None:
    page = Document.of(signed_in(a_moderator("moderator")).get(at(proposal, "change")).content.decode())

    classes = {one["data-step"]: one["class"] for one in page.all("button") if one["data-step"]}
    assert classes["accept"] == "default"
    assert classes["decline"] == "light"
    open_steps = [name for name, classes_of_step in classes.items() if classes_of_step is not None]
    assert open_steps.index("accept") < open_steps.index("decline")


def test_three_buttons_lead_and_the_others_are_folded(proposal: Proposal) -> None:
    page = Document.of(signed_in(a_moderator("moderator")).get(at(proposal, "change")).content.decode())

    (folded,) = (one for one in page.all("details", class_="more-for-steps") if "Other steps" in one.text)
    buttons = [one for one in page.all("button") if one["data-step"] and "disabled" not in one.attributes]
    assert [one["data-step"] for one in buttons if folded not in one.above] == [
        "accept",
        "send_back",
        "decline",
    ]
    assert {one["data-step"] for one in buttons if folded in one.above} >= {
        "accept_some",
        "schedule",
        "claim",
    }


def test_what_is_wrong_opens_the_folded_steps(proposal: Proposal) -> None:
    answer = take(proposal, "schedule", a_moderator("moderator"), at_0="yesterday")

    (folded,) = (
        one
        for one in Document.of(answer.content.decode()).all("details", class_="more-for-steps")
        if "Other steps" in one.text
    )
    assert "open" in folded.attributes


def test_why_a_step_was_refused_stands_at_the_top_with_the_way_to_mend_it(
    proposal: Proposal, theme: Entry
) -> None:
    draft = drafting.begin_draft(
        edited(theme, title_fr="Trêve"), by=proposal.author, base=newest(theme), **PROVENANCE | {"note": ""}
    )

    page = Document.of(take(draft, "submit", draft.author).content.decode())

    told = page.one("p", class_="errornote")
    assert told.text.startswith("Say in a public note what changes and why.")
    way = [one["href"] for one in page.all("a") if told in one.above]
    assert way[0] == "#steps"
    assert way[1].endswith(f"proposal={draft.pk}#id_public_note")
    assert state_of(draft) == ProposalState.DRAFT


@pytest.mark.parametrize("step", ["accept", "schedule"])
def test_what_was_unticked_is_not_published_by_the_button_for_all(
    proposal: Proposal, theme: Entry, step: str
) -> None:
    data = {"has_ticks": "1", "accept:title_fr": "on", "at_0": "2099-01-01", "at_1": "10:00"}

    answer = take(proposal, step, a_moderator("moderator"), **data)

    assert "You have unticked a change." in answer.content.decode()
    assert state_of(proposal) == ProposalState.SUBMITTED
    assert newest(theme).number == 1


def test_with_all_ticks_all_is_published_and_the_note_reaches_the_author(
    proposal: Proposal, theme: Entry
) -> None:
    data = {"has_ticks": "1", "accept:title_fr": "on", "accept:summary_en": "on", "note": "Well found."}

    take(proposal, "accept", a_moderator("moderator"), **data)

    assert newest(theme).number == 2
    assert [one.text for one in proposal.comments.all()] == ["Well found."]


def test_the_page_says_that_it_shows_ticks(proposal: Proposal) -> None:
    page = Document.of(signed_in(a_moderator("moderator")).get(at(proposal, "change")).content.decode())

    assert page.one("input", name="has_ticks")["value"] == "1"
