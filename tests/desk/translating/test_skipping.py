"""What a translator skips comes last, for that translator alone, and nothing that was typed is lost."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from desk import next_text
from publishing.actions import publishing
from publishing.models import Entry, FormAutosave, SkippedText
from tests.desk.conftest import signed_in
from tests.desk.translating.queueing import queue, sent_from, shown
from tests.factories import an_account, edited, newest, publish_case, publish_change, publish_theme
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def three() -> list[Entry]:
    """Themes whose Arabic titles are missing, in the order of the queue."""
    themes = [publish_theme(slug=slug, title_en=slug.title(), title_fr="x") for slug in ("a", "b", "c")]
    return sorted(themes, key=lambda theme: str(theme.pk))


def skip(client: Client, address: str, **typed: str) -> str:
    """Skip the text that is shown; the address of what comes next."""
    page = client.get(address).context
    token = page["form"].initial["form_token"]
    return client.post(page["skip"], {"form_token": token, "based_on": 1, **typed})["Location"]


@pytest.mark.every_database
def test_what_was_skipped_is_remembered_and_comes_last_in_the_order_of_skipping(
    desk: Client, three: list[Entry]
) -> None:
    first, second, third = [(theme.slug, "title") for theme in three]
    skip(desk, skip(desk, queue()))

    # On another day, from the beginning of the queue.
    assert shown(desk, queue()) == third
    assert not desk.get(queue()).context["is_skipped"]
    skip(desk, queue())
    page = desk.get(queue())
    assert (shown(desk, queue()), page.context["is_skipped"]) == (first, True)
    assert "You skipped this text before." in page.content.decode()
    skip(desk, queue())
    assert shown(desk, queue()) == second

    other = signed_in(an_account("other", is_staff=True, is_superuser=True))
    assert shown(other, queue()) == first
    assert shown(desk, queue("fr")) is None


def test_behind_the_last_text_the_queue_begins_anew(desk: Client, three: list[Entry]) -> None:
    after_second = desk.get(desk.get(queue()).context["skip"]).context["skip"]
    last = desk.get(after_second).context["skip"]

    assert shown(desk, last) == (three[0].slug, "title")


def test_what_somebody_translates_is_no_longer_skipped_by_anybody(desk: Client, three: list[Entry]) -> None:
    skip(desk, queue())
    skip(desk, queue())
    assert SkippedText.objects.count() == 2
    other = signed_in(an_account("other", is_staff=True, is_superuser=True))

    sent_from(other, queue(), "قانون")

    assert [one.entry_id for one in SkippedText.objects.all()] == [three[1].pk]


def test_what_was_typed_before_skipping_is_kept_and_offered_again(desk: Client, three: list[Entry]) -> None:
    skip(desk, queue(), **{"text:title": "قا"})
    (kept_text,) = FormAutosave.objects.all()
    assert ["text:title", "قا"] in [list(pair) for pair in kept_text.fields]
    skip(desk, queue(), **{"text:title": "  "})
    assert FormAutosave.objects.count() == 1

    sent_from(desk, queue(), "قانون")
    page = desk.get(queue())
    (link,) = re.findall('class="work-kept"[^>]*><a href="([^"]*)"', page.content.decode())
    # As the script asks for it, too.
    assert desk.get(queue("ar", f"?typed=1&form={kept_text.form_key[-12:]}"))["Location"] == unescape(link)
    typed = desk.get(unescape(link))
    assert "قا</textarea>" in typed.content.decode()
    sent = {"based_on": 1, "text:title": "قانون آخر", "note": "x", "note_language": "en"}
    after = desk.post(unescape(link), sent)["Location"]
    assert after.startswith(queue())


@pytest.mark.parametrize("after", ["", "nonsense", "missing:0:11111111-1111-1111-1111-111111111111:title"])
def test_what_is_no_text_cannot_be_skipped(desk: Client, three: list[Entry], after: str) -> None:
    answer = desk.post(queue("ar", f"?after={after}" if after else ""))

    assert answer.status_code == 302
    assert desk.get(answer["Location"]).status_code == 200
    assert not SkippedText.objects.exists()


def published(case: Entry) -> None:
    publish_change(case, title_ar="قديم")


def proposed(case: Entry) -> None:
    said = {"note": "", "note_language": "en", "change_class": "correction"}
    publishing.propose_for_review(edited(case, title_ar="قديم"), by=an_account(), base=newest(case), **said)


@pytest.mark.parametrize("translate", [published, proposed])
def test_a_skipped_text_that_is_done_or_waits_for_review_comes_no_more(
    desk: Client, translate: Callable[[Entry], None]
) -> None:
    case = publish_case(title_en="Old", title_ar="", title_fr="x")
    skip(desk, queue())
    assert shown(desk, queue()) == (case.slug, "title")

    translate(case)

    assert shown(desk, queue()) is None


def test_of_many_texts_of_one_entry_that_were_skipped_the_last_comes_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_text, "MAX_SEARCHED", 1)
    case = publish_case(title_en="Old", title_ar="", finding_en="It held.", finding_ar="")
    seen = []
    for _time in range(2):
        seen.append(shown(desk, queue()))
        skip(desk, queue())
    (_slug, first), last = seen

    publish_change(case, **{f"{first}_ar": "قديم"})

    assert shown(desk, queue()) == last
