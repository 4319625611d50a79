"""The private link: what the sender reads there, and what they can do."""

import logging
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Mail
from cases.models import Case
from config.logs import WithoutSecretAddresses
from contributions.abuse import tokens
from contributions.actions import following, notifying
from contributions.models import Contribution
from publishing import rules
from publishing.actions import reviewing, steps
from publishing.models import Proposal, Revision
from publishing.proposals import changes_of
from publishing.snapshots import Path
from publishing.vocabulary import ProposalState, Reason, Verdict
from publishing.workflow.decisions import ChangeDecision
from tests.contributions.conftest import Sender, as_shown, the_only_one
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def sent(case: Case, sender: Sender) -> str:
    """The address of the private page of a change of two facts."""
    address = sender.address(case, "declared_on")
    said = sender.filled(case, "declared_on", name="Amal Haddad", wants_credit="on", mail="amal@example.org")
    page = sender.client.post(address, {**said, "more": "1"})
    whole = {
        **as_shown(page.context["form"]),
        **said,
        "all": "1",
        "f:declared_on": "2020-10-24",
        "f:written": "unwritten",
    }
    answer = sender.client.post(address, whole)
    assert answer.status_code == 302, answer.context["form"].errors
    lacking_sources()
    return answer.url.partition("?")[0]


def lacking_sources() -> None:
    """A case as small as in tests lacks sources, which a moderator overrides."""
    Proposal.objects.filter(origin="public").update(override_reason="A test wants it.")


def moderator(name: str = "moderator") -> Any:
    return an_account(name, is_staff=True, is_superuser=True)


def decline(note: str = "The text says the 23rd.", by: Any = None) -> None:
    reviewing.decline(the_only_one().proposal, by=by or moderator(), reason=Reason.CONTRADICTED, note=note)


def accept_one() -> Revision:
    """The date is accepted, the other fact is not."""
    proposal = the_only_one().proposal
    words = {
        one.path: ChangeDecision(Verdict.ACCEPTED)
        if one.path == Path(column="declared_on")
        else ChangeDecision(Verdict.DECLINED, Reason.UNSOURCED, "No source says so.", "Looks like a guess.")
        for one in changes_of(proposal)
    }
    return reviewing.accept_some(proposal, by=moderator(), decisions=words, note="One of two.")


def state() -> str:
    return the_only_one().proposal.state


# --- the page ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_private_page_stays_private(sent: str, client: Client, language: str) -> None:
    page = client.get(sent.replace("/en/", f"/{language}/"))

    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()


