"""The moderators' queue: decided one after the other, many at once, by two, and taken back."""

import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as ours
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from contributions import actions, queue
from contributions.models import Approval, Contribution, Mute
from publishing import actions as publishing
from publishing.models import Entry, Proposal, Revision
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState, Reason, Verdict
from tests.factories import a_contribution, an_account, edited, newest, publish_change, publish_theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _decisions_can_be_undone(_news_are_told_at_once: None, settings: Any) -> None:
    settings.UNDO_MINUTES = 10


@pytest.fixture
def moderator(db: None) -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)


@pytest.fixture
def second(db: None) -> Any:
    return an_account("second", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(moderator: Any) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def waiting(entry: Entry, days: int = 0, said: dict[str, Any] | None = None, **changes: Any) -> Contribution:
    """A proposal of the changes that has waited for so many days."""
    one = a_contribution(edited(entry, **changes), base=newest(entry), **(said or {}))
    Proposal.objects.filter(pk=one.proposal_id).update(
        submitted_at=timezone.now() - datetime.timedelta(days=days), override_reason="A test wants it."
    )
    return Contribution.objects.select_related("proposal").get(pk=one.pk)


def page_of(one: Contribution) -> str:
    return reverse("admin:contributions_contribution_change", args=[one.pk])


def press(client: Client, one: Contribution, verb: str, **said: Any) -> Any:
    address = reverse("admin:contributions_contribution_decide", args=[one.pk, verb])
    return client.post(address, said)


def state(one: Contribution) -> str:
    return Proposal.objects.get(pk=one.proposal_id).state


# --- one after the other -----------------------------------------------------------------------


def test_a_decision_leads_to_the_next_that_waits_oldest_first(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    young, old, middle = (waiting(theme, days, summary_fr=f"{days}") for days in (0, 9, 4))

    first = press(desk, old, "decline", because="unclear")
    second = press(desk, middle, "decline", because="unclear")
    last = press(desk, young, "decline", because="unclear")

    assert (first.url, second.url) == (page_of(middle), page_of(young))
    assert last.url == reverse("admin:contributions_contribution_changelist")
    assert {state(one) for one in (young, old, middle)} == {ProposalState.DECLINED}


def test_one_post_decides_and_shows_the_next_page(desk: Client) -> None:
    theme = publish_theme()
    old, young = waiting(theme, 2, summary_en="One."), waiting(theme, 1, summary_fr="Deux.")
    desk.get(page_of(old))

    shown = desk.post(
        reverse("admin:contributions_contribution_decide", args=[old.pk, "accept"]), follow=True
    )

    assert [address for address, _status in shown.redirect_chain] == [page_of(young)]
    assert 'data-verb="accept"' in shown.content.decode()
    assert Entry.objects.get(pk=theme.pk).theme.summary_en == "One."


def test_skipping_decides_nothing(desk: Client) -> None:
    theme = publish_theme()
    old, young = waiting(theme, 2, summary_en="One."), waiting(theme, 1, summary_fr="Deux.")

    answer = desk.get(reverse("admin:contributions_contribution_next", args=[old.pk]))

    assert answer.url == page_of(young)
    assert state(old) == ProposalState.SUBMITTED


def test_what_another_has_taken_on_is_passed_over(desk: Client, second: Any) -> None:
    theme = publish_theme()
    old, taken, young = (waiting(theme, days, summary_en=f"{days}") for days in (3, 2, 1))
    publishing.step("claim", taken.proposal, by=second)

    assert press(desk, old, "decline", because="unclear").url == page_of(young)


def test_the_page_is_read_without_taking_it_on(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    preview = desk.get(reverse("admin:publishing_proposal_preview", args=[one.proposal_id, "en"]))

    assert preview.status_code == 200
    assert "New." in preview.content.decode()
    assert state(one) == ProposalState.SUBMITTED


def test_the_desks_own_page_of_it_leads_to_the_queues(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    assert desk.get(reverse("admin:publishing_proposal_change", args=[one.proposal_id])).url == page_of(one)


def test_without_a_note_the_sender_reads_the_reason_in_their_language(desk: Client) -> None:
    one = waiting(publish_theme(), said={"language": "fr"}, summary_en="New.")

    press(desk, one, "decline", because="unsourced")

    said = one.proposal.decisions.get().public_note
    assert said
    assert said != "No source bears it out."


def test_another_reason_needs_a_note(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    refused = press(desk, one, "decline", because="other", internal_note="Kept as typed")

    assert refused.status_code == 200
    assert "Kept as typed" in refused.content.decode()
    assert state(one) == ProposalState.SUBMITTED


@pytest.mark.parametrize("because", ["", "nonsense"])
def test_declining_needs_a_reason_that_there_is(desk: Client, because: str) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    assert press(desk, one, "decline", because=because).status_code == 200
    assert state(one) == ProposalState.SUBMITTED


def test_asking_needs_a_text_which_the_sender_reads(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")

    assert press(desk, one, "ask", note=" ").status_code == 200
    assert press(desk, one, "ask", note="On which page?").status_code == 302
    assert state(one) == ProposalState.NEEDS_INFORMATION
    assert one.messages.get().text == "On which page?"


def test_what_is_improved_is_published_in_the_senders_name(desk: Client, moderator: Any) -> None:
    theme = publish_theme()
    one = waiting(theme, summary_en="New wrods.")
    publishing.credit_to(one.proposal, "Amal Haddad")

    form = press(desk, one, "improve")
    draft = Proposal.objects.get(pk=one.proposal_id)
    publishing.finish_draft(
        draft, edited(theme, summary_en="New words."), by=moderator, version=draft.version, at=None,
        override_reason="A test wants it.",
    )  # fmt: skip

    assert f"proposal={one.proposal_id}" in form.url
    assert desk.get(form.url).status_code == 200
    assert (newest(theme).credit, state(one)) == ("Amal Haddad", ProposalState.ACCEPTED)


def test_what_is_being_improved_stays_in_the_list(desk: Client) -> None:
    one = waiting(publish_theme(title_en="A rare title"), summary_en="New.")
    press(desk, one, "improve")

    listed = desk.get(reverse("admin:contributions_contribution_changelist")).content.decode()

    assert "Being improved" in listed
    assert "A rare title" in listed


# --- three ways ---------------------------------------------------------------------------------


def test_accepting_keeps_what_editors_did_meanwhile_and_says_what_was_so_already(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.", summary_fr="Après.")
    publish_change(theme, summary_en="After.", summary_ar="بعد")

    shown = press(desk, one, "accept")
    page = desk.get(shown.url).content.decode()

    said = newest(theme).snapshot["fields"]
    assert (said["summary_en"], said["summary_fr"], said["summary_ar"]) == ("After.", "Après.", "بعد")
    assert "So already in the record: " in page
    assert state(one) == ProposalState.ACCEPTED


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_what_editors_overtook_is_superseded_and_never_declined(desk: Client, verb: str) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    publish_change(theme, summary_en="After.")
    number = newest(theme).number

    press(desk, one, verb, because="unclear")

    assert state(one) == ProposalState.SUPERSEDED
    assert newest(theme).number == number
    assert {row.verdict for row in one.proposal.decisions.all()} == {Verdict.ACCEPTED}


def test_a_conflict_is_asked_and_the_sender_keeps_the_link(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="Mine.")
    publish_change(theme, summary_en="Theirs.")

    asked = press(desk, one, "accept")
    desk.post(asked.url, {"against": newest(theme).number, "choice:summary_en": "mine"})

    assert asked.url == reverse("admin:publishing_proposal_resolve", args=[one.proposal_id])
    assert newest(theme).snapshot["fields"]["summary_en"] == "Mine."
    assert state(one) == ProposalState.ACCEPTED


# --- two decide ---------------------------------------------------------------------------------


@pytest.fixture
def protected(case: Case, settings: Any) -> Contribution:
    settings.FOUR_EYES = True
    return waiting(case, outcome="collapsed", outcome_as_of="2021")


def test_a_protected_fact_takes_two_moderators(
    protected: Contribution, desk: Client, second: Any, case: Case
) -> None:
    press(desk, protected, "accept")
    assert (state(protected), Approval.objects.count()) == (ProposalState.SUBMITTED, 1)

    assert press(desk, protected, "accept").status_code == 200
    assert state(protected) == ProposalState.SUBMITTED

    actions.accept(protected, by=second)
    assert state(protected) == ProposalState.ACCEPTED
    assert Case.objects.get(pk=case.pk).outcome == "collapsed"


def test_no_other_door_publishes_a_protected_fact_alone(protected: Contribution, moderator: Any) -> None:
    for deed in (
        lambda: publishing.accept(protected.proposal, by=moderator),
        lambda: publishing.schedule(
            protected.proposal, by=moderator, at=timezone.now() + datetime.timedelta(days=1)
        ),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == "second_moderator"


def test_an_approval_is_of_what_was_seen(protected: Contribution, moderator: Any, second: Any) -> None:
    actions.accept(protected, by=moderator)
    Proposal.objects.filter(pk=protected.proposal_id).update(version=2)

    assert actions.accept(protected, by=second) is actions.Done.APPROVED


def test_what_one_approved_waits_for_others_only(
    protected: Contribution, moderator: Any, second: Any
) -> None:
    actions.accept(protected, by=moderator)

    assert protected not in queue.waiting_for(moderator)
    assert protected in queue.waiting_for(second)


def test_other_facts_take_one_moderator(case: Case, moderator: Any, settings: Any) -> None:
    settings.FOUR_EYES = True

    assert actions.accept(waiting(case, declared_on="2020-10-24"), by=moderator) is actions.Done.PUBLISHED


def test_without_four_eyes_one_decides_all(case: Case, moderator: Any) -> None:
    one = waiting(case, outcome="collapsed", outcome_as_of="2021")

    assert actions.accept(one, by=moderator) is actions.Done.PUBLISHED


# --- many at once ---------------------------------------------------------------------------------


def act(client: Client, action: str, *chosen: Contribution, **said: Any) -> str:
    address = reverse("admin:contributions_contribution_changelist")
    sent = {"action": action, "_selected_action": [str(one.pk) for one in chosen], "index": 0, **said}
    return client.post(address, sent, follow=True).content.decode()


def test_typing_errors_are_accepted_together_and_all_else_stays(desk: Client) -> None:
    theme = publish_theme(summary_en="The cesefire held for 90 days.", summary_fr="Il a tenu.")
    typo = waiting(theme, summary_en="The ceasefire held for 90 days.")
    number = waiting(theme, summary_en="The cesefire held for 91 days.")
    words = waiting(theme, summary_fr="Il n’a pas tenu.")
    new = a_contribution()

    page = act(desk, "accept_typos", typo, number, words, new)

    assert state(typo) == ProposalState.ACCEPTED
    assert {state(one) for one in (number, words, new)} == {ProposalState.SUBMITTED}
    assert "1 is decided. 3 stay as they were." in page


def test_all_of_one_sender_are_declined_for_one_reason(desk: Client) -> None:
    theme = publish_theme()
    mine = [waiting(theme, summary_en=f"{one}", said={"sender": "aaaa"}) for one in range(3)]
    other = waiting(theme, summary_fr="Autre", said={"sender": "bbbb"})

    act(desk, "decline_all_of_sender", mine[0], reason="out_of_scope")

    assert {state(one) for one in mine} == {ProposalState.DECLINED}
    assert {one.proposal.decisions.get().reason for one in mine} == {"out_of_scope"}
    assert state(other) == ProposalState.SUBMITTED


def test_nobody_is_declined_for_a_reason_that_was_not_chosen(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="x", said={"sender": "aaaa"})

    page = desk.get(reverse("admin:contributions_contribution_changelist"))
    said = act(desk, "decline_all_of_sender", one, reason="")

    assert page.context["action_form"]["reason"].value() in (None, "")
    assert page.context["action_form"].fields["reason"].choices[0][0] == ""
    assert state(one) == ProposalState.SUBMITTED
    assert "Choose the reason." in said


def test_several_senders_at_once_are_refused(desk: Client) -> None:
    theme = publish_theme()
    two = [waiting(theme, summary_en=one, said={"sender": one}) for one in ("aaaa", "bbbb")]

    page = act(desk, "decline_all_of_sender", *two, reason="out_of_scope")

    assert {state(one) for one in two} == {ProposalState.SUBMITTED}
    assert "Tick proposals of one sender only" in page


def test_a_sender_is_paused_for_a_day(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="x", said={"sender": "aaaa"})

    act(desk, "pause_sender", one)

    mute = Mute.objects.get()
    assert mute.sender == "aaaa"
    assert datetime.timedelta(hours=23) < mute.until - timezone.now() <= datetime.timedelta(days=1)


# --- taken back -----------------------------------------------------------------------------------


def test_a_declined_proposal_comes_back_into_the_queue_and_both_decisions_stay(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "decline", because="unclear")

    press(desk, one, "undo")

    assert state(one) == ProposalState.SUBMITTED
    verdicts = [*one.proposal.decisions.values_list("verdict", flat=True)]
    assert verdicts == [Verdict.DECLINED, Verdict.TAKEN_BACK]


def test_an_accepted_proposal_is_undone_by_a_new_revision_and_can_be_accepted_again(
    desk: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    press(desk, one, "accept")

    press(desk, one, "undo")

    said = [
        rev.snapshot["fields"]["summary_en"]
        for rev in Revision.objects.filter(entry=theme).order_by("number")
    ]
    assert said == ["Before.", "After.", "Before."]
    assert state(one) == ProposalState.SUBMITTED
    press(desk, one, "accept")
    assert newest(theme).snapshot["fields"]["summary_en"] == "After."


def test_what_was_published_after_it_is_kept_when_it_is_undone(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    one = waiting(theme, summary_en="After.")
    press(desk, one, "accept")
    publish_change(theme, summary_fr="Depuis.")

    press(desk, one, "undo")

    said = newest(theme).snapshot["fields"]
    assert (said["summary_en"], said["summary_fr"]) == ("Before.", "Depuis.")


def test_after_its_time_or_by_others_nothing_is_undone(desk: Client, second: Any, moderator: Any) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "decline", because="unclear")

    with pytest.raises(Refusal) as refused:
        actions.undo(one, by=second)
    assert refused.value.code == "not_yours"

    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(minutes=11))
    one.proposal.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        actions.undo(one, by=moderator)
    assert refused.value.code == "too_late"
    assert state(one) == ProposalState.DECLINED


def test_a_new_entry_is_retracted_and_not_undone(moderator: Any) -> None:
    one = a_contribution()
    actions.accept(one, by=moderator)
    one.proposal.refresh_from_db()

    with pytest.raises(Refusal) as refused:
        actions.undo(one, by=moderator)
    assert refused.value.code == "first"


def test_news_wait_until_nothing_can_be_undone(moderator: Any) -> None:
    one = waiting(
        publish_theme(), summary_en="New.",
        said={"mail": "a@example.org", "mail_confirmed_at": timezone.now()},
    )  # fmt: skip
    actions.decline(one, by=moderator, reason=Reason.UNCLEAR)

    assert actions.tell_senders() == 0
    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(minutes=11))
    assert actions.tell_senders() == 1


# --- the list -----------------------------------------------------------------------------------


def test_the_list_says_in_words_how_late_each_is_and_who_sent_how_much(desk: Client) -> None:
    theme = publish_theme()
    for days in (0, 3, 7):
        waiting(theme, days, summary_en=f"{days}", said={"sender": "abcdef123456"})

    page = desk.get(reverse("admin:contributions_contribution_changelist")).content.decode()

    assert page.index("7 days, very late") < page.index("3 days, late") < page.index("today")
    assert 'class="age very-late"' in page
    assert "(3 waiting)" in page
    assert ">abcdef</code>" in page


@pytest.mark.parametrize(
    "query, count",
    [
        ("", 2), ("state=all", 3), ("state=declined", 1), ("kind=theme", 2), ("kind=case", 0), ("age=late", 1),
        ("age=fresh", 1), ("age=very_late", 0), ("language__exact=fr", 1), ("sender=aaaa", 1), ("fact=summary_en", 1),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_down(desk: Client, query: str, count: int) -> None:
    theme = publish_theme()
    waiting(theme, 4, summary_en="x", said={"sender": "aaaa", "facts": ",summary_en,"})
    waiting(theme, 0, summary_fr="x", said={"language": "fr", "facts": ",summary_fr,"})
    press(desk, waiting(theme, summary_ar="x", said={"language": "ar"}), "decline", because="unclear")

    shown = desk.get(f"{reverse('admin:contributions_contribution_changelist')}?{query}")

    assert shown.context["cl"].result_count == count


def test_the_list_asks_as_often_for_many_as_for_few(desk: Client) -> None:
    address = reverse("admin:contributions_contribution_changelist")
    theme = publish_theme()

    def queries() -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as captured:
            desk.get(address)
        return len(captured)

    waiting(theme, summary_en="x")
    few = queries()
    for one in range(12):
        waiting(theme, summary_en=f"{one}")

    assert queries() == few


def test_the_first_page_of_the_desk_says_how_many_wait(desk: Client) -> None:
    waiting(publish_theme(), summary_en="x")

    page = desk.get(reverse("admin:index")).content.decode()

    assert "Waiting from the public" in page
    assert reverse("admin:contributions_contribution_changelist") in page


def test_the_settings_name_ages_in_order() -> None:
    assert 0 < ours.QUEUE_AGES["late"] < ours.QUEUE_AGES["very_late"]


# --- narrowed down ------------------------------------------------------------------------------


def narrowed(one: Contribution, verb: str, **filters: str) -> str:
    names = {"decide": [one.pk, "decline"], "next": [one.pk]}
    address = reverse(f"admin:contributions_contribution_{verb}", args=names[verb])
    return f"{address}?{urlencode({'_changelist_filters': urlencode(filters)})}"


def test_the_next_is_the_next_of_the_list_as_it_was_narrowed_down(desk: Client) -> None:
    theme = publish_theme()
    first, _other, last = (
        waiting(theme, days, {"language": language}, summary_fr=f"{days}")
        for days, language in ((9, "ar"), (4, "en"), (1, "ar"))
    )

    skipped = desk.get(narrowed(first, "next", language__exact="ar"))
    page = desk.get(skipped.url).content.decode()
    declined = desk.post(narrowed(first, "decide", language__exact="ar"), {"because": "unclear"})
    over = desk.get(narrowed(last, "next", language__exact="ar"))

    assert skipped.url.startswith(page_of(last))
    assert declined.url == skipped.url
    assert page.count("_changelist_filters=language__exact%3Dar") > 3
    assert over.url.endswith("/contribution/?language__exact=ar")


def test_filters_that_nobody_can_read_narrow_nothing(desk: Client) -> None:
    theme = publish_theme()
    first, second = waiting(theme, 4, summary_fr="4"), waiting(theme, 1, summary_fr="1")

    assert desk.get(narrowed(first, "next", sent_at__nonsense="x")).url.startswith(page_of(second))


def test_a_new_entry_that_was_accepted_is_taken_away_by_retracting_it(desk: Client) -> None:
    one = a_contribution()
    Proposal.objects.filter(pk=one.proposal_id).update(override_reason="A test wants it.")
    press(desk, one, "accept")
    entry = Proposal.objects.get(pk=one.proposal_id).entry
    retracting = reverse("admin:pillars_theme_delete", args=[entry.pk])

    for address in (page_of(one), reverse("admin:contributions_contribution_changelist")):
        page = desk.get(address).content.decode()
        assert f'href="{retracting}" data-verb="undo"' in page
        assert '<button data-verb="undo">' not in page


def test_a_change_that_was_accepted_is_undone_by_a_button(desk: Client) -> None:
    one = waiting(publish_theme(), summary_fr="Nouveau.")
    press(desk, one, "accept")

    assert '<button data-verb="undo">' in desk.get(page_of(one)).content.decode()
