"""Style sheets that are written in parts, and sent to browsers as one file."""

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


class StyleSheetFinder(FileSystemFinder):
    """Finds static files; the folder css/NAME/ as one file, css/NAME.css, joined in the order of names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locations.append(("", str(JOINED)))
        self.storages[str(JOINED)] = FileSystemStorage(location=JOINED)

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """Where the file is, as it is needed in development: what was edited since is joined again."""
        join()
        return super().find(path, *args, **kwargs)

    def list(self, ignore_patterns: Any) -> Iterable[tuple[str, Storage]]:
        """All files that are collected, the joined sheets and not their parts."""
        join()
        return super().list([*(ignore_patterns or []), PARTS])


def join() -> None:
    """Write every sheet that is not as its parts are now."""
    for folder in SHEETS.iterdir():
        if folder.is_dir():
            parts = [part.read_text(encoding="utf-8") for part in sorted(folder.glob("*.css"))]
            _write(JOINED / "css" / f"{folder.name}.css", "\n".join(parts))


def _write(file: Path, text: str) -> None:
    """At once, for several processes may do so, and others read it meanwhile."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=JOINED.parent, delete=False) as new:
        new.write(text)
    Path(new.name).replace(file)
