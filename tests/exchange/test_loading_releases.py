"""A release is loaded into an empty casebook with the same digests, whole or not at all."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from exchange.releases import reading
from publishing.actions import retracting
from publishing.models import ChainHead, Entry, OldSlug, Revision
from publishing.models.entry import kinds
from publishing.snapshots import freeze_all
from tests.factories import (
    an_account,
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

# The last is where the release lies that tests share.
folders: list[Path] = []


@pytest.fixture
def casebook() -> dict[str, Entry]:
    """One that a test commits."""
    return a_casebook()


def a_casebook() -> dict[str, Entry]:
    """One entry of each kind, a case with rows, two renamed, one retracted, one restored."""
    rows: Any = {
        "claim": [{"about": "finding", "source": publish_source()}],
        "participation": [{"actor": publish_actor(slug="qatar")}],
    }
    found = {**publish_one_of_each(), "more": publish_case(slug="doha", title_ar="هدنة", rows=rows)}
    publish_change(found["more"], slug="doha-2020", title_fr="Doha")
    # An address that it left and took again leads to it as its own.
    for slug in ("theme-elsewhere", found["theme"].slug):
        publish_change(kinds()["theme"].objects.get(pk=found["theme"].pk), slug=slug)
    gone, back = publish_theme(slug="gone"), publish_theme(slug="back")
    retracting.retract(gone, reason="It was wrong.", language="en", by=an_account())
    retracting.retract(back, reason="By mistake.", language="en", by=an_account())
    retracting.restore(newest(back), by=an_account(), note="It was right.", language="en")
    return found


def emptied() -> None:
    """A casebook without content and accounts."""
    call_command("flush", interactive=False, verbosity=0)
    ChainHead.objects.get_or_create(pk=1)


def state() -> dict[str, Any]:
    """What the tables say of all entries."""
    columns = (
        "kind",
        "slug",
        "state",
        "revision",
        "is_in_use",
        "published_at",
        "changed_at",
        "retraction_reason",
    )
    entries = Entry.objects.order_by("pk")
    return {
        "entries": [*entries.values_list("pk", *columns)],
        "content": freeze_all(entries.published()),
        "addresses": sorted(OldSlug.objects.values_list("kind", "slug", "entry_id")),
        "digests": [*Revision.objects.order_by("pk").values_list("digest", flat=True)],
    }


def manifest_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def rewritten(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    said = manifest_of(folder)
    change(said)
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_with_its_history_the_chain_ends_in_the_same_head(
    casebook: dict[str, Entry], tmp_path: Path, client: Client
) -> None:
    call_command("make_release", str(tmp_path / "release"), "--with-history")
    before, head = state(), ChainHead.objects.get(pk=1).digest
    emptied()

    call_command("load_release", str(tmp_path / "release"))

    assert ChainHead.objects.get(pk=1).digest == head
    assert state() == before
    assert client.get("/en/cases/doha/", follow=True).redirect_chain == [("/en/cases/doha-2020/", 302)]
    assert client.get("/en/themes/gone/").status_code == 410
    call_command("make_release", str(tmp_path / "again"), "--with-history")
    assert manifest_of(tmp_path / "again") == manifest_of(tmp_path / "release")


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_without_its_history_the_digest_of_all_entries_is_the_same(
    casebook: dict[str, Entry], tmp_path: Path, client: Client
) -> None:
    call_command("make_release", str(tmp_path / "release"))
    emptied()

    call_command("load_release", str(tmp_path / "release"), by=an_account("loader").username)

    call_command("make_release", str(tmp_path / "again"))
    first, second = manifest_of(tmp_path / "release"), manifest_of(tmp_path / "again")
    assert (second["content"], second["entries"]) == (first["content"], first["entries"])
    assert second["files"]["data/source.csv"] == first["files"]["data/source.csv"]
    page = client.get("/en/cases/doha-2020/history/")
    assert page.status_code == 200
    assert client.get("/en/cases/doha-2020/history/2/").status_code == 200


@pytest.fixture(autouse=True, scope="module")
def _folder_of_the_release(tmp_path_factory: pytest.TempPathFactory) -> None:
    folders.append(tmp_path_factory.mktemp("made"))


@kept
def made() -> None:
    """A casebook, and a release of it in a folder."""
    a_casebook()
    call_command("make_release", str(folders[-1] / "release"), "--with-history")
    for model in (Revision, Entry):
        assert model._default_manager.exists()


@pytest.fixture
def release(made: None, tmp_path: Path) -> Path:
    """The release, in a folder of the test's own."""
    return Path(shutil.copytree(folders[-1] / "release", tmp_path / "release"))


