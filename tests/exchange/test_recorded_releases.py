"""Releases are listed for ever, and say what changed between any two of them."""

import csv
import hashlib
import html
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from publishing.actions import retracting
from publishing.models import ChainHead, Entry, Release
from tests.factories import an_account, publish_actor, publish_case, publish_change, publish_theme
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SEVERAL = 20
# The last is where the two releases lie.
folders: list[Path] = []


def recorded(folder: Path) -> Release:
    """The release of what is public now, listed."""
    call_command("make_release", str(folder), "--record")
    return Release.objects.get(head=ChainHead.objects.get(pk=1).digest)


@pytest.fixture(autouse=True, scope="module")
def folder_of_the_two(tmp_path_factory: pytest.TempPathFactory) -> None:
    folders.append(tmp_path_factory.mktemp("two"))


@kept
def two() -> tuple[Release, Release]:
    """Two releases: between them one entry came, one changed, one went, and one came and went."""
    changed, gone = publish_theme(slug="changed", title_en="A theme"), publish_theme(slug="gone")
    publish_theme(slug="stays")
    first = recorded(folders[-1] / "first")
    publish_change(changed, title_fr="Un thème")
    publish_case(slug="added", title_en="A new case")
    for one in (gone, publish_theme(slug="meteor")):
        retracting.retract(one, reason="It was wrong.", language="en", by=an_account())
    return first, recorded(folders[-1] / "second")


