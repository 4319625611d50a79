"""Files that people send, honest and hostile, made here so that no picture of unknown licence lies about."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import PIL.Image

SCRIPT = b"<script>alert(1)</script>"
HOME = b"home address"


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (64, 48),
    mode: str = "RGB",
    color: Any = "teal",
    **options: Any,
) -> bytes:
    """An honest picture of one colour."""
    written = io.BytesIO()
    PIL.Image.new(mode, size, color).save(written, kind, **options)
    return written.getvalue()


def exif(**more: Any) -> PIL.Image.Exif:
    """Where it was taken, with what, and by whom."""
    said = PIL.Image.Exif()
    said[0x8825] = {1: "N", 2: (15.0, 21.0, 7.0), 3: "E", 4: (44.0, 12.0, 24.0)}
    said[0x010F], said[0x013B], said[0x010E] = "SpyCam", "Real Name", HOME.decode()
    for tag, value in more.items():
        said[int(tag[1:])] = value
    return said


def halves(orientation: int) -> bytes:
    """A picture that is red on its left and blue on its right, and says how to turn it."""
    whole = PIL.Image.new("RGB", (80, 40), "blue")
    whole.paste("red", (0, 0, 40, 40))
    written = io.BytesIO()
    whole.save(written, "JPEG", exif=exif(_274=orientation))
    return written.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(side: int) -> bytes:
    """A PNG of few bytes and `side` times `side` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1 + side // 8) * 100, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG with a comment that unpacks to sixty million letters."""
    plain = picture("PNG")
    return plain[:33] + chunk(b"zTXt", b"a\x00\x00" + zlib.compress(b"A" * 60_000_000, 9)) + plain[33:]


def archive() -> bytes:
    """A ZIP with one file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        opened.writestr("payload.txt", SCRIPT)
    return written.getvalue()


def moving(kind: str) -> bytes:
    """Two frames."""
    frames = [PIL.Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=100)
    return written.getvalue()


# What is refused: the file, and the code of the reason.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "HTML named as a picture": (lambda: b"<html>" + SCRIPT + b"</html>", "not_a_picture"),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "not_a_picture"),
    "SVG after a declaration": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
                                "not_a_picture"),
    "GIF": (lambda: picture("GIF"), "not_a_picture"),
    "GIF that is also a script": (lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1);//;", "not_a_picture"),
    "TIFF": (lambda: picture("TIFF"), "not_a_picture"),
    "BMP": (lambda: picture("BMP"), "not_a_picture"),
    "PDF": (lambda: picture("PDF"), "not_a_picture"),
    "PostScript": (lambda: picture("EPS"), "not_a_picture"),
    "ZIP": (archive, "not_a_picture"),
    "ZIP with a picture behind it": (lambda: archive() + picture(), "not_a_picture"),
    "HTML with a picture behind it": (lambda: SCRIPT + picture("PNG"), "not_a_picture"),
    "one byte": (lambda: b"\xff", "not_a_picture"),
    "head of a JPEG alone": (lambda: picture()[:20], "not_a_picture"),
    "half a JPEG": (lambda: (whole := picture(size=(300, 300)))[: len(whole) // 2], "damaged"),
    "half a PNG": (lambda: (whole := picture("PNG"))[: len(whole) // 2], "damaged"),
    "half a WebP": (lambda: (whole := picture("WEBP", (300, 300)))[: len(whole) // 2], "not_a_picture"),
    "PNG with another sum": (lambda: picture("PNG").replace(b"IDAT", b"IDAX"), "not_a_picture"),
    "900 million pixels": (lambda: bomb(30_000), "too_many_pixels"),
    "49 million pixels": (lambda: bomb(7_000), "too_many_pixels"),
    "comment of 60 million letters": (text_bomb, "not_a_picture"),
    "PNG that moves": (lambda: moving("PNG"), "animated"),
    "WebP that moves": (lambda: moving("WEBP"), "animated"),
    "more bytes than we take": (lambda: picture() + bytes(8 * 1024 * 1024), "too_large"),
}  # fmt: skip
# What is taken, but only its pixels.
SMUGGLING: dict[str, Callable[[], bytes]] = {
    "EXIF": lambda: picture(exif=exif()),
    "EXIF in a PNG": lambda: picture("PNG", exif=exif()),
    "EXIF in a WebP": lambda: picture("WEBP", exif=exif()),
    "comment in a JPEG": lambda: picture(comment=SCRIPT),
    "HTML behind a JPEG": lambda: picture() + SCRIPT,
    "HTML behind a PNG": lambda: picture("PNG") + SCRIPT,
    "ZIP behind a JPEG": lambda: picture() + archive(),
    "XMP in a WebP": lambda: picture("WEBP", xmp=b"<x:xmpmeta>" + HOME + SCRIPT + b"</x:xmpmeta>"),
    "colour profile": lambda: picture("PNG", icc_profile=SCRIPT * 40 + HOME),
}
