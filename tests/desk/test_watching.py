"""Mail about comments and changes at the desk: to those who take part or watch, and to nobody else."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Mail
from publishing.actions import discussing, publishing, reviewing
from publishing.models import Entry, FieldThread, Proposal
from tests.desk.conftest import signed_in
from tests.desk.talking import page_of, said
from tests.factories import an_account, an_invitation, edited, newest, proposal_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def recipients() -> list[str]:
    return sorted(Mail.objects.values_list("recipient", flat=True))


def test_whoever_takes_part_in_a_thread_is_told_of_an_answer(
    talked_about: Entry, leila: Any, omar: Any
) -> None:
    said(talked_about, leila, path="summary_en", text="Which courts?")
    assert recipients() == []

    discussing.reply(FieldThread.objects.get(), text="The special ones.", by=omar)

    mail = Mail.objects.get()
    assert mail.recipient == "leila@example.org"
    assert mail.subject == "A comment on “Justice”"
    assert "omar commented on “Justice” at the desk:" in mail.body
    assert "The special ones." in mail.body
    assert page_of(talked_about) in mail.body


def test_whoever_is_named_is_told_and_nobody_without_a_place_at_the_desk(
    talked_about: Entry, leila: Any, omar: Any
) -> None:
    an_account("outside", email="outside@example.org")

    text = "@leila, ask outside@omar or @Omar. (@outside too, @nobody: @omar.)"
    said(talked_about, an_account("asks", is_staff=True, is_superuser=True), text=text)

    assert recipients() == ["leila@example.org", "omar@example.org"]
    said(talked_about, leila, text="I am @leila, and write to an@omar")
    assert len(recipients()) == 2


def test_the_author_of_a_new_draft_is_told_of_a_comment(new_draft: Proposal) -> None:
    discussing.open_thread(None, new_draft, path="", text="Good.", by=an_account())

    assert recipients() == ["leila@example.org"]


def test_nobody_is_mailed_who_may_not_work_at_the_desk_any_more(
    talked_about: Entry, leila: Any, omar: Any
) -> None:
    said(talked_about, leila, text="Which courts?")
    leila.is_active = False
    leila.save()

    discussing.reply(FieldThread.objects.get(), text="The special ones.", by=omar)

    assert recipients() == []


def test_what_waits_for_an_answer_stands_on_the_first_page(
    talked_about: Entry, leila: Any, omar: Any
) -> None:
    said(talked_about, leila, text="Which courts?")
    thread, home = FieldThread.objects.get(), reverse("admin:index")
    assert "Comments for you" not in signed_in(leila).get(home).content.decode()

    discussing.reply(thread, text="The special ones.", by=omar)

    assert f"{page_of(talked_about)}#thread-{thread.pk}" in signed_in(leila).get(home).content.decode()
    discussing.resolve(thread, by=leila)
    assert "Comments for you" not in signed_in(leila).get(home).content.decode()


# --- watching -----------------------------------------------------------------------------------


def test_whoever_watches_is_told_of_what_others_submit_publish_and_say(
    talked_about: Entry, leila: Any, omar: Any
) -> None:
    signed_in(leila).post(page_of(talked_about), {"verb": "watch"})
    proposal = proposal_of(edited(talked_about, summary_en="x"), by=omar, base=newest(talked_about))
    reviewing.submit(proposal, by=omar)
    publishing.publish(proposal, by=an_account())
    discussing.open_thread(talked_about, None, path="", text="Well done.", by=omar)

    mails = Mail.objects.filter(recipient="leila@example.org").order_by("pk")
    assert [one.subject for one in mails] == [
        "A change of “Justice” waits for review",
        "A change of “Justice” is published",
        "A comment on “Justice”",
    ]
    assert all("Stop watching" in one.body and page_of(talked_about) in one.body for one in mails)


def test_nobody_is_told_of_what_they_do_themselves_or_stopped_watching(
    talked_about: Entry, leila: Any, omar: Any
) -> None:
    for account in (leila, omar):
        signed_in(account).post(page_of(talked_about), {"verb": "watch"})
    signed_in(omar).post(page_of(talked_about), {"verb": "stop_watching"})

    discussing.open_thread(talked_about, None, path="", text="x", by=leila)

    assert recipients() == []


def test_mail_is_in_the_language_of_the_account(talked_about: Entry, leila: Any, omar: Any) -> None:
    discussing.watch(talked_about, by=leila)
    invitation = an_invitation("other@example.org", by=an_account(), language="ar")
    Invitation.objects.filter(pk=invitation.pk).update(account=leila, accepted_at=timezone.now())

    discussing.open_thread(talked_about, None, path="", text="x", by=omar)

    assert Mail.objects.filter(recipient="leila@example.org", body__contains="/ar/admin/comments/").exists()
