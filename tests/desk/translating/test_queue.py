"""The queue of the translation desk: the next text across entries, with the glossary beside it."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk import next_text
from publishing.integrity import differing_translations
from publishing.models import Entry, FormAutosave, Proposal, Translation, TranslatorsPlace
from publishing.translations.bookkeeping import rebuild
from tests.desk.conftest import signed_in
from tests.desk.translating.queueing import queue, sent_from, shown
from tests.factories import an_account, newest, publish_case, publish_change, publish_term, publish_theme
from tests.kept import kept
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def all_shown(client: Client, address: str) -> list[tuple[str, str]]:
    """What comes one after the other while somebody skips all, until what was skipped comes again."""
    found: list[tuple[str, str]] = []
    while (page := client.get(address).context).get("text") and not page["is_skipped"]:
        found.append((page["text"].entry.slug, page["text"].wording.path))
        address = client.post(page["skip"])["Location"]
        assert len(found) < 50
    return found


@kept
def behind() -> list[Entry]:
    """A theme without Arabic, and a case and a theme whose Arabic titles are stale, the case for longer."""
    bare = publish_theme(slug="bare", title_en="Bare", title_fr="Nu")
    case = publish_case(slug="case", title_en="Old", title_ar="قديم", title_fr="Vieux", finding_en="It held.")
    theme = publish_theme(slug="theme", title_en="Law", title_ar="قانون", title_fr="Droit")
    publish_change(case, title_en="New")
    publish_change(theme, title_en="Laws")
    return [bare, case, theme]


@pytest.mark.every_database
def test_stale_texts_come_first_and_then_those_that_are_missing(desk: Client, behind: list[Entry]) -> None:
    found = all_shown(desk, queue())

    assert found[:2] == [("case", "title"), ("theme", "title")]
    assert {*found[2:]} == {("bare", "title"), ("case", "finding")}


def test_the_queue_is_of_one_language_and_one_kind(desk: Client, behind: list[Entry]) -> None:
    assert all_shown(desk, queue("ar", "?kind=theme")) == [("theme", "title"), ("bare", "title")]
    assert all_shown(desk, queue("en")) == []
    assert ("case", "finding") in all_shown(desk, queue("fr"))


def test_what_is_published_leads_to_the_next_text(desk: Client, behind: list[Entry]) -> None:
    answer = sent_from(desk, queue(), "جديد")

    assert newest(behind[1]).snapshot["fields"]["title_ar"] == "جديد"
    assert newest(behind[1]).note == "Title: translated into Arabic."
    assert shown(desk, answer["Location"]) == ("theme", "title")


@pytest.fixture
def translator(db: None) -> Client:
    """An editor who decides nothing."""
    account = an_account("translator", is_staff=True)
    wanted = ("change_theme", "change_case", "view_proposal")
    account.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return signed_in(account)


def test_what_was_submitted_leads_on_and_is_offered_to_nobody_again(
    translator: Client, desk: Client, behind: list[Entry]
) -> None:
    answer = sent_from(translator, queue(), "جديد")

    assert Proposal.objects.waiting().count() == 1
    assert "waits for review" in translator.get(answer["Location"]).content.decode()
    assert shown(translator, answer["Location"]) == ("theme", "title")
    assert shown(desk, queue()) == ("theme", "title")


def test_nobody_is_offered_what_they_may_not_translate(behind: list[Entry]) -> None:
    account = an_account("translator", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename="change_theme"))

    assert {slug for slug, _path in all_shown(signed_in(account), queue())} == {"theme", "bare"}


def test_a_refused_translation_stays_and_still_leads_on(desk: Client, behind: list[Entry]) -> None:
    page = desk.get(queue())
    refused = desk.post(page.context["action"], {"based_on": 2, "text:title": "جديد", "note": ""})
    assert refused.status_code == 200
    assert "جديد" in refused.content.decode()

    sent = {"based_on": 2, "text:title": "جديد", "note": "x", "note_language": "en"}
    answer = desk.post(refused.request["PATH_INFO"] + "?" + refused.request["QUERY_STRING"], sent)

    assert shown(desk, answer["Location"]) == ("theme", "title")


def test_what_is_typed_is_kept_and_offered_again(desk: Client, behind: list[Entry]) -> None:
    page = desk.get(queue())
    token = page.context["form"].initial["form_token"]
    place = f"{page.context['form_key']}:{token}"
    desk.post(reverse("admin:publishing_proposal_typing", args=[place]), {"text:title": "جد", "based_on": 2})

    assert FormAutosave.objects.count() == 1
    links = [one["href"] for one in Document.of(desk.get(queue()).content.decode()).all("a")]
    (back,) = (one for one in links if one and "typed=1" in one)
    assert "جد" in desk.get(back).content.decode()


def test_terms_of_the_glossary_stand_beside_the_text_with_their_translation(desk: Client) -> None:
    publish_term(slug="ceasefire", title_en="ceasefire", title_ar="وقف إطلاق النار", definition_ar="ترتيب.")
    publish_term(slug="truce", title_en="truce", title_ar="هدنة", definition_ar="توقف مؤقت.")
    publish_case(
        title_en="Case", title_ar="حالة", title_fr="Cas", finding_en="The ceasefire held.", finding_fr="x"
    )

    page = desk.get(queue())

    assert [(one.title, one.translation, one.meaning) for one in page.context["terms"]] == [
        ("ceasefire", "وقف إطلاق النار", "ترتيب.")
    ]
    assert "هدنة" not in page.content.decode()


def test_words_are_counted_left_and_done(desk: Client) -> None:
    publish_case(
        title_en="Two words", title_ar="كلمتان", title_fr="x", finding_en="It held for long.", finding_fr="x"
    )

    text = desk.get(queue()).context["text"]

    assert (text.words, text.words_left, text.words_done) == (4, 4, 2)


@pytest.mark.every_database
def test_words_of_all_texts_and_those_of_today_are_counted_and_one_goes_on_after_the_last(
    desk: Client, behind: list[Entry]
) -> None:
    def counted() -> tuple[int, int]:
        sums = desk.get(queue()).context["sums"]
        return sums["words_left"], sums["words_done"]

    # Titles of one word each, of which two are stale; the finding of the case has two words.
    assert counted() == (5, 0)
    assert desk.get(queue()).context["day"].texts == 0
    answer = sent_from(desk, queue("ar", "?kind=case"), "جديد")
    assert counted() == (4, 1)
    sent_from(desk, answer["Location"], "صمد الاتفاق")

    page = desk.get(queue())
    assert (page.context["day"].texts, page.context["day"].words) == (2, 3)
    assert "Today you sent 2 texts · 3 words" in Document.of(page.content.decode()).text
    go_on = page.context["day"].go_on
    assert "kind=case" in go_on
    assert go_on in page.content.decode().replace("&amp;", "&")
    assert shown(desk, go_on) is None
    assert desk.get(queue("fr")).context["day"].texts == 0
    board = Document.of(desk.get(reverse("publishing:translations")).content.decode()).text
    assert "2 words left to translate · 3 words translated · Today you sent 2 texts" in board

    TranslatorsPlace.objects.update(day="2020-01-01")
    assert desk.get(queue()).context["day"].texts == 0


@pytest.mark.every_database
def test_counted_words_are_compared_and_mended(behind: list[Entry]) -> None:
    Translation.objects.filter(entry=behind[1], language="ar").update(words_left=99)

    assert [fault.where for fault in differing_translations()] == [f"case “New” ({behind[1].pk})"]
    rebuild(behind[1].pk)
    assert not [*differing_translations()]


@pytest.mark.parametrize(
    "query",
    [
        "?kind=nonsense", "?after=nonsense", "?after=stale:1:2:3", "?after=done:1:x", "?what=1", "?kind=theme&kind=case",
        "?after=stale:" + "9" * 400 + ":11111111-1111-1111-1111-111111111111:title", "?after=" + "a" * 5000,
        "?kind=%ED%A0%80",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said(desk: Client, behind: list[Entry], query: str) -> None:
    answer = desk.get(queue("ar", query))

    assert answer.status_code == 200
    assert "Not understood:" in Document.of(answer.content.decode()).text


def test_a_place_whose_entry_has_no_text_left_goes_on_from_there(desk: Client, behind: list[Entry]) -> None:
    after = desk.get(queue()).context["skip"]
    publish_change(behind[1], title_ar="جديد")

    assert shown(desk, after) == ("theme", "title")


def test_behind_very_many_that_wait_one_looks_further(
    translator: Client, behind: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_text, "MAX_SEARCHED", 1)
    sent_from(translator, queue(), "جديد")

    page = translator.get(queue())

    assert page.context["further"]
    assert shown(translator, page.context["further"]) == ("theme", "title")


@pytest.mark.every_database
def test_a_long_queue_takes_no_more_queries(desk: Client, behind: list[Entry]) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(queue())
    for number in range(20):
        publish_theme(slug=f"many-{number}", title_en=f"Many {number}")

    with CaptureQueriesContext(connection) as many:
        desk.get(queue())

    assert len(many) == len(few)
