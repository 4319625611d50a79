"""A release holds all that is published, says what it is, and has the same bytes for the same content."""

import csv
import datetime
import hashlib
import json
import sqlite3
import tempfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import CommandError, call_command

from exchange.releases import PublishedMeanwhile, writing
from publishing.actions import retracting
from publishing.fields.columns import canonical
from publishing.models import ChainHead, Entry
from publishing.models.entry import children_of, kinds
from tests.exchange.reading import bytes_of
from tests.factories import (
    an_account,
    key,
    newest,
    publish_actor,
    publish_case,
    publish_change,
    publish_one_of_each,
    publish_source,
    publish_theme,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROFILE = json.loads((Path(__file__).parent / "vendor" / "datapackage.json").read_text(encoding="utf-8"))
# The last is where the release lies that tests share.
folders: list[Path] = []
TABLES = {*kinds()} | {name for kind in kinds().values() for name in children_of(kind)}


def released(folder: Path) -> Path:
    """A release of what is published."""
    call_command("make_release", str(folder))
    return folder


def said(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@kept
def casebook() -> dict[str, Entry]:
    """One entry of each kind, and a case with rows."""
    provision = {"id": key()}
    rows: Any = {
        "provision": [provision],
        "assessment": [{"provision": provision["id"]}],
        "claim": [{"about": "finding", "source": publish_source()}],
        "participation": [{"actor": publish_actor(slug="qatar")}],
    }
    return {**publish_one_of_each(), "more": publish_case(title_ar="هدنة", rows=rows, narrative_en="=1+1")}


@pytest.fixture(autouse=True, scope="module")
def _folder_of_the_release(tmp_path_factory: pytest.TempPathFactory) -> None:
    folders.append(tmp_path_factory.mktemp("made"))


@kept
def release(casebook: dict[str, Entry]) -> Path:
    """The release of it that the tests read which publish nothing."""
    return released(Path(tempfile.mkdtemp(dir=folders[-1])))


@pytest.mark.every_database
def test_the_same_content_gives_the_same_bytes(casebook: dict[str, Entry], tmp_path: Path) -> None:
    first, second = released(tmp_path / "first"), released(tmp_path / "second")

    assert bytes_of(first) == bytes_of(second)


def test_another_content_gives_other_digests(casebook: dict[str, Entry], tmp_path: Path) -> None:
    before = said(released(tmp_path / "before"), "manifest.json")
    publish_change(casebook["theme"], title_fr="Un autre titre")

    after = said(released(tmp_path / "after"), "manifest.json")

    changed = {name for name in after["files"] if after["files"][name] != before["files"][name]}
    assert {"data/theme.csv", "snapshots.jsonl", "sulh.sqlite"} <= changed
    assert "data/case.csv" not in changed
    assert before["content"] != after["content"]


def test_every_kind_of_entry_and_of_rows_is_a_table(release: Path) -> None:
    assert {path.stem for path in (release / "data").iterdir()} == TABLES
    with closing(sqlite3.connect(release / "sulh.sqlite")) as database:
        for table in TABLES:
            rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
            assert len(rows) == len(rows_of(release, table)), table
        ((text,),) = database.execute("SELECT narrative_en FROM \"case\" WHERE narrative_en <> ''").fetchall()
    assert text == "=1+1"
    assert {row["narrative_en"] for row in rows_of(release, "case")} == {"", "'=1+1"}


def test_rows_name_their_entry_and_what_they_point_to(casebook: dict[str, Entry], release: Path) -> None:
    case = casebook["more"]

    (part,) = [row for row in rows_of(release, "participation") if row["entry_id"] == str(case.pk)]
    (judged,) = [row for row in rows_of(release, "assessment") if row["entry_id"] == str(case.pk)]
    (agreed,) = [row for row in rows_of(release, "provision") if row["entry_id"] == str(case.pk)]
    (claim,) = [row for row in rows_of(release, "claim") if row["entry_id"] == str(case.pk)]

    assert (part["actor"], part["role_label"], part["entry_kind"]) == ("qatar", "Signatory", "case")
    assert judged["provision"] == agreed["id"]
    assert claim["source"] in {row["page"].split("/")[-2] for row in rows_of(release, "source")}


def test_the_snapshots_are_those_that_were_published(casebook: dict[str, Entry], release: Path) -> None:
    lines = (release / "snapshots.jsonl").read_text(encoding="utf-8").splitlines()
    found = {line["snapshot"]["id"]: line for line in map(json.loads, lines)}
    assert found.keys() == {str(one) for one in Entry.objects.values_list("pk", flat=True)}
    for entry in casebook.values():
        revision, line = newest(entry), found[str(entry.pk)]
        assert (line["snapshot"], line["digest"]) == (revision.snapshot, revision.digest)
    whole = b"".join(canonical(json.loads(line)["snapshot"]) + b"\n" for line in lines)
    assert said(release, "manifest.json")["content"] == hashlib.sha256(whole).hexdigest()


def test_what_is_retracted_or_unused_is_in_no_file(tmp_path: Path) -> None:
    gone, unused = publish_theme(title_en="Secret title"), publish_actor(title_en="Nobody's actor")
    Entry.objects.filter(pk=unused.pk).update(is_in_use=False)
    retracting.retract(gone, reason="It was wrong.", language="en", by=an_account())

    whole = b"".join(bytes_of(released(tmp_path)).values())

    assert b"Secret title" not in whole
    assert b"Nobody's actor" not in whole


def test_no_file_names_an_account(casebook: dict[str, Entry], tmp_path: Path) -> None:
    publish_change(casebook["theme"], by=an_account("marked-account"), title_fr="Un autre titre")

    assert b"marked-account" not in b"".join(bytes_of(released(tmp_path)).values())


def test_the_manifest_has_the_digest_of_every_file(release: Path) -> None:
    manifest, files = said(release, "manifest.json"), bytes_of(release)
    del files["manifest.json"]
    assert manifest["files"] == {name: hashlib.sha256(text).hexdigest() for name, text in files.items()}
    assert manifest["head"] == ChainHead.objects.get(pk=1).digest


def test_the_package_fits_its_profile_and_its_tables(release: Path) -> None:
    package = said(release, "datapackage.json")

    assert [*jsonschema.Draft7Validator(PROFILE).iter_errors(package)] == []
    for resource in package["resources"]:
        text = (release / resource["path"]).read_bytes()
        head = next(csv.reader(text.decode("utf-8").splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == head
        assert resource["hash"] == f"sha256:{hashlib.sha256(text).hexdigest()}"
        assert resource["bytes"] == len(text)


READ: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": ("true", "false").index,
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
}


def misfits(folder: Path, resource: dict[str, Any]) -> list[str]:
    """The cells that are not as the schema of their column says."""
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    found = []
    for field in resource["schema"]["fields"]:
        name, must = field["name"], field.get("constraints", {})
        cells = [row[name] for row in rows]
        if must.get("unique") and len({*cells}) < len(cells):
            found.append(f"{name} twice")
        for cell in cells:
            try:
                is_fitting = READ[field["type"]](cell) is not None if cell else not must.get("required")
            except (ValueError, ArithmeticError):
                is_fitting = False
            if not is_fitting or (cell and cell not in map(str, must.get("enum", [cell]))):
                found.append(f"{name}: {cell}")
    return found


def test_every_cell_of_a_release_fits_what_its_package_says(release: Path) -> None:
    resources = {one["name"]: one for one in said(release, "datapackage.json")["resources"]}

    assert {name: wrong for name, one in resources.items() if (wrong := misfits(release, one))} == {}
    for field in resources["case"]["schema"]["fields"]:
        field["type"] = "integer"
    assert misfits(release, resources["case"])


def test_a_package_that_does_not_fit_is_noticed(release: Path) -> None:
    package = said(release, "datapackage.json")
    del package["resources"][0]["path"]

    assert not jsonschema.Draft7Validator(PROFILE).is_valid(package)


def test_whoever_cites_it_finds_how(release: Path) -> None:
    manifest, citation = (
        said(release, "manifest.json"),
        (release / "CITATION.cff").read_text(encoding="utf-8"),
    )
    deposit = said(release, "datacite.json")
    assert f'version: "{manifest["version"]}"' in citation
    assert deposit["version"] == manifest["version"] == said(release, "datapackage.json")["version"]
    assert manifest["head"] in citation


@pytest.mark.parametrize(
    "name, schema", [("datacite.json", "datacite-4.5.json"), ("CITATION.cff", "citation-1.2.0.json")]
)
def test_what_archives_read_fits_its_schema(release: Path, name: str, schema: str) -> None:
    wanted = json.loads((Path(__file__).parent / "vendor" / schema).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(wanted)(wanted)

    # JSON is YAML, too.
    found = yaml.safe_load((release / name).read_text(encoding="utf-8"))

    assert [error.message for error in validator.iter_errors(found)] == []
    assert not validator.is_valid({**found, "title": 7, "unheard-of": 1})


def test_a_folder_with_files_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(CommandError, match="not empty"):
        call_command("make_release", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_where_somebody_goes_on_publishing_no_manifest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme, write = publish_theme(), writing._write_codebooks
    numbers = iter(range(10))

    def write_and_publish(folder: Path) -> None:
        write(folder)
        publish_change(theme, title_fr=f"Titre {next(numbers)}")

    monkeypatch.setattr(writing, "_write_codebooks", write_and_publish)

    with pytest.raises(PublishedMeanwhile):
        writing.write_release(tmp_path)
    assert not (tmp_path / "manifest.json").exists()


def test_nothing_published_is_a_release_too(tmp_path: Path) -> None:
    assert said(released(tmp_path), "manifest.json")["entries"] == 0
