"""The files of pictures: drawn anew from what was uploaded, and kept under their digest.

Nothing of an upload is kept but its pixels: no metadata, no colour profile, no name, and no
bytes that another program could read as something else.
"""

import hashlib
import io
import logging
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import PIL.Image
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import ImageOps

from sources.models.image import LARGE, SMALL, WIDTHS

log = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
# Of a picture of any size Pillow itself refuses twice as many, before it reads one of them.
PIL.Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# Higher than that is no picture for a page, and WebP ends at 16,383.
TIMES_AS_HIGH = 4
DIGEST = re.compile(r"[0-9a-f]{64}")
KEPT = re.compile(r"([0-9a-f]{64})-[0-9]+\.webp")


@dataclass(frozen=True)
class EncodedPicture:
    """A picture in both sizes, as WebP, and how many pixels the large one has."""

    large: bytes
    small: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """SHA-256 of the large size."""
        return hashlib.sha256(self.large).hexdigest()

    @property
    def file(self) -> str:
        """What the picture's column says of it."""
        return f"{self.digest}-{self.width}x{self.height}"


# --- drawing -----------------------------------------------------------------------------


def re_encoded(upload: BinaryIO, size: int) -> EncodedPicture:
    """An upload of so many bytes in our two sizes; raises ValidationError with words for the person."""
    if size > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(most)d MB. Save the picture smaller and try again."),
            code="too_large",
            params={"most": MAX_BYTES // 1024 // 1024},
        )
    upload.seek(0)
    picture = _opened(upload)
    try:
        # A JPEG of many pixels is read at a fraction of them where that is enough.
        picture.draft("RGB", (2 * LARGE, 2 * LARGE))
        picture.load()
        pixels = _plain(ImageOps.exif_transpose(picture))
    except Exception as error:
        # Decoders fail in many ways, and all mean the same.
        log.info("an uploaded picture could not be read: %r", error)
        raise ValidationError(
            _("The file is damaged or not complete. Save the picture once more and try again."),
            code="damaged",
        ) from error
    large = _scaled(pixels, LARGE)
    return EncodedPicture(_webp(large), _webp(_scaled(large, SMALL)), large.width, large.height)


def _opened(upload: BinaryIO) -> PIL.Image.Image:
    try:
        picture = PIL.Image.open(upload, formats=FORMATS)
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise ValidationError(
            _("The file is not a whole JPEG, PNG or WebP picture, whatever its name says."),
            code="not_a_picture",
        ) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    # Many cameras put a second, small frame into a JPEG; the first is the picture.
    if picture.format in {"PNG", "WEBP"} and getattr(picture, "is_animated", False):
        raise ValidationError(_("The picture moves. Take one that stands still."), code="animated")
    return picture


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(most)d million pixels. Save it smaller and try again."),
        code="too_many_pixels",
        params={"most": MAX_PIXELS // 1_000_000},
    )


def _plain(picture: PIL.Image.Image) -> PIL.Image.Image:
    """The pixels alone, in red, green and blue, transparent where they were."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _scaled(picture: PIL.Image.Image, width: int) -> PIL.Image.Image:
    """The picture as a new one, at most so wide, never enlarged, with nothing but pixels."""
    share = min(1, width / picture.width, width * TIMES_AS_HIGH / picture.height)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    bare = PIL.Image.new(picture.mode, size)
    bare.paste(picture.resize(size, PIL.Image.Resampling.LANCZOS))
    return bare


def _webp(picture: PIL.Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=82, method=4)
    return written.getvalue()


# --- keeping -----------------------------------------------------------------------------


def store(drawn: EncodedPicture) -> None:
    """Write both sizes; the same picture comes to the same names, as new as if it were the first."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    for width, content in ((SMALL, drawn.small), (LARGE, drawn.large)):
        with tempfile.NamedTemporaryFile(dir=settings.MEDIA_ROOT, delete=False) as half:
            half.write(content)
        Path(half.name).chmod(0o644)
        os.replace(half.name, _path(drawn.digest, width))


def content(digest: str, width: int) -> bytes | None:
    """The file of that picture in that size; None for what is no digest, no size, or not kept."""
    if width not in WIDTHS or not DIGEST.fullmatch(digest):
        return None
    try:
        return _path(digest, width).read_bytes()
    except FileNotFoundError:
        return None


def is_stored() -> Iterator[tuple[str, Path]]:
    """Every file that is kept, with its digest."""
    for path in sorted(settings.MEDIA_ROOT.glob("*.webp")):
        if match := KEPT.fullmatch(path.name):
            yield match[1], path


def _path(digest: str, width: int) -> Path:
    return settings.MEDIA_ROOT / f"{digest}-{width}.webp"
