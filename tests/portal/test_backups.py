"""The drill: a casebook is backed up, destroyed and restored; and nothing but a whole backup is restored."""

import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from portal import backups
from tests.factories import an_account, publish_change, publish_one_of_each

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]
Rows = Callable[[], dict[str, list[str]]]


def said(command: str, *words: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(command, *words, stdout=out, **options)
    return out.getvalue()


def backups_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def backed_up(folder: Path, **options: Any) -> Path:
    said("backup", to=folder, **options)
    return backups_in(folder)[-1]


def destroy_database() -> None:
    """Nothing can be read any more."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    else:
        connection.close()
        Path(name).write_bytes(os.urandom(40_000))


@pytest.fixture
def entries(settings: Any, tmp_path: Path) -> dict[str, Any]:
    settings.MEDIA_ROOT = tmp_path / "media"
    found = publish_one_of_each()
    publish_change(found["case"], finding_en="Changed once")
    return found


def test_a_casebook_that_was_destroyed_is_restored_whole(
    entries: dict[str, Any], all_rows: Rows, tmp_path: Path
) -> None:
    Client().force_login(an_account("signed-in"))
    made = backed_up(tmp_path / "kept")
    before, pictures = all_rows(), sorted(path.name for path in settings.MEDIA_ROOT.iterdir())
    destroy_database()
    shutil.rmtree(settings.MEDIA_ROOT)

    text = said("restore", made, replace=True)

    after = all_rows()
    assert before.pop("django_session") != after.pop("django_session") == []
    assert after == before
    assert sorted(path.name for path in settings.MEDIA_ROOT.iterdir()) == pictures != []
    assert "the chain holds, the tables agree." in text
    assert f"the chain ends in {backups.head()}" in text
    assert Client().get(entries["case"].get_absolute_url()).status_code == 200
    for stray in Path(connection.settings_dict["NAME"]).parent.glob("*.broken-*"):
        stray.unlink()


def test_what_came_after_the_backup_is_given_up_only_when_told(
    entries: dict[str, Any], all_rows: Rows, tmp_path: Path
) -> None:
    made, before = backed_up(tmp_path / "kept"), all_rows()
    publish_change(entries["case"], finding_en="Changed after the backup")
    now = all_rows()

    with pytest.raises(CommandError, match="--replace"):
        said("restore", made)
    refused = all_rows()
    said("restore", made, replace=True)

    assert refused == now
    assert all_rows() == before


@pytest.mark.parametrize("share", [0.3, 0.97], ids=["in the database", "at the end"])
def test_a_damaged_backup_changes_nothing(
    entries: dict[str, Any], all_rows: Rows, tmp_path: Path, share: float
) -> None:
    made, before = backed_up(tmp_path / "kept"), all_rows()
    content = bytearray(made.read_bytes())
    at = int(len(content) * share)
    content[at : at + 4] = bytes(one ^ 0xFF for one in content[at : at + 4])
    made.write_bytes(content)

    with pytest.raises(CommandError, match="is no backup, or not whole"):
        said("restore", made, replace=True)

    assert all_rows() == before


def test_wherever_a_backup_is_damaged_it_is_refused_or_says_the_same(tmp_path: Path) -> None:
    """The reader of gzip raises another error where the codes of its text are damaged than where the text is."""
    file = tmp_path / "database.sqlite3"
    file.write_bytes(b"".join(sha256(bytes([one])).digest() for one in range(94)) + b"packed well " * 5_000)
    made = backups.write_backup(tmp_path / "kept", {file.name: file}, vendor="sqlite", head="")
    whole, content = made.read_bytes(), held_by(made)
    damaged = []
    for at in range(0, len(whole), 7):
        made.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        damaged.append(held_by(made))

    assert {*damaged} <= {content, None}
    assert damaged.count(None) > len(damaged) * 0.9


def held_by(backup: Path) -> tuple[str, bytes] | None:
    """Its manifest and its database; None where it is refused."""
    try:
        with backups.unpacked(backup) as (manifest, folder):
            return str(manifest), (folder / "database.sqlite3").read_bytes()
    except backups.InvalidBackup:
        return None


def test_a_backup_of_another_kind_of_database_is_refused(tmp_path: Path, entries: dict[str, Any]) -> None:
    file, head = backups.save(tmp_path)
    made = backups.write_backup(tmp_path / "kept", {file.name: file}, vendor="another", head=head)

    with pytest.raises(CommandError, match="is of another"):
        said("restore", made, replace=True)


def test_old_backups_go_only_after_a_new_one_is_there(
    entries: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    first, second, third = (backed_up(folder) for _one in range(3))
    (folder / "notes.txt").write_text("Not ours.")

    def fail(*_args: Any, **_options: Any) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(CommandError, match="No space left"):
            said("backup", to=folder, keep=1)
    after_failure = backups_in(folder)
    said("backup", to=folder, keep=2)

    assert after_failure == [folder / "notes.txt", first, second, third]
    assert backups_in(folder)[:2] == [folder / "notes.txt", third]
    assert len(backups_in(folder)) == 3
    assert {path.stat().st_mode & 0o077 for path in backups_in(folder) if path.suffix == ".gz"} == {0}


def test_none_is_not_a_number_of_backups_to_keep(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="at least 1"):
        said("backup", to=tmp_path, keep=0)


def test_an_empty_database_is_restored_without_being_told(entries: dict[str, Any], tmp_path: Path) -> None:
    assert backups.has_content()
    made = backed_up(tmp_path / "kept")
    call_command("flush", interactive=False, verbosity=0)

    said("restore", made)

    assert backups.has_content()


CHANGED = {
    "a file that was changed": ("media/" + "a" * 64 + "-640.webp", b"another", "was changed"),
    "a file outside the folder": ("../../evil", b"a picture", "is no file of a backup"),
}


@pytest.mark.parametrize("name, content, why", CHANGED.values(), ids=CHANGED)
def test_a_backup_that_somebody_packed_anew_is_refused(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    manifest = {
        "vendor": "sqlite",
        "head": "",
        "made_at": "",
        "files": {name: sha256(b"a picture").hexdigest()},
    }
    with tarfile.open(tmp_path / "packed.tar.gz", "w:gz") as archive:
        for member, data in (("manifest.json", json.dumps(manifest).encode()), (name, content)):
            entry = tarfile.TarInfo(member)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))

    with pytest.raises(backups.InvalidBackup, match=why), backups.unpacked(tmp_path / "packed.tar.gz"):
        pass

    assert not (tmp_path.parent / "evil").exists()
