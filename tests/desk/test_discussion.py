"""Comments on fields while editors write: who reads them, who is told, what is open and what resolved."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing.actions import discussing, drafting, publishing
from publishing.models import Entry, FieldComment, FieldThread, Proposal
from publishing.refusals import Refusal
from tests.desk.conftest import signed_in
from tests.desk.talking import PROVENANCE, page_of, said
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_case,
    publish_theme,
)
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# --- saying something ---------------------------------------------------------------------------


def test_a_comment_stands_at_its_field_for_the_other_editor(
    talked_about: Entry, leila: Any, omar: Any
) -> None:
    said(talked_about, leila, path="summary_en", text="Which courts?")

    page = Document.of(
        signed_in(omar).get(reverse("admin:pillars_theme_change", args=[talked_about.pk])).content.decode()
    )
    (thread,) = page.all("article", class_="thread")
    assert thread["data-path"] == "summary_en"
    assert "Summary (English)" in thread.text
    assert "Which courts?" in thread.text


def test_a_row_and_the_whole_entry_can_be_commented_on(leila: Any) -> None:
    row = key()
    case = publish_case(rows={"provision": [{"id": row, "text_en": "Stop."}]})

    said(case, leila, path=f"provision/{row}/text_en", text="Word for word?")
    page = said(case, leila, text="Read it all once more.").content.decode()

    assert [one.path for one in FieldThread.objects.all()] == [f"provision/{row}/text_en", ""]
    assert "Provision “" in page
    assert "The whole entry" in page


@pytest.mark.parametrize(
    "path", ["nonsense", "provision", "provision/x/text_en", "title_en/", "state", "\ud800", "x" * 300]
)
def test_what_is_no_field_takes_no_comment_and_the_text_stays(
    talked_about: Entry, leila: Any, path: str
) -> None:
    answer = said(talked_about, leila, path=path.encode("utf-8", "replace").decode(), text="About what?")

    assert not FieldThread.objects.exists()
    assert answer.status_code == 200
    assert "About what?</textarea>" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "  ", "a" * 2001, "a\u202eb"])
def test_what_is_no_comment_is_refused_with_words(talked_about: Entry, leila: Any, text: str) -> None:
    answer = said(talked_about, leila, text=text)

    assert not FieldComment.objects.exists()
    assert Document.of(answer.content.decode()).one("p", role="alert").text.strip()


def test_a_thread_is_answered_resolved_and_opened_again(talked_about: Entry, leila: Any, omar: Any) -> None:
    said(talked_about, leila, path="summary_en", text="Which courts?")
    thread = FieldThread.objects.get()
    client, here = signed_in(omar), page_of(talked_about)

    client.post(here, {"verb": "reply", "thread": thread.pk, "text": "The special ones."})
    client.post(here, {"verb": "resolve", "thread": thread.pk})
    late = client.post(here, {"verb": "reply", "thread": thread.pk, "text": "One more thing."})

    thread.refresh_from_db()
    assert (thread.resolved_by, thread.comments.count()) == (omar, 2)
    assert "was resolved meanwhile" in late.content.decode()
    client.post(here, {"verb": "reopen", "thread": thread.pk})
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.resolved_at) == (None, None)


def test_a_reply_that_is_refused_stays_in_its_thread(talked_about: Entry, leila: Any) -> None:
    said(talked_about, leila, text="First.")
    long = "word " * 500

    answer = signed_in(leila).post(
        page_of(talked_about), {"verb": "reply", "thread": FieldThread.objects.get().pk, "text": long}
    )

    page = Document.of(answer.content.decode())
    (box,) = (one for one in page.all("textarea") if long.strip() in one.text)
    assert any(above["class"] == "thread" for above in box.above)


@pytest.mark.parametrize(
    "sent",
    [{"verb": "nonsense"}, {}, {"verb": "reply", "thread": "1"}, {"verb": "resolve", "thread": "9" * 40}],
)
def test_what_no_button_sends_is_not_found(talked_about: Entry, leila: Any, sent: dict[str, str]) -> None:
    assert signed_in(leila).post(page_of(talked_about), sent).status_code == 404


def test_a_thread_of_another_entry_is_not_answered_here(talked_about: Entry, leila: Any) -> None:
    other = publish_theme(slug="other")
    thread = discussing.open_thread(other, None, path="", text="There.", by=leila)

    sent = {"verb": "reply", "thread": thread.pk, "text": "Here."}
    assert signed_in(leila).post(page_of(talked_about), sent).status_code == 404


# --- a draft of a new entry ---------------------------------------------------------------------


def test_comments_on_a_new_draft_go_with_it_when_it_is_published(new_draft: Proposal, leila: Any) -> None:
    said(new_draft, leila, path="title_en", text="A better word?")

    revision = publishing.publish(new_draft, by=an_account())

    assert [one.path for one in FieldThread.objects.about(revision.entry)] == ["title_en"]
    assert "A better word?" in signed_in(leila).get(page_of(revision.entry)).content.decode()


def test_nobody_reads_comments_on_a_draft_that_they_may_not_see(
    new_draft: Proposal, leila: Any, omar: Any
) -> None:
    said(new_draft, leila, text="Not yet.")

    assert signed_in(omar).get(page_of(new_draft)).status_code == 404
    assert signed_in(omar).post(page_of(new_draft), {"verb": "open", "text": "x"}).status_code == 404


def test_a_draft_of_a_published_entry_shares_the_comments_of_the_entry(
    talked_about: Entry, leila: Any
) -> None:
    draft = drafting.begin_draft(
        edited(talked_about, summary_en="x"), by=leila, base=newest(talked_about), **PROVENANCE
    )

    said(draft, leila, text="On the draft.")

    assert FieldThread.objects.get().entry_id == talked_about.pk
    assert "On the draft." in signed_in(leila).get(page_of(talked_about)).content.decode()


# --- never public -------------------------------------------------------------------------------


def test_comments_are_for_the_desk_alone(talked_about: Entry, leila: Any, reader: Any) -> None:
    said(talked_about, leila, text="Between us.")
    newcomer = an_account("newcomer", is_staff=True)

    assert Client().get(page_of(talked_about)).status_code == 302
    assert signed_in(reader).get(page_of(talked_about)).status_code == 302
    assert signed_in(newcomer).get(page_of(talked_about)).status_code == 404
    assert "Between us." not in Client().get(talked_about.get_absolute_url()).content.decode()
    with pytest.raises(Refusal):
        discussing.open_thread(talked_about, None, path="", text="Me too.", by=reader)


def test_a_reviewer_reads_the_comments_beside_the_changes(talked_about: Entry, leila: Any) -> None:
    said(talked_about, leila, path="summary_en", text="Which courts?")
    proposal = proposal_of(edited(talked_about, summary_en="x"), by=leila, base=newest(talked_about))

    page = signed_in(an_account()).get(reverse("admin:publishing_proposal_change", args=[proposal.pk]))

    assert "Which courts?" in page.content.decode()


# --- as many questions for many -----------------------------------------------------------------


@pytest.mark.every_database
def test_many_threads_take_no_more_queries(talked_about: Entry, leila: Any) -> None:
    client = signed_in(leila)
    discussing.open_thread(talked_about, None, path="title_en", text="x", by=leila)
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(talked_about))
    for number in range(20):
        discussing.open_thread(talked_about, None, path="title_en", text=f"{number}", by=leila)

    with CaptureQueriesContext(connection) as many:
        client.get(page_of(talked_about))

    assert len(many) == len(few)


def test_every_form_of_the_threads_can_be_sent(talked_about: Entry, leila: Any) -> None:
    discussing.open_thread(talked_about, None, path="", text="x", by=leila)
    proposal = proposal_of(edited(talked_about, summary_en="x"), by=leila, base=newest(talked_about))
    form_page = reverse("admin:pillars_theme_change", args=[talked_about.pk])
    review = reverse("admin:publishing_proposal_change", args=[proposal.pk])

    for address in (page_of(talked_about), form_page, review):
        page = Document.of(signed_in(leila).get(address).content.decode())
        forms = [one for one in page.all("form") if any(above["id"] == "desk-threads" for above in one.above)]
        sent = page.all("input", name="csrfmiddlewaretoken")
        tokens = [one for one in sent if any(form in one.above for form in forms)]
        assert len(tokens) == len(forms) == 3, address
        assert all(one["value"] for one in tokens)