def changes_in(folder: Path) -> list[dict[str, str]]:
    with (folder / "changes.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.mark.every_database
def test_what_is_recorded_is_what_was_written(two: tuple[Release, Release]) -> None:
    first, second = two

    assert second.head == ChainHead.objects.get(pk=1).digest
    assert (
        second.manifest == hashlib.sha256((folders[-1] / "second" / "manifest.json").read_bytes()).hexdigest()
    )
    assert (second.added, second.changed, second.retracted) == (1, 1, 1)
    assert (first.added, first.changed, first.retracted) == (3, 0, 0)
    assert [*Release.objects.all()] == [second, first]


def test_the_release_says_itself_what_changed_since_the_one_before(two: tuple[Release, Release]) -> None:
    assert changes_in(folders[-1] / "first") == []

    said = {row["page"].split("/")[-2]: row for row in changes_in(folders[-1] / "second")}

    assert {slug: row["what"] for slug, row in said.items()} == {
        "added": "added",
        "changed": "changed",
        "gone": "retracted",
        "meteor": "came and went",
    }
    assert said["changed"]["fields"] == "Title (French)"
    assert (said["changed"]["revision_before"], said["changed"]["revision"]) == ("1", "2")


def test_the_same_content_gives_the_same_bytes_after_it_is_recorded_too(
    two: tuple[Release, Release], tmp_path: Path
) -> None:
    call_command("make_release", str(tmp_path / "again"))

    manifest = (tmp_path / "again" / "manifest.json").read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == two[1].manifest


def test_nothing_is_recorded_twice(two: tuple[Release, Release], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="recorded already"):
        call_command("make_release", str(tmp_path / "third"), "--record")
    assert Release.objects.count() == 2


def test_a_release_with_its_history_is_for_a_copy_and_not_for_the_list(tmp_path: Path) -> None:
    publish_theme()

    with pytest.raises(CommandError, match="not public"):
        call_command("make_release", str(tmp_path / "whole"), "--record", "--with-history")
    assert not Release.objects.exists()


def test_an_archive_gives_a_doi_later(two: tuple[Release, Release], client: Client) -> None:
    call_command("record_doi", two[1].version, "10.5281/zenodo.1234567")

    page = client.get("/en/releases/").content.decode()

    assert 'href="https://doi.org/10.5281/zenodo.1234567"' in page
    assert f"Release {two[1].version}. https://doi.org/10.5281/zenodo.1234567" in page
    assert f"/en/releases/#{two[0].version}" in page


def test_the_files_have_an_address_when_they_are_somewhere(
    two: tuple[Release, Release], client: Client
) -> None:
    at = "https://archive.example/%D8%B5%D9%84%D8%AD.zip"
    call_command("record_files", two[1].version, at)

    page = client.get("/ar/releases/").content.decode()
    assert f'href="{at}"' in page
    assert "https://archive.example/صلح.zip" in page
    assert [one["files"] for one in client.get("/en/releases.json").json()["releases"]] == [at, None]
    for version, wrong in ((two[0].version, "javascript:alert(1)"), (two[0].version, "x"), ("1.0", at)):
        with pytest.raises(CommandError):
            call_command("record_files", version, wrong)
    assert [*Release.objects.exclude(files="").values_list("version", flat=True)] == [two[1].version]


def test_the_commands_of_the_page_check_a_release(two: tuple[Release, Release], client: Client) -> None:
    folder = folders[-1] / "first"
    said = html.unescape(client.get("/fr/releases/").content.decode().split("<pre", 2)[1])
    command = said.partition(">")[2].partition("</pre>")[0]

    good = subprocess.run(["/bin/sh", "-ec", command], cwd=folder, capture_output=True, text=True)
    changed = folder / "CITATION.cff"
    content = changed.read_bytes()
    changed.write_bytes(content + b"#")
    bad = subprocess.run(["/bin/sh", "-ec", command], cwd=folder, capture_output=True, text=True)
    changed.write_bytes(content)

    assert good.returncode == 0, good.stderr
    assert good.stdout.startswith(two[0].manifest)
    assert "data/case.csv: OK" in good.stdout
    assert bad.returncode == 1
    assert "CITATION.cff: FAILED" in bad.stdout


@pytest.mark.parametrize("version, doi", [("2001.01.01-1", "10.5281/x"), ("", "https://doi.org/10.5281/x")])
def test_what_is_no_release_or_no_doi_is_refused(
    two: tuple[Release, Release], version: str, doi: str
) -> None:
    with pytest.raises(CommandError):
        call_command("record_doi", version or two[0].version, doi)
    assert not Release.objects.exclude(doi="").exists()


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_list_has_the_digests_of_each(
    two: tuple[Release, Release], client: Client, language: str
) -> None:
    page = client.get(f"/{language}/releases/").content.decode()

    for one in two:
        assert all(text in page for text in (one.version, one.head, one.content, one.manifest))


def test_without_a_release_the_pages_say_so(client: Client) -> None:
    assert "No release has been recorded yet" in client.get("/en/releases/").content.decode()
    assert "not two releases" in client.get("/en/releases/compare/").content.decode()


@pytest.mark.every_database
@pytest.mark.parametrize("is_turned", [False, True])
def test_the_difference_names_each_entry_and_its_fields(
    two: tuple[Release, Release], client: Client, is_turned: bool
) -> None:
    ends = [one.version for one in two]
    first, last = reversed(ends) if is_turned else ends

    page = client.get("/en/releases/compare/", {"from": first, "to": last})

    found = {one.entry.slug: (one.what, one.fields) for one in page.context["differences"]}
    assert found == {
        "added": ("added", ()),
        "changed": ("changed", ("Title (French)",)),
        "gone": ("retracted", ()),
        "meteor": ("came and went", ()),
    }
    assert "Title (French)" in page.content.decode()


def test_the_difference_is_that_of_the_newest_two_where_nobody_asks(
    two: tuple[Release, Release], client: Client
) -> None:
    page = client.get("/en/releases/compare/")

    assert (page.context["first"], page.context["last"]) == two


def test_a_release_does_not_differ_from_itself(two: tuple[Release, Release], client: Client) -> None:
    version = two[0].version

    page = client.get("/en/releases/compare/", {"from": version, "to": version}).content.decode()

    assert "Nothing differs." in page


def test_what_is_not_public_is_no_difference(tmp_path: Path, client: Client) -> None:
    publish_theme()
    recorded(tmp_path / "first")
    unused = publish_actor(title_en="Nobody's actor")
    Entry.objects.filter(pk=unused.pk).update(is_in_use=False)
    recorded(tmp_path / "second")

    assert "Nobody" not in client.get("/en/releases/compare/").content.decode()
    assert changes_in(tmp_path / "second") == []


@pytest.mark.parametrize(
    "query",
    [
        "from=2001.01.01-1",
        "from=%00",
        "to=%ED%A0%80",
        "page=x",
        "page=99999999999999999999",
        "colour=green",
        "to=a&to=b",
    ],
)
@pytest.mark.parametrize("path", ["releases/", "releases/compare/"])
def test_what_is_not_understood_is_said(
    two: tuple[Release, Release], client: Client, path: str, query: str
) -> None:
    page = client.get(f"/en/{path}?{query}")

    assert page.status_code in (200, 400)
    assert page.status_code == 400 or "Not understood" in page.content.decode()


def test_one_entry_and_many_take_the_same_questions(
    tmp_path: Path, client: Client, django_assert_max_num_queries: Any
) -> None:
    themes = [publish_theme() for _number in range(SEVERAL)]
    recorded(tmp_path / "first")
    publish_change(themes[0], title_fr="Un thème")
    recorded(tmp_path / "second")
    for one in themes[1:]:
        publish_change(one, title_fr="Un autre thème")
    recorded(tmp_path / "third")
    versions = [*Release.objects.order_by("until_id").values_list("version", flat=True)]
    counts = []
    for last in versions[1:]:
        with django_assert_max_num_queries(30) as asked:
            page = client.get("/en/releases/compare/", {"from": versions[0], "to": last})
        counts.append(len(asked.captured_queries))

    assert len(page.context["differences"]) == SEVERAL
    assert counts[0] == counts[1]
