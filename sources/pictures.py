"""The files of pictures: re-encoded from an upload, and stored under their digest.

Only the pixels of an upload are kept: no metadata, no colour profile, no file name, and no
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
from PIL import ImageCms, ImageOps

from sources.models.image import LARGE, SMALL, WIDTHS

log = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
# Pillow itself refuses twice as many, before it decodes the picture.
PIL.Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# The maximum height as a multiple of the width; WebP allows at most 16,383 pixels.
MAX_HEIGHT_RATIO = 4
DIGEST = re.compile(r"[0-9a-f]{64}")
FILE_NAME = re.compile(r"([0-9a-f]{64})-[0-9]+\.webp")


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
        """The value of `Image.file`."""
        return f"{self.digest}-{self.width}x{self.height}"


# --- re-encoding -------------------------------------------------------------------------


def re_encode(upload: BinaryIO, size: int) -> EncodedPicture:
    """The upload (`size` in bytes) in our two sizes. Raises ValidationError with a message for the editor."""
    if size > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(most)d MB. Save the picture smaller and try again."),
            code="too_large",
            params={"most": MAX_BYTES // 1024 // 1024},
        )
    upload.seek(0)
    picture = _open(upload)
    try:
        # A large JPEG is decoded at a reduced size where that is enough.
        picture.draft("RGB", (2 * LARGE, 2 * LARGE))
        picture.load()
        pixels = _to_rgb(ImageOps.exif_transpose(picture))
    except Exception as error:
        # Decoders raise many kinds of errors; all mean that the file is damaged.
        log.info("an uploaded picture could not be read: %r", error)
        raise ValidationError(
            _("The file is damaged or not complete. Save the picture once more and try again."),
            code="damaged",
        ) from error
    large = _scaled(pixels, LARGE)
    return EncodedPicture(_webp(large), _webp(_scaled(large, SMALL)), large.width, large.height)


def _open(upload: BinaryIO) -> PIL.Image.Image:
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


def _to_rgb(picture: PIL.Image.Image) -> PIL.Image.Image:
    """The pixels in sRGB, with alpha if the picture has transparency."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    return (profile and _in_srgb(picture, profile, mode)) or picture.convert(mode)


def _in_srgb(picture: PIL.Image.Image, profile: bytes, mode: str) -> PIL.Image.Image | None:
    """The picture in sRGB, converted from the colours of its profile; None if the profile cannot be used."""
    if picture.mode not in {"RGB", "RGBA", "L", "LA", "CMYK"} or "transparency" in picture.info:
        # A palette holds colours of the profile too.
        picture = picture.convert(mode)
    alpha = picture.getchannel("A") if picture.mode in {"RGBA", "LA"} else None
    colours = picture.convert(picture.mode.removesuffix("A"))
    try:
        converted = ImageCms.profileToProfile(
            colours,
            io.BytesIO(profile),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, ValueError, OSError) as error:
        # A broken profile, or one of another kind of colours, says nothing about these.
        log.info("the colour profile of an uploaded picture could not be used: %r", error)
        return None
    if converted is not None and mode == "RGBA":
        converted.putalpha(alpha or PIL.Image.new("L", converted.size, 255))
    return converted


def _scaled(picture: PIL.Image.Image, width: int) -> PIL.Image.Image:
    """A new picture with the pixels alone, at most so wide, never enlarged."""
    share = min(1, width / picture.width, width * MAX_HEIGHT_RATIO / picture.height)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    clean = PIL.Image.new(picture.mode, size)
    clean.paste(picture.resize(size, PIL.Image.Resampling.LANCZOS))
    return clean


def _webp(picture: PIL.Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=82, method=4)
    return buffer.getvalue()


# --- storing -----------------------------------------------------------------------------


def store(picture: EncodedPicture) -> None:
    """Write both sizes; storing the same picture again makes its files new."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    for width, content in ((SMALL, picture.small), (LARGE, picture.large)):
        with tempfile.NamedTemporaryFile(dir=settings.MEDIA_ROOT, delete=False) as temporary:
            temporary.write(content)
        Path(temporary.name).chmod(0o644)
        os.replace(temporary.name, _path(picture.digest, width))


def content(digest: str, width: int) -> bytes | None:
    """The content of the file; None for an invalid digest or width, or if it is not stored."""
    if width not in WIDTHS or not DIGEST.fullmatch(digest):
        return None
    try:
        return _path(digest, width).read_bytes()
    except FileNotFoundError:
        return None


def stored_files() -> Iterator[tuple[str, Path]]:
    """Every stored file, with its digest."""
    for path in sorted(settings.MEDIA_ROOT.glob("*.webp")):
        if match := FILE_NAME.fullmatch(path.name):
            yield match[1], path


def _path(digest: str, width: int) -> Path:
    return settings.MEDIA_ROOT / f"{digest}-{width}.webp"