def test_authors_become_accounts_that_nobody_signs_in_with(release: Path) -> None:
    emptied()

    call_command("load_release", str(release))

    accounts = get_user_model().objects.all()
    assert accounts
    assert not any(one.is_active or one.has_usable_password() for one in accounts)
    assert an_account("the next").pk not in {one.pk for one in accounts}


@pytest.mark.parametrize("folder", ["", "sulh-2026/"])
def test_a_zip_file_is_read_as_a_folder_is(release: Path, tmp_path: Path, folder: str) -> None:
    head = ChainHead.objects.get(pk=1).digest
    with zipfile.ZipFile(tmp_path / "release.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for path in release.rglob("*"):
            packed.write(path, folder + path.relative_to(release).as_posix())
    emptied()

    call_command("load_release", str(tmp_path / "release.zip"))

    assert ChainHead.objects.get(pk=1).digest == head


def test_a_casebook_with_content_is_left_as_it_is(release: Path) -> None:
    before = state()

    with pytest.raises(CommandError, match="content already"):
        call_command("load_release", str(release))
    assert state() == before


def test_a_release_without_history_needs_somebody_who_publishes_it(
    casebook: dict[str, Entry], tmp_path: Path
) -> None:
    call_command("make_release", str(tmp_path / "release"))

    for by, why in ({}, "--by"), ({"by": "nobody"}, "no account nobody"):
        with pytest.raises(CommandError, match=why):
            call_command("load_release", str(tmp_path / "release"), **by)


def damaged(release: Path, name: str) -> None:
    """One byte of the file is another."""
    content = bytearray((release / name).read_bytes())
    content[len(content) // 2] ^= 1
    (release / name).write_bytes(content)


@pytest.mark.parametrize(
    "name", ["revisions.jsonl", "snapshots.jsonl", "data/case.csv", "sulh.sqlite", "datapackage.json"]
)
def test_a_changed_file_is_named(release: Path, name: str) -> None:
    damaged(release, name)

    with pytest.raises(CommandError, match=f"{name} is not what the manifest says"):
        call_command("load_release", str(release))


@pytest.mark.parametrize(
    "change, why",
    [
        (lambda said: said.update(format="sulh-release-9"), "newer version"),
        (lambda said: said.pop("format"), "can be loaded"),
        (lambda said: said.update(format=["x"]), "can be loaded"),
        (lambda said: said.update(files=[]), "names no files"),
        (lambda said: said["files"].pop("snapshots.jsonl"), "names no files"),
        (lambda said: said["files"].update({"../../etc/passwd": "0"}), "names no files"),
        (lambda said: said["files"].update({"/etc/passwd": "0"}), "names no files"),
        (lambda said: said["files"].update({"absent.csv": "0"}), "absent.csv is missing"),
        (lambda said: said["files"].update({"half\ud800.csv": "0"}), "half.+csv is missing"),
        (lambda said: said.update(content="0"), "all entries together"),
    ],
    ids=range(10),
)
def test_a_manifest_that_does_not_fit_is_refused(release: Path, change: Any, why: str) -> None:
    rewritten(release, change)

    with pytest.raises(CommandError, match=why):
        call_command("load_release", str(release))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000], ids=range(5))
def test_a_damaged_manifest_is_refused(release: Path, content: bytes) -> None:
    (release / "manifest.json").write_bytes(content)

    with pytest.raises(CommandError, match="manifest"):
        call_command("load_release", str(release))


def test_a_history_that_was_changed_and_signed_anew_breaks_the_chain_and_writes_nothing(
    release: Path,
) -> None:
    path = release / "revisions.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Doha", b"Dohx", 1))
    digest = reading.hashlib.sha256(path.read_bytes()).hexdigest()
    rewritten(release, lambda said: said["files"].update({"revisions.jsonl": digest}))
    emptied()

    with pytest.raises(CommandError, match="another digest than its content"):
        call_command("load_release", str(release))
    assert not Entry.objects.exists()
    assert not Revision.objects.exists()
    assert not get_user_model().objects.exists()
