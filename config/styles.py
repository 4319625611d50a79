"""Joins style sheets that are written in parts into one file each."""

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage

from config.env import ROOT

SHEETS = ROOT / "static" / "css"
PARTS = "css/*/*"
JOINED = ROOT / "var" / "styles"
# An import, which is replaced by the sheet itself: a browser would have to request it.
IMPORT = re.compile(r'^@import "(?P<file>[^"]+)";$', re.MULTILINE)
COMMENT_OR_STRING = re.compile(r'"(?:\\.|[^"\\])*"|/\*.*?\*/', re.DOTALL)


class StyleSheetFinder(FileSystemFinder):
    """Finds static files; the files of css/NAME/ are joined, in the order of their names, as css/NAME.css."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locations.append(("", str(JOINED)))
        self.storages[str(JOINED)] = FileSystemStorage(location=JOINED)

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """The path of the file, after joining what was edited since; used in development."""
        join()
        return super().find(path, *args, **kwargs)

    def list(self, ignore_patterns: Any) -> Iterable[tuple[str, Storage]]:
        """All files for collectstatic: the joined style sheets, not their parts."""
        join()
        return super().list([*(ignore_patterns or []), PARTS])


def join() -> None:
    """Write every joined style sheet whose parts have changed."""
    for folder in SHEETS.iterdir():
        if folder.is_dir():
            parts = [_whole(part) for part in sorted(folder.glob("*.css"))]
            _write(JOINED / "css" / f"{folder.name}.css", _lean("\n".join(parts)))


def _whole(part: Path) -> str:
    """The part, with the sheets that it imports in their places."""
    text = part.read_text(encoding="utf-8")
    return IMPORT.sub(lambda found: (part.parent / found["file"]).read_text(encoding="utf-8"), text)


def _lean(text: str) -> str:
    """Without what only people read: comments, indents and empty lines."""
    bare = COMMENT_OR_STRING.sub(lambda found: "" if found[0].startswith("/*") else found[0], text)
    return "".join(f"{line}\n" for one in bare.splitlines() if (line := one.strip()))


def _write(file: Path, text: str) -> None:
    """Replace the file atomically, since other processes may write and read it at the same time."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=JOINED.parent, delete=False) as new:
        new.write(text)
    # Everybody may read a style sheet: another account may have collected it than serves it.
    Path(new.name).chmod(0o644)
    Path(new.name).replace(file)
