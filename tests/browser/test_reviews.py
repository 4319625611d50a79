"""From a proposal to what readers see: submitted, reviewed in part, published on a date, restored."""

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.starter.reading import key_of
from publishing.actions import drafting, reviewing
from publishing.languages import direction
from publishing.models import Entry, Proposal
from publishing.vocabulary import ProposalState
from tests.browser.conftest import account
from tests.browser.watching import Watched, next_page
from tests.factories import edited, newest

pytestmark = pytest.mark.browser

# A theme, what is proposed for its two texts, and a note, for each language of the desk.
PROPOSED = {
    "en": ("education-and-basic-services", "Schools first.", "Too early to say.", "We reworded the summary."),
    "ar": ("economy-and-livelihoods", "سبل العيش أولا.", "لم يحن الوقت بعد.", "أعدنا صياغة الملخص."),
    "fr": ("governance-and-participation", "La participation d’abord.", "Trop tôt.", "Résumé reformulé."),
}


def theme_called(slug: str) -> Entry:
    return Entry.objects.get(kind="theme", slug=slug)


def desk_of(entry: Entry, language: str = "en") -> str:
    return f"/{language}/admin/pillars/theme/{entry.pk}/change/"


def shown(page: Page, selector: str, text: str) -> None:
    """Somewhere among the elements stands the text."""
    expect(page.locator(selector).filter(has_text=text).first).to_be_visible()


