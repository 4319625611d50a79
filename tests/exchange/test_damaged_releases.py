"""Files that are no release, or damaged, are refused with a sentence, before anything of them is believed."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.releases import reading


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no zip")
    shutil.copy(__file__, tmp_path / "y.zip")

    for path in (tmp_path / "x.zip", tmp_path / "y.zip", tmp_path / "absent", tmp_path):
        with pytest.raises(CommandError):
            call_command("load_release", str(path))


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_whose_bytes_are_damaged_is_refused(tmp_path: Path, packing: int) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", packing) as packed:
        packed.writestr("manifest.json", json.dumps({"format": "sulh-release-1", "files": {}}))
    content = bytearray((tmp_path / "x.zip").read_bytes())
    content[60:64] = b"\xff\xff\xff\xff"
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(CommandError):
        call_command("load_release", str(tmp_path / "x.zip"))


def test_a_revision_whose_text_is_no_text_is_refused(tmp_path: Path) -> None:
    line = b'{"snapshot": "\\ud800"}\n'
    said = {
        "format": "sulh-release-1",
        "files": {"snapshots.jsonl": hashlib.sha256(line).hexdigest()},
    }
    (tmp_path / "snapshots.jsonl").write_bytes(line)
    (tmp_path / "manifest.json").write_text(json.dumps(said))

    with pytest.raises(CommandError, match="line 1 is no revision"):
        call_command("load_release", str(tmp_path))


def test_a_zip_that_would_fill_the_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", b" " * 100_000)

    with pytest.raises(CommandError, match="larger than"):
        call_command("load_release", str(tmp_path / "bomb.zip"))
