"""The cards that are drawn, as files beside those of pictures.

They can be drawn again at any time, so no backup has them. A file beside them says up to which publication
they are drawn.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from portal.cards.contents import card_of
from portal.cards.drawing import png_of
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Revision
from publishing.models.entry import kinds

UPTO = "upto"
# So many publications are read at once; drawing ends after so many seconds, and goes on in the next turn.
AT_ONCE, SECONDS = 100, 5.0


def content(entry: UUID, number: int, language: str) -> bytes | None:
    """The card of that revision in that language; None where it is not drawn."""
    try:
        return _path(entry, number, language).read_bytes()
    except FileNotFoundError:
        return None


def draw_new(*, seconds: float = SECONDS) -> int:
    """Draw the cards of what was published since the last time, and drop those of what is retracted.

    Returns of how many entries. What takes longer goes on in the next call.
    """
    end, drawn = time.monotonic() + seconds, 0
    newest, upto = _newest(), _upto()
    # A casebook that was restored may be younger than its cards.
    for number, entry in _published_since(upto if upto <= newest else 0):
        if time.monotonic() > end:
            break
        drawn += _bring_up_to_date(entry)
        _write(_folder() / UPTO, str(number).encode())
    return drawn


def draw_all() -> Iterator[Entry]:
    """Draw every card again; yields each entry when it is done."""
    newest = _newest()
    for entry in Entry.objects.published().order_by("pk").iterator():
        drop(entry.pk)
        _bring_up_to_date(entry)
        yield entry
    _write(_folder() / UPTO, str(newest).encode())


def drop(entry: UUID, *, but: int = 0) -> None:
    """Delete the cards of the entry, but those of one revision."""
    for path in _folder().glob(f"{entry.hex}-*.png"):
        if not path.name.startswith(f"{entry.hex}-{but}-"):
            path.unlink(missing_ok=True)


def _published_since(number: int) -> Iterator[tuple[int, Entry]]:
    while True:
        newer = Revision.objects.filter(pk__gt=number).order_by("pk").select_related("entry")
        found = [*newer.defer("snapshot")[:AT_ONCE]]
        yield from ((one.pk, one.entry) for one in found)
        if len(found) < AT_ONCE:
            return
        number = found[-1].pk


def _bring_up_to_date(entry: Entry) -> bool:
    """Whether something was drawn."""
    whole: Entry | None = kinds()[entry.kind]._base_manager.filter(pk=entry.pk).first()
    if whole is None or whole.is_retracted:
        drop(entry.pk)
        return False
    drop(whole.pk, but=whole.revision)
    missing = [one for one in PAGE_LANGUAGES if not _path(whole.pk, whole.revision, one).exists()]
    for language in missing:
        _write(_path(whole.pk, whole.revision, language), png_of(card_of(whole, language)))
    return bool(missing)


def _newest() -> int:
    return Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _upto() -> int:
    try:
        return int((_folder() / UPTO).read_text())
    except (FileNotFoundError, ValueError):
        return 0


def _write(path: Path, content: bytes) -> None:
    """Write the file as a whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        temporary.write(content)
    os.replace(temporary.name, path)


def _path(entry: UUID, number: int, language: str) -> Path:
    return _folder() / f"{entry.hex}-{number}-{language}.png"


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "cards"