@pytest.mark.parametrize("language", PROPOSED)
def test_a_proposal_is_submitted_reviewed_in_part_and_published(
    visitor: Callable, site: str, language: str
) -> None:
    slug, wanted, unwanted, note = PROPOSED[language]
    theme, other = theme_called(slug), {"en": "fr", "ar": "fr", "fr": "ar"}[language]
    author, moderator = (Watched(visitor(f"{name}-{language}"), site) for name in ("author", "moderator"))

    author.page.goto(desk_of(theme, language))
    assert author.page.locator("html").get_attribute("dir") == direction(language)
    author.page.locator(f"#id_summary_{language}").fill(wanted)
    author.page.locator(f"#id_summary_{other}").fill(unwanted)
    author.page.locator("#id_public_note").fill(note)
    expect(author.page.locator("#id_note_language")).to_have_value(language)
    with next_page(author.page):
        author.page.locator("[name=_submit]").first.click()
    expect(author.page.locator(".messagelist .success")).to_be_visible()
    proposal = Proposal.objects.get(author__username=f"author-{language}")
    assert proposal.state == ProposalState.SUBMITTED
    assert wanted not in visitor().new_page().goto(f"/{language}/themes/{slug}/").text()

    page = moderator.page
    page.goto(f"/{language}/admin/")
    page.locator(f".panel a[href$='/{proposal.pk}/change/']").first.click()
    shown(page, ".changes ins", wanted.split()[0])
    with page.expect_popup() as opened:
        page.locator(f".review-about a[href$='/preview/{language}/']").click()
    shown(opened.value, "main", wanted)
    opened.value.close()
    page.locator("details.more-for-steps:has([data-step=claim]) > summary").click()
    with next_page(page):
        page.locator("[data-step=claim]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    reason = page.locator(f"[name='reason:summary_{other}']")
    expect(reason).to_be_hidden()
    page.locator(f"[name='accept:summary_{other}']").uncheck()
    reason.select_option("unclear")
    page.locator("#id_note").fill(note)
    page.locator("details.more-for-steps:has([data-step=accept_some]) > summary").click()
    with next_page(page):
        page.locator("[data-step=accept_some]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    fields = newest(theme).snapshot["fields"]
    assert (fields[f"summary_{language}"], newest(theme).note) == (wanted, note)
    assert fields[f"summary_{other}"] != unwanted
    page.goto(f"/{language}/themes/{slug}/")
    shown(page, "main", wanted)
    page.goto(f"/{language}/themes/{slug}/history/")
    shown(page, ".change-note", note)
    author.page.reload()
    expect(author.page.locator(".verdict.declined")).to_have_count(1)
    expect(author.page.locator(".verdict.accepted")).to_have_count(1)
    assert author.faults + moderator.faults == []


def test_a_change_waits_for_its_date_and_the_worker_publishes_it(visitor: Callable, site: str) -> None:
    theme = theme_called("capacity-and-gender-equality")
    watched, before = Watched(visitor("scheduler"), site), newest(theme).number
    page, tomorrow = watched.page, timezone.now() + datetime.timedelta(days=1)

    page.goto(desk_of(theme))
    page.locator("#id_summary_en").fill("What is true from tomorrow on.")
    page.locator("#id_public_note").fill("True from tomorrow on.")
    page.locator("#id_publish_at_0").fill(f"{tomorrow:%Y-%m-%d}")
    page.locator("#id_publish_at_1").fill("12:00")
    with next_page(page):
        page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/en/admin/")
    shown(page, ".panel", "Scheduled")
    worker_once()
    assert newest(theme).number == before

    Proposal.objects.filter(author__username="scheduler").update(publish_at=timezone.now())
    assert "published theme" in worker_once()

    page.goto("/en/themes/capacity-and-gender-equality/")
    shown(page, "main", "What is true from tomorrow on.")
    assert (newest(theme).number, newest(theme).note) == (before + 1, "True from tomorrow on.")
    assert watched.faults == []


def test_one_field_is_restored_from_the_public_comparison(visitor: Callable, site: str) -> None:
    case = Entry.objects.get(pk=key_of("case", "aceh-2005"))
    was, watched = newest(case), Watched(visitor("restorer"), site)
    page = watched.page

    page.goto("/en/cases/aceh-2005/history/2/")
    page.locator("main a[href*='/admin/']").click()
    with next_page(page):
        page.locator("button[name=path][value=narrative_en]").click()
    assert "?proposal=" in page.url
    assert not page.locator("#id_narrative_en").input_value().startswith("Today, ")
    assert page.locator("#id_narrative_fr").input_value().startswith("Aujourd’hui, ")
    expect(page.locator("#id_public_note")).to_have_value("Restored from revision 1.")
    with next_page(page):
        page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    now = newest(case)
    assert (now.number, now.change_class) == (was.number + 1, "restoration")
    changed = {
        name for name, value in now.snapshot["fields"].items() if value != was.snapshot["fields"][name]
    }
    assert changed == {"narrative_en"}
    assert now.snapshot["rows"] == was.snapshot["rows"]
    assert watched.faults == []


def worker_once() -> Any:
    """What the worker says that it did."""
    said = StringIO()
    call_command("work", "--once", stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("may_copy", [True, False], ids=["allowed", "refused"])
def test_a_link_to_a_preview_is_copied_and_the_page_says_so(
    visitor: Callable, site: str, may_copy: bool
) -> None:
    profile = visitor("sharer")
    if may_copy:
        profile.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        profile.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
    watched, theme = Watched(profile, site), theme_called("dialogue")
    page, author = watched.page, account("sharer")
    draft = drafting.begin_draft(
        edited(theme, summary_en="Talk."), by=author, base=newest(theme), note="A word.", note_language="en",
        change_class="correction",
    )  # fmt: skip

    page.goto(f"/en/admin/publishing/proposal/{draft.pk}/change/")
    with next_page(page):
        page.locator("form[action$='/share/'] button").click()
    link = page.locator("#shared-link").input_value()
    page.locator("[data-copy=shared-link]").click()

    if may_copy:
        expect(page.locator(".copy-done")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == link
    else:
        expect(page.locator(".copy-done")).to_contain_text("copy it with the keyboard")
        assert page.evaluate("document.activeElement.id") == "shared-link"
        assert page.evaluate("getSelection().toString()") == link
    assert watched.faults == []
    reviewing.step("withdraw", draft, by=author)
