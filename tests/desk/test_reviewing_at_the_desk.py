"""The review page: who may revoke a link, comments on changes, the possible steps and their input."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail
from publishing import rules
from publishing.actions import drafting, reviewing, rewording
from publishing.models import Comment, Entry, PreviewLink, Proposal
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.desk.conftest import signed_in
from tests.factories import an_account, edited, newest, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "A better word.", "note_language": "en", "change_class": "correction"}


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(title_en="Truce")


def an_editor(name: str) -> Any:
    """An editor who may also view the proposals of others."""
    editor = an_account(name, is_staff=True)
    wanted = ["change_theme", "add_theme", "view_theme", "view_proposal"]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    return editor


def a_moderator(name: str) -> Any:
    moderator = an_editor(name)
    moderator.user_permissions.add(Permission.objects.get(codename="decide_proposal"))
    return moderator


@pytest.fixture
def proposal(theme: Entry) -> Proposal:
    author = an_editor("author")
    wanted = edited(theme, title_fr="Trêve", summary_en="It held.")
    draft = drafting.begin_draft(wanted, by=author, base=newest(theme), **PROVENANCE)
    return reviewing.submit(draft, by=author)


def at(proposal: Proposal, name: str, *args: Any) -> str:
    return reverse(f"admin:publishing_proposal_{name}", args=[proposal.pk, *args])


# --- links to a preview ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who, may",
    [("maker", True), ("author", True), ("moderator", True), ("another", False)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_link_is_taken_back_by_its_maker_the_author_or_a_moderator(
    proposal: Proposal, who: str, may: bool
) -> None:
    people = {name: an_editor(name) for name in ("maker", "another")}
    people |= {"author": proposal.author, "moderator": a_moderator("moderator")}
    # Made while they might: moderators may.
    link, token = reviewing.share_preview(proposal, by=people["moderator"], days=1)
    PreviewLink.objects.update(made_by=people["maker"])
    link.refresh_from_db()
    client, by = signed_in(people[who]), people[who]
    revoke = at(proposal, "revoke", link.pk)

    refusal = rules.why_not_revoke(link, by)
    page = client.get(at(proposal, "change")).content.decode()
    client.post(revoke)

    link.refresh_from_db()
    assert (refusal is None) is may
    assert (revoke in page) is may
    assert (link.revoked_at is not None) is may
    assert Client().get(reverse("preview", args=[token])).status_code == (410 if may else 200)


def test_nobody_shares_the_draft_of_another_but_a_moderator(proposal: Proposal) -> None:
    another = signed_in(an_editor("another"))

    page = another.get(at(proposal, "change")).content.decode()
    answer = another.post(at(proposal, "share"), {"days": 7}).content.decode()

    assert not PreviewLink.objects.exists()
    assert at(proposal, "share") not in page
    assert "Only its author or a moderator can do this." in answer


def test_an_author_is_told_when_a_moderator_shares_their_proposal(proposal: Proposal) -> None:
    get_user_model().objects.filter(pk=proposal.author_id).update(email="author@example.org")
    proposal.refresh_from_db()

    reviewing.share_preview(proposal, by=proposal.author, days=1)
    own = Mail.objects.count()
    signed_in(a_moderator("moderator")).post(at(proposal, "share"), {"days": 7})

    (mail,) = Mail.objects.all()
    assert (own, mail.recipient) == (0, "author@example.org")
    assert "moderator made a link" in mail.body
    assert at(proposal, "change") in mail.body


def test_whoever_may_not_read_a_proposal_takes_no_link_of_it_back(proposal: Proposal) -> None:
    link, _token = reviewing.share_preview(proposal, by=proposal.author, days=1)

    with pytest.raises(Refusal):
        reviewing.revoke_preview(link, by=an_account("stranger", is_staff=True))


@pytest.mark.parametrize("language, text", [("en", "preview has ended"), ("fr", "pris fin"), ("ar", "انتهت")])
@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_link_that_has_ended_says_so(proposal: Proposal, how: str, language: str, text: str) -> None:
    link, token = reviewing.share_preview(proposal, by=proposal.author, days=1)
    ended = {"revoked_at": timezone.now()} if how == "revoked" else {"expires_at": timezone.now()}
    PreviewLink.objects.filter(pk=link.pk).update(**ended)

    answer = Client().get(f"/{language}/preview/{token}/")

    assert answer.status_code == 410
    assert text in answer.content.decode()
    assert "Trêve" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_a_link_that_never_was_is_no_page(proposal: Proposal) -> None:
    assert Client().get("/en/preview/nonsense/").status_code == 404


# --- comments --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["outcome", "provision/nonsense/text_en", "nonsense", "title_fr/", " "])
def test_a_comment_speaks_of_a_change_that_there_is(proposal: Proposal, path: str) -> None:
    client = signed_in(a_moderator("moderator"))

    answer = client.post(at(proposal, "comment"), {"text": "Which page?", "path": f"x{path}"})

    assert not Comment.objects.exists()
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "no longer part of the proposal" in page
    assert "Which page?</textarea>" in page


def test_a_comment_that_is_refused_goes_on_speaking_of_its_change(proposal: Proposal) -> None:
    client, long = signed_in(a_moderator("moderator")), "word " * 500

    answer = client.post(at(proposal, "comment"), {"text": long, "path": "title_fr"})

    assert not Comment.objects.exists()
    page = Document.of(answer.content.decode())
    (box,) = (one for one in page.all("textarea") if one["id"] == "id_text")
    assert box.text.strip() == long.strip()
    (form,) = (one for one in box.above if one.name == "form")
    (path,) = (one for one in page.all("input", name="path") if form in one.above)
    assert path["value"] == "title_fr"
    assert "On this change: Title (French)" in " ".join(form.text.split())


def test_what_was_said_of_a_change_that_was_taken_out_still_stands_with_its_name(
    proposal: Proposal, theme: Entry
) -> None:
    reviewing.comment(proposal, by=a_moderator("moderator"), text="Why in French?", path="title_fr")
    draft = reviewing.step("take_back", proposal, by=proposal.author)
    drafting.save_draft(
        draft, edited(theme, summary_en="It held."), by=proposal.author, version=draft.version, **PROVENANCE
    )

    page = signed_in(proposal.author).get(at(proposal, "change")).content.decode()

    assert "Why in French?" in page
    assert "On a change that has since been removed: <bdi>Title (French)" in " ".join(page.split())


def test_what_was_said_of_a_change_stands_beside_it_alone(proposal: Proposal) -> None:
    reviewing.comment(proposal, by=a_moderator("moderator"), text="Why in French?", path="title_fr")

    page = signed_in(proposal.author).get(at(proposal, "change")).content.decode()

    assert page.count("Why in French?") == 1
    assert "has since been removed" not in page


# --- steps -----------------------------------------------------------------------------------------


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
    (line,) = (number for number, one in enumerate(page.elements) if one["class"] == "break")
    above = {one["data-step"] for one in page.elements[:line] if one["data-step"]}
    assert above == {"accept", "accept_some", "schedule", "send_back"}
    open_steps = [name for name, classes_of_step in classes.items() if classes_of_step is not None]
    assert open_steps.index("accept") < open_steps.index("decline")


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
