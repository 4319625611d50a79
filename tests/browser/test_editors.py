"""The editor's journey, and two editors who meet."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.starter.reading import key_of
from publishing.integrity import broken_links, differing_entries
from publishing.languages import direction
from publishing.models import Entry, Proposal
from tests.browser.conftest import PASSWORD, account
from tests.browser.watching import Watched, next_page
from tests.factories import newest

pytestmark = pytest.mark.browser

NOTE = "تحديث النتيجة وإضافة خرق أبلغت عنه البعثة."
HAPPENED = "قصف متبادل قرب خط التماس"
SAYS_SO = "البعثة تؤكد القصف"


def add_row(page: Page, rows: str) -> str:
    """Open the group as an editor does, from the list of parts; the new row's name in the form."""
    page.locator(f'.parts-of-form a[href="#{rows}-group"]').click()
    number = page.locator(f"#id_{rows}-TOTAL_FORMS").input_value()
    page.locator(f"#{rows}-group .add-row button").click()
    return f"{rows}-{number}"


def choose(page: Page, field: str, term: str) -> None:
    """Look for an entry in an autocomplete and take the first that is offered."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-dropdown .select2-search__field").fill(term)
    page.locator(".select2-results__option[role=option]", has_text=term).first.click()
    expect(page.locator(f"#id_{field} + .select2")).to_contain_text(term)


def test_an_editor_changes_libya_in_arabic_and_readers_see_it(visitor: Callable, site: str) -> None:
    account("journeyer")
    watched = Watched(visitor(locale="ar", viewport={"width": 1280, "height": 800}), site)
    page, libya = watched.page, Entry.objects.get(pk=key_of("case", "libya-2020"))
    before = newest(libya).number

    page.goto("/ar/admin/")
    page.locator("#id_login").fill("journeyer")
    page.locator("#id_password").fill(PASSWORD)
    with next_page(page):
        page.locator("#id_password").press("Enter")
    page.locator("#content a[href='/ar/admin/cases/case/']").first.click()
    page.locator("#searchbar").fill("ليبيا")
    with next_page(page):
        page.locator("#changelist-search [type=submit]").click()
    page.locator(f"#result_list a[href*='{libya.pk}']").first.click()
    page.locator("#id_outcome").select_option("disputed")
    page.locator("#id_outcome_as_of").fill("٢٠٢٥-٠٨")
    breach = add_row(page, "breaches")
    page.locator(f"#id_{breach}-breach_type").select_option("indirect_fire")
    page.locator(f"#id_{breach}-status").select_option("alleged")
    page.locator(f"#id_{breach}-began_on").fill("2026-05-03")
    page.locator(f"#{breach} .more-of-row:not([open]) > summary").click()
    page.locator(f"#id_{breach}-description_ar").fill(HAPPENED)
    choose(page, f"{breach}-reported_by", "الأمم المتحدة")
    page.locator("#id_public_note").fill(NOTE)
    expect(page.locator("#id_note_language")).to_have_value("ar")
    with next_page(page):
        page.locator("[name=_draft]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    claim = add_row(page, "claims")
    draft = Proposal.objects.get(author__username="journeyer")
    (added,) = (
        key for key, row in draft.wanted["rows"]["breach"].items() if row["description_ar"] == HAPPENED
    )
    page.locator(f"#id_{claim}-about").select_option(f"breach/{added}")
    page.locator(f"#{claim} details > summary").click()
    page.locator(f"#id_{claim}-value_ar").fill(SAYS_SO)
    choose(page, f"{claim}-source", "ليبيا")
    # What its sources said of the earlier outcome supports the new one only if somebody has checked it.
    page.locator("#id_sources_confirmed").check()
    with next_page(page):
        page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.locator(".messagelist .success a").click()

    expect(page).to_have_url(f"{site}/ar/cases/libya-2020/")
    expect(page.locator("main")).to_contain_text(HAPPENED)
    expect(page.locator("main")).to_contain_text("متنازع")
    revision = newest(libya)
    assert (revision.number, revision.note, revision.note_language) == (before + 1, NOTE, "ar")
    assert revision.author.username == "journeyer"
    fields = revision.snapshot["fields"]
    assert (fields["outcome"], fields["outcome_as_of"]) == ("disputed", "2025-08")
    assert SAYS_SO in {row["value_ar"] for row in revision.snapshot["rows"]["claim"].values()}
    assert [*broken_links(), *differing_entries(Entry.objects.filter(pk=libya.pk))] == []
    assert watched.faults == []


# A theme, what the first and the second write in one box, and what the second writes in another language.
MET = {
    "en": (
        "security-and-justice",
        "What the first wrote",
        "What the second wrote",
        ("fr", "Le texte du second"),
    ),
    "ar": ("monitoring", "ما كتبه الأول", "ما كتبه الثاني", ("en", "The other text")),
    "fr": ("humanitarian-access", "Ce que le premier a écrit", "Ce que l’autre a écrit", ("ar", "نص آخر")),
}


@pytest.mark.parametrize("language", MET)
def test_two_editors_meet_at_one_field_and_nothing_is_lost(
    visitor: Callable, site: str, language: str
) -> None:
    slug, theirs, mine, (other, besides) = MET[language]
    theme, box = Entry.objects.get(kind="theme", slug=slug), f"summary_{language}"
    first, second = (Watched(visitor(f"{name}-{language}"), site) for name in ("first", "second"))
    for one, text in ((first, theirs), (second, mine)):
        one.page.goto(f"/{language}/admin/pillars/theme/{theme.pk}/change/")
        one.page.locator(f"#id_{box}").fill(text)
        one.page.locator("#id_public_note").fill(text)
    second.page.locator(f"#id_summary_{other}").fill(besides)

    with next_page(first.page):
        first.page.locator("[name=_save]").first.click()
    expect(first.page.locator(".messagelist .success")).to_be_visible()
    with next_page(second.page):
        second.page.locator("[name=_save]").first.click()
    conflict = second.page.locator(".conflict")
    expect(conflict).to_have_count(1)
    expect(second.page.locator("html")).to_have_attribute("dir", direction(language))
    for text in (theirs, mine):
        expect(conflict).to_contain_text(text)
    second.visit(second.page.url)
    conflict.locator(f"[name='choice:{box}'][value=mine]").check()
    with next_page(second.page):
        second.page.locator("[type=submit].default").click()

    expect(second.page.locator(".messagelist .success")).to_be_visible()
    fields = newest(theme).snapshot["fields"]
    assert (fields[box], fields[f"summary_{other}"]) == (mine, besides)
    before = theme.revisions.get(number=newest(theme).number - 1)
    assert before.snapshot["fields"][box] == theirs
    assert first.faults + second.faults == []
