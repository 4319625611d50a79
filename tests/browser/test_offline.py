"""The offline edition opens from a folder, in three languages: it is searched, read, and corrected."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from contributions.models import Contribution
from exchange.offline import write_bundle, writing
from publishing.languages import PAGE_LANGUAGES
from tests.browser.conftest import STATIC_FILES_IN_MEMORY

# One process takes all, and writes the edition.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("edition")]

# So many bytes the names and findings of the whole starter content take at most, compressed.
MOST_BYTES_OF_INDEX = 150_000
# The pages that the journeys open: to render all of them takes minutes.
SOME = ("", "cases/", "cases/libya-2020/", "cases/map/", "actors/", "glossary/", "glossary/ceasefire/")
NEW = "Signed in Geneva on 23 October 2020, and kept since."
FOLDING = Path(__file__).parent.parent / "search" / "folding_cases.json"
SEARCHES = {"en": ("Libia 2020", "Libya"), "ar": ("لیبیا ٢٠٢٠", "ليبيا"), "fr": ("LIBYE 2020", "Libye")}


@pytest.fixture(scope="module")
def edition(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of some pages, with the names and findings of all entries."""
    folder = tmp_path_factory.mktemp("edition")
    some = [f"/{language}/{path}" for language in PAGE_LANGUAGES for path in SOME]
    with pytest.MonkeyPatch.context() as patch, override_settings(**STATIC_FILES_IN_MEMORY, SITE_URL=site):
        patch.setattr(writing, "first_pages", lambda: some)
        write_bundle(folder)
    return folder


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A browser without a connection; whatever it complains of is a fault."""
    profile = browser.new_context(offline=True, accept_downloads=True)
    page, faults = profile.new_page(), []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    yield page
    profile.close()
    assert faults == []


def test_the_index_of_the_starter_content_is_small(edition: Path) -> None:
    for language in PAGE_LANGUAGES:
        script = (edition / "offline" / f"search-{language}.js").read_bytes()
        assert len(brotli.compress(script)) < MOST_BYTES_OF_INDEX


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_case_is_searched_and_read(edition: Path, offline: Page, language: str) -> None:
    asked, title = SEARCHES[language]
    offline.goto((edition / "index.html").as_uri())
    offline.locator(f".offline-doors a[lang={language}]").click()
    box = offline.locator("#search-box")
    box.fill(asked)
    box.press("Enter")

    offline.locator("#offline-search a[href$='cases/libya-2020/index.html']").click()

    expect(offline.locator("h1")).to_contain_text(title)
    expect(offline.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    assert offline.evaluate("[...document.fonts].some((one) => one.status === 'loaded')")


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_correction_is_written_and_handed_in(
    edition: Path, offline: Page, visitor: Any, tmp_path: Path, language: str
) -> None:
    offline.goto((edition / language / "cases" / "libya-2020" / "index.html").as_uri())
    address = offline.locator("a.suggest[href$='libya-2020/finding']").first.get_attribute("href") or ""
    assert "hand-in/index.html#case/libya-2020/finding" in address
    offline.goto((edition / language / "hand-in" / "index.html").as_uri() + "#case/libya-2020/finding")
    expect(offline.locator("#offline-about")).not_to_be_empty()
    offline.locator("[name=value]").fill(NEW)
    offline.locator("[name=source_reference]").fill("S/2020/1043")
    offline.locator("[name=reason]").fill(f"The letter gives another day ({language}).")
    with offline.expect_download() as download:
        offline.locator("#offline-correction .actions button").click()
    expect(offline.locator("#offline-written")).to_be_visible()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["format"] == "sulh-correction-1"

    page = visitor().new_page()
    page.goto(f"/{language}/hand-in/")
    page.locator("[type=file]").set_input_files(file)
    page.locator(".door-form .actions button").click()
    expect(page.locator(f"[name='f:finding_{language}']")).to_have_value(NEW)
    page.locator(".door-form .actions button").click()

    expect(page).to_have_url(re.compile("/proposals/"))
    assert Contribution.objects.filter(proposal__note__contains=f"({language})").count() == 1


def test_the_browser_folds_as_the_casebook_does(edition: Path, offline: Page) -> None:
    cases = json.loads(FOLDING.read_text(encoding="utf-8"))
    offline.goto((edition / "en" / "search" / "index.html").as_uri())

    found = offline.evaluate("(texts) => texts.map(folding.folded)", [text for text, _wanted in cases])

    assert found == [wanted for _text, wanted in cases]