def test_the_private_page_takes_forms_from_browsers_that_tell_no_origin(sent: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(sent, {"do": "take_away"}, headers={"Origin": "null"})

    assert answer.status_code == 302
    assert state() == ProposalState.WITHDRAWN


def test_a_confirmation_is_taken_from_browsers_that_tell_no_origin(sent: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link_in(Mail.objects.get()), headers={"Origin": "null"}).status_code == 302


def test_the_link_cannot_be_guessed_from_what_is_stored(sent: str, client: Client) -> None:
    contribution = the_only_one()

    for guess in (contribution.pk, contribution.proposal_id, contribution.token_digest, "a" * 32):
        assert client.get(f"/en/proposals/{guess}/").status_code == 404


def test_the_token_stands_in_no_table(sent: str, all_rows: Any) -> None:
    Mail.objects.all().delete()

    assert sent.split("/")[-2] not in str(all_rows())


def test_a_link_outlives_a_new_secret_key(sent: str, client: Client, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10

    assert tokens.follow_token(the_only_one()) == sent.split("/")[-2]
    assert client.get(sent).status_code == 200


def test_each_change_stands_with_what_was_decided_and_why(sent: str, client: Client) -> None:
    accept_one()

    page = client.get(sent.replace("/en/", "/fr/")).content.decode()

    assert "No source says so." in page
    assert "Looks like a guess." not in page
    assert state() == ProposalState.PARTLY_ACCEPTED
    assert page.count('class="verdict') == 2


def test_what_moderators_say_among_themselves_is_not_shown(sent: str, client: Client) -> None:
    reviewing.comment(the_only_one().proposal, by=moderator(), text="I do not trust this one.")

    assert "I do not trust this one." not in client.get(sent).content.decode()


def test_what_was_published_is_linked(sent: str, client: Client) -> None:
    reviewing.accept(the_only_one().proposal, by=moderator())

    assert Revision.objects.latest("pk").get_absolute_url() in client.get(sent).content.decode()


# --- question and answer -------------------------------------------------------------------------


def test_an_answer_brings_it_back_before_the_moderators(sent: str, client: Client) -> None:
    following.ask(the_only_one(), by=moderator(), text="On which page?")
    assert state() == ProposalState.NEEDS_INFORMATION
    assert "On which page?" in client.get(sent).content.decode()

    answer = client.post(sent, {"do": "answer", "text": "Page 3."})

    assert answer.status_code == 302
    assert state() == ProposalState.SUBMITTED
    assert [one.text for one in the_only_one().messages.all()] == ["On which page?", "Page 3."]
    assert [one.is_from_sender for one in the_only_one().messages.all()] == [False, True]


def test_nobody_answers_what_was_not_asked(sent: str, client: Client) -> None:
    assert client.post(sent, {"do": "answer", "text": "Hello?"}).status_code == 409
    assert not the_only_one().messages.exists()


def test_an_empty_answer_is_none(sent: str, client: Client) -> None:
    following.ask(the_only_one(), by=moderator(), text="On which page?")

    assert client.post(sent, {"do": "answer", "text": "  "}).status_code == 422
    assert state() == ProposalState.NEEDS_INFORMATION


def test_a_sender_writes_only_so_many_messages_a_day(sent: str, client: Client, settings: Any) -> None:
    settings.DOOR = {**settings.DOOR, "max_messages_in_a_day": 1}
    for number in range(2):
        following.ask(the_only_one(), by=moderator(), text="On which page?")
        status = client.post(sent, {"do": "answer", "text": f"Page {number}."}).status_code

    assert status == 409
    assert the_only_one().messages.filter(by=None).count() == 1


# --- withdrawing and appealing ---------------------------------------------------------------------


def test_the_sender_withdraws_it(sent: str, client: Client) -> None:
    assert client.post(sent, {"do": "take_away"}).status_code == 302

    assert state() == ProposalState.WITHDRAWN
    assert (
        rules.why_not("accept", the_only_one().proposal, moderator(), the_only_one().sent_at).code
        == "decided"
    )


def test_what_is_decided_cannot_be_withdrawn(sent: str, client: Client) -> None:
    decline()

    assert client.post(sent, {"do": "take_away"}).status_code == 409
    assert state() == ProposalState.DECLINED


def test_an_appeal_is_decided_by_another_moderator(sent: str, client: Client) -> None:
    first, second = moderator("first"), moderator("second")
    decline(by=first)

    assert client.post(sent, {"do": "appeal", "text": "Look at the annex."}).status_code == 302

    proposal = the_only_one().proposal
    assert (state(), the_only_one().appeal_of) == (ProposalState.SUBMITTED, first)
    with pytest.raises(rules.Refusal) as refused:
        reviewing.accept(proposal, by=first)
    assert refused.value.code == "own_decision"
    with pytest.raises(rules.Refusal):
        reviewing.decline(proposal, by=first, reason=Reason.OTHER, note="No.")
    reviewing.accept(proposal, by=second)
    assert state() == ProposalState.ACCEPTED


def test_both_decisions_of_an_appeal_are_kept(sent: str, client: Client) -> None:
    decline(by=moderator("first"))
    client.post(sent, {"do": "appeal", "text": "Look at the annex."})
    decline(by=moderator("second"), note="We did; it says the 23rd too.")

    verdicts = the_only_one().proposal.decisions.values_list("by__username", flat=True)

    assert {*verdicts} == {"first", "second"}
    assert "We did; it says the 23rd too." in client.get(sent).content.decode()


def test_what_was_accepted_in_part_can_be_appealed_for_the_rest(sent: str, client: Client) -> None:
    accept_one()
    client.post(sent, {"do": "appeal", "text": "There is a source."})

    reviewing.accept(the_only_one().proposal, by=moderator("second"))

    case = Case.objects.get()
    assert (str(case.declared_on), case.written) == ("2020-10-24", "unwritten")


def test_there_is_one_appeal(sent: str, client: Client) -> None:
    decline()
    client.post(sent, {"do": "appeal", "text": "Look again."})
    decline(by=moderator("second"))

    assert client.post(sent, {"do": "appeal", "text": "And again."}).status_code == 409
    assert the_only_one().appeal_text == "Look again."
    assert 'value="appeal"' not in client.get(sent).content.decode()


@pytest.mark.parametrize("do", ["", "accept", "publish", "_page", "decline", "dispatch"])
def test_the_link_does_nothing_else(sent: str, client: Client, do: str) -> None:
    assert client.post(sent, {"do": do}).status_code == 400
    assert state() == ProposalState.SUBMITTED


# --- credit and erasure ------------------------------------------------------------------------------


def test_the_sender_is_credited_where_they_wish_it(sent: str) -> None:
    revision = reviewing.accept(the_only_one().proposal, by=moderator())

    assert revision.credit == "Amal Haddad"


def test_a_name_alone_is_no_wish_to_be_credited(case: Case, sender: Sender) -> None:
    sender.send(case, "finding", **{"f:finding_en": "It was signed in Sirte.", "name": "Amal Haddad"})

    contribution = the_only_one()
    assert contribution.name == "Amal Haddad"
    assert reviewing.accept(contribution.proposal, by=moderator()).credit == ""


def test_the_wish_may_change_also_once_it_is_published(sent: str, client: Client) -> None:
    revision = reviewing.accept(the_only_one().proposal, by=moderator())

    client.post(sent, {"do": "credit", "name": ""})
    revision.refresh_from_db()
    assert revision.credit == ""

    client.post(sent, {"do": "credit", "name": "A. H."})
    revision.refresh_from_db()
    assert revision.credit == "A. H."
    assert steps.digest(revision) == revision.digest


@pytest.mark.every_database
def test_details_are_erased_at_once_on_request(sent: str, client: Client, all_rows: Any) -> None:
    following.ask(the_only_one(), by=moderator(), text="On which page?")
    client.post(sent, {"do": "answer", "text": "Page 3, I am a colonel there."})
    reviewing.accept(the_only_one().proposal, by=moderator())

    assert client.post(sent, {"do": "erase"}).status_code == 302

    everything = str(all_rows())
    for told in ("Amal Haddad", "amal@example.org", "I am a colonel there"):
        assert told not in everything
    assert the_only_one().erased_at is not None
    assert the_only_one().proposal.decisions.count() == 2
    assert client.get(sent).status_code == 200
    assert client.post(sent, {"do": "credit", "name": "Amal"}).status_code == 409


# --- mail ----------------------------------------------------------------------------------------------


def link_in(mail: Mail) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]


def test_an_address_is_written_to_only_once_it_is_confirmed(sent: str, client: Client) -> None:
    [asked] = Mail.objects.filter(recipient="amal@example.org")
    assert sent not in asked.body
    decline()
    assert notifying.notify_senders() == 0

    page = client.get(link_in(asked))
    assert the_only_one().mail_confirmed_at is None
    answer = client.post(link_in(asked))

    assert page.status_code == 200
    assert answer.url == sent
    assert the_only_one().mail_confirmed_at is not None
    assert sent in Mail.objects.first().body
    assert client.get(link_in(asked)).status_code == 404


@pytest.fixture
def confirmed(sent: str, client: Client) -> str:
    client.post(link_in(Mail.objects.get()))
    Mail.objects.all().delete()
    return sent


def test_an_address_that_is_confirmed_twice_gets_one_letter(confirmed: str) -> None:
    before = Mail.objects.count()

    following.confirm_mail(the_only_one())

    assert Mail.objects.count() == before


def test_news_come_once_each_in_the_senders_language(confirmed: str) -> None:
    Contribution.objects.update(language="ar")
    decline("النص يقول الثالث والعشرين.")

    assert (notifying.notify_senders(), notifying.notify_senders()) == (1, 0)

    [mail] = Mail.objects.all()
    assert confirmed.replace("/en/", "/ar/") in mail.body
    assert "النص يقول الثالث والعشرين." in mail.body


def test_a_question_comes_by_mail_each_time_that_one_is_asked(confirmed: str, client: Client) -> None:
    for text in ("On which page?", "In which edition?"):
        following.ask(the_only_one(), by=moderator(), text=text)
        assert notifying.notify_senders() == 1
        client.post(confirmed, {"do": "answer", "text": "This one."})
        assert notifying.notify_senders() == 0

    assert "In which edition?" in Mail.objects.first().body


def test_what_the_sender_did_themselves_is_no_news(confirmed: str, client: Client) -> None:
    client.post(confirmed, {"do": "take_away"})

    assert notifying.notify_senders() == 0


def test_mail_about_what_was_published_leads_to_it(confirmed: str) -> None:
    revision = reviewing.accept(the_only_one().proposal, by=moderator())

    notifying.notify_senders()

    assert revision.get_absolute_url() in Mail.objects.get().body


def test_nobody_is_molested_through_the_door(case: Case, sender: Sender, settings: Any) -> None:
    settings.DOOR = {**settings.DOOR, "max_mails_in_a_day": 2}

    for _ in range(4):
        sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24"}, mail="victim@example.org")

    assert Contribution.objects.count() == 4
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    "address",
    ["/en/proposals/s3cret-t0ken/", "/ar/proposals/confirm/s3cret-t0ken/", "/fr/preview/s3cret-t0ken/"],
)
def test_no_secret_address_stands_in_a_log(address: str) -> None:
    record = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Not Found", address), None)

    line = WithoutSecretAddresses().format(record)

    assert "s3cret" not in line
    assert line.endswith("/…/")
