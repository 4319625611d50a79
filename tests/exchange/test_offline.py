"""The offline edition has every kind of public page, leads nowhere into the void, and needs no server."""

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from cases.vocabulary import Review
from exchange.offline import PublishedMeanwhile, rewriting, write_bundle, writing
from exchange.offline.edition_files import EditionFiles
from exchange.offline.rewriting import Rewriter
from exchange.offline.searching import search_scripts
from publishing.actions import retracting
from publishing.languages import PAGE_LANGUAGES
from publishing.models import ChainHead, Entry
from tests.exchange.reading import bytes_of
from tests.factories import (
    an_account,
    publish_actor,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_source,
    publish_theme,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = "\"><script>alert(1)</script>&lt;b onload='x'>"
GONE, UNUSED = "secret-theme", "nobodys-actor"


@pytest.fixture(autouse=True)
def _static_files(settings: Any) -> None:
    """As a public site has them."""
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = None, True
    settings.WHITENOISE_AUTOREFRESH = False


@kept
def casebook() -> dict[str, Entry]:
    """One entry of each kind; cases with a claim, a party and hostile text; what is retracted, and what is unused."""
    claim = {"about": "finding", "source": publish_source()}
    rows: Any = {"claim": [claim], "participation": [{"actor": publish_actor(slug="qatar")}]}
    more = publish_case(slug="libya-2020", title_en="Libya 2020", title_ar="ليبيا 2020", rows=rows)
    publish_case(slug="hostile", title_en=HOSTILE, finding_en=HOSTILE)
    gone, unused = publish_theme(slug=GONE), publish_actor(slug=UNUSED, title_en="Nobody's actor")
    Entry.objects.filter(pk=unused.pk).update(is_in_use=False)
    retracting.retract(gone, reason="It was wrong.", language="en", by=an_account())
    return {**publish_one_of_each(), "more": more}


@dataclass
class Edition:
    """One that is written, for the tests that look at its files alone."""

    folder: Path
    casebook: dict[str, Entry]
    head: str


@pytest.fixture(scope="module")
def written_once() -> list[Edition]:
    """Filled by the first test that looks at it."""
    return []


@pytest.fixture
def edition(written_once: list[Edition], casebook: dict[str, Entry], tmp_path: Path) -> Edition:
    if not written_once:
        folder = tmp_path / "edition"
        write_bundle(folder)
        written_once.append(Edition(folder, casebook, ChainHead.objects.get(pk=1).digest))
    return written_once[0]


class Seen(HTMLParser):
    """The addresses of a page, its scripts, and its forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append((tag, said))
        self.addresses += [said[name] or "" for name in ("href", "src", "action") if said.get(name)]
        self.addresses += [one.split()[0] for one in (said.get("srcset") or "").split(",") if one.strip()]


def pages_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }


def index_of(folder: Path, language: str) -> Any:
    script = (folder / "offline" / f"search-{language}.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("const sulhIndex = ").removesuffix(";\n"))


def test_it_has_every_entry_and_every_list_in_every_language(edition: Edition) -> None:
    for language in PAGE_LANGUAGES:
        for path in ("", "cases/", "sources/", "codebook/", "cases/map/", "search/", "hand-in/", "changes/"):
            assert (edition.folder / language / path / "index.html").exists(), path
        for entry in edition.casebook.values():
            path = entry.get_absolute_url().removeprefix("/en/")
            assert (edition.folder / language / path / "index.html").exists(), path


def test_each_link_leads_to_a_file_or_to_the_site(edition: Edition, settings: Any) -> None:
    for name, html in pages_of(edition.folder).items():
        for address in Seen(html).addresses:
            asked = urlsplit(address)
            if asked.scheme:
                assert asked.scheme in ("http", "https", "mailto"), (name, address)
            elif asked.path:
                assert not asked.path.startswith("/"), (name, address)
                assert (edition.folder / name).parent.joinpath(unquote(asked.path)).resolve().is_file(), (
                    name,
                    address,
                )


def test_style_sheets_find_their_typefaces(edition: Edition) -> None:
    sheets = [*edition.folder.rglob("*.css")]
    needed = [(one, name) for one in sheets for name in re.findall(r'url\("([^"]+)"\)', one.read_text())]

    assert needed
    assert all((sheet.parent / name).resolve().is_file() for sheet, name in needed)


def test_no_page_has_a_script_of_the_site_or_a_form_that_asks_a_server(edition: Edition) -> None:
    for name, html in pages_of(edition.folder).items():
        for tag, said in Seen(html).tags:
            if tag == "script":
                assert "offline" in said.get("src", ""), name
            if tag == "form":
                assert said.get("class") in ("search-box", "search-form", "door-form"), name
            assert not any(one.startswith("on") for one in said), name
        assert html.count("Content-Security-Policy") == 1, name


def test_a_link_that_needs_a_connection_is_marked(edition: Edition, settings: Any) -> None:
    tags = Seen(pages_of(edition.folder)["en/cases/libya-2020/index.html"]).tags

    of_site = [said for tag, said in tags if tag == "a" and said["href"].startswith(settings.SITE_URL)]

    assert of_site
    assert all("online" in said.get("class", "") for said in of_site if "suggest" not in said["href"])


def test_a_pencil_leads_to_the_form_of_that_fact(edition: Edition) -> None:
    html = pages_of(edition.folder)["fr/cases/libya-2020/index.html"]

    assert "../../hand-in/index.html#case/libya-2020/finding" in html


def test_filters_are_left_out_with_a_word_and_the_table_stays(edition: Edition) -> None:
    html = pages_of(edition.folder)["en/cases/index.html"]

    assert "To search and filter it, use the site" in html
    assert '<table class="case-table' in html
    assert "Libya 2020" in html
    assert "checkbox" not in html


def test_the_search_knows_titles_other_names_and_findings(edition: Edition) -> None:
    for language, title in (("en", "Libya 2020"), ("ar", "ليبيا 2020")):
        index = index_of(edition.folder, language)
        kinds = [kind[0] for kind in index["kinds"]]
        (found,) = [one for one in index["entries"] if one[1] == "libya-2020"]
        assert kinds[found[0]] == "case"
        assert found[2] == title
        assert "ليبيا 2020" in f"{found[2]}{found[3]}"
        assert (edition.folder / language / index["kinds"][found[0]][2] / found[1] / "index.html").exists()


def test_the_search_marks_what_a_dataset_coded(db: None) -> None:
    publish_case(slug="coded", review=Review.CODED)
    publish_case(slug="reviewed")

    for language, script in search_scripts(PAGE_LANGUAGES).items():
        index = json.loads(script.decode().removeprefix("const sulhIndex = ").removesuffix(";\n"))
        with override(language):
            mark = str(Review.CODED.label)
        assert {one[1]: one[6:] for one in index["entries"]} == {"coded": [mark], "reviewed": []}


def test_the_same_content_gives_the_same_bytes(edition: Edition, tmp_path: Path) -> None:
    write_bundle(tmp_path / "again")

    assert bytes_of(edition.folder) == bytes_of(tmp_path / "again")


def test_its_manifest_says_what_it_is(edition: Edition) -> None:
    said = json.loads((edition.folder / "manifest.json").read_text())

    assert said["head"] == edition.head
    assert said["files"].keys() == bytes_of(edition.folder).keys() - {"manifest.json"}


def test_what_is_retracted_or_unused_is_not_in_it(edition: Edition) -> None:
    names = {*bytes_of(edition.folder)}

    assert any("/libya-2020/" in name for name in names)
    assert [name for name in names if GONE in name or UNUSED in name] == []
    assert b"Nobody's actor" not in (edition.folder / "offline" / "search-en.js").read_bytes()


def test_hostile_text_stays_text(edition: Edition) -> None:
    pages = pages_of(edition.folder)

    assert "alert(1)" in pages["en/cases/hostile/index.html"]
    for name, html in pages.items():
        assert "<script>alert" not in html, name
        assert not [said for tag, said in Seen(html).tags if "onload" in said], name


@pytest.fixture
def of_few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of lists and entries an edition takes along the cases alone: for what does not depend on how many they are."""
    every = writing.first_pages
    monkeypatch.setattr(writing, "first_pages", lambda: [one for one in every() if "/cases/" in one])


@pytest.mark.usefixtures("of_few_pages")
def test_somebody_who_publishes_meanwhile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = publish_theme()

    def publish(languages: Any) -> dict[str, bytes]:
        publish_change(theme, title_fr="Un autre titre")
        return {}

    monkeypatch.setattr(writing, "search_scripts", publish)

    with pytest.raises(PublishedMeanwhile):
        write_bundle(tmp_path / "edition")
    assert not (tmp_path / "edition" / "manifest.json").exists()


def test_a_folder_with_files_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(CommandError, match="not empty"):
        call_command("make_bundle", str(tmp_path))


@pytest.mark.usefixtures("of_few_pages")
def test_without_the_public_door_no_page_writes_a_correction(tmp_path: Path, settings: Any) -> None:
    case = publish_case()
    settings.PUBLIC_DOOR = ""

    write_bundle(tmp_path / "edition")

    assert f"en/cases/{case.slug}/index.html" in bytes_of(tmp_path / "edition")
    assert not (tmp_path / "edition" / "en" / "hand-in").exists()


@pytest.mark.parametrize(
    "html, wanted",
    [
        ('<a href="/en/cases/">x</a>', '<a href="../../cases/index.html">x</a>'),
        ('<a href="#notes">x</a>', '<a href="#notes">x</a>'),
        ('<a href="/en/cases/#a&amp;b">x</a>', '<a href="../../cases/index.html#a&amp;b">x</a>'),
        ('<a href="?page=2">x</a>', '<a href="page-2.html">x</a>'),
        ('<a class="b" href="?q=x&amp;y=1">x</a>', '<a class="online b" href="{site}/en/themes/t/?q=x&amp;y=1">x</a>'),
        ('<a href="https://un.org/x?a=1&amp;b=2">x</a>', '<a href="https://un.org/x?a=1&amp;b=2">x</a>'),
        ('<img srcset="/media/a-1.webp 1x, /media/a-2.webp 2x">', '<img srcset="../../../media/a-1.webp 1x, ../../../media/a-2.webp 2x">'),
        ("<p>1 &lt; 2 &amp; &#1575;</p>", "<p>1 &lt; 2 &amp; &#1575;</p>"),
        ("<script>if (a < b) alert(1)</script><p>x</p>", "<p>x</p>"),
        ("<form><form></form><p>y</p></form><p>x</p>", "<p>x</p>"),
        ('<svg viewBox="0 0 1 1"><circle r="1"/></svg>', '<svg viewBox="0 0 1 1"><circle r="1"/></svg>'),
    ],
    ids=range(11),
)  # fmt: skip
def test_a_page_is_rewritten(html: str, wanted: str, settings: Any) -> None:
    edition = EditionFiles(["/en/cases/", "/en/themes/t/"], [])
    page = Rewriter("/en/themes/t/", "en/themes/t/index.html", edition)

    page.feed(html)
    page.close()

    assert page.html == wanted.replace("{site}", settings.SITE_URL)


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    assert "http" not in rewriting.POLICY
    assert "unsafe" not in rewriting.POLICY
