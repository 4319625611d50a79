"""Pictures drawn again: nothing but pixels is kept, in two sizes, named by what is in them."""

import hashlib
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from publishing.actions import retracting
from publishing.rules import Refusal
from sources import actions, pictures
from sources.models import Image
from tests.factories import (
    drawn_picture,
    edited,
    newest,
    proposal_of,
    publish_change,
    publish_image,
    snapshot_of,
)
from tests.sources.uploads import HOME, HOSTILE, SCRIPT, SMUGGLING, halves, picture


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def drawn(upload: bytes) -> pictures.EncodedPicture:
    return pictures.re_encode(io.BytesIO(upload), len(upload))


def opened(content: bytes) -> PIL.Image.Image:
    return PIL.Image.open(io.BytesIO(content))


# --- drawing -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_in_two_sizes(kind: str) -> None:
    ours = drawn(picture(kind, (2000, 1000)))

    sizes = {(opened(one).format, opened(one).size) for one in (ours.large, ours.small)}
    assert sizes == {("WEBP", (1600, 800)), ("WEBP", (640, 320))}
    assert (ours.width, ours.height) == (1600, 800)


def test_a_small_picture_is_never_enlarged() -> None:
    ours = drawn(picture("PNG", (300, 200)))

    assert opened(ours.large).size == opened(ours.small).size == (300, 200)


@pytest.mark.parametrize(
    "size, large, small",
    [
        pytest.param((100, 12_000), (53, 6400), (21, 2560), id="a tower"),
        pytest.param((20_000, 2), (1600, 1), (640, 1), id="a thread"),
        pytest.param((1, 1), (1, 1), (1, 1), id="a point"),
    ],
)
def test_a_picture_of_an_odd_shape_stays_one(size: Any, large: Any, small: Any) -> None:
    ours = drawn(picture("PNG", size))

    assert (opened(ours.large).size, opened(ours.small).size) == (large, small)


@pytest.mark.parametrize("name", SMUGGLING)
def test_nothing_of_an_upload_is_kept_but_its_pixels(name: str) -> None:
    upload = SMUGGLING[name]()
    hidden = [one for one in (SCRIPT, HOME, b"SpyCam", b"Real Name", b"payload") if one in upload]
    assert hidden or name == "colour profile"

    ours = drawn(upload)

    for content in (ours.large, ours.small):
        assert not [one for one in (*hidden, b"EXIF", b"Exif", b"XMP ", b"ICCP") if one in content]
        assert not dict(opened(content).getexif())
        # A RIFF file says how long it is: nothing comes after its end.
        assert int.from_bytes(content[4:8], "little") + 8 == len(content)


@pytest.mark.parametrize(
    "orientation, size, first",
    [(1, (80, 40), "red"), (3, (80, 40), "blue"), (6, (40, 80), "red"), (8, (40, 80), "blue")],
)
def test_a_picture_stands_as_its_camera_was_held(orientation: int, size: Any, first: str) -> None:
    ours = opened(drawn(halves(orientation)).large).convert("RGB")

    red, _green, blue = ours.getpixel((5, 5))
    assert ours.size == size
    assert (red > blue) == (first == "red")


@pytest.mark.parametrize(
    "mode, colour, shown",
    [
        pytest.param("RGBA", (255, 0, 0, 0), (None, 0), id="clear"),
        pytest.param("RGBA", (0, 128, 0, 200), ((0, 128, 0), 200), id="with an alpha"),
        pytest.param("L", 200, ((200, 200, 200), None), id="grey"),
        pytest.param("LA", (200, 100), ((200, 200, 200), 100), id="grey with an alpha"),
        pytest.param("1", 1, ((255, 255, 255), None), id="black and white"),
        pytest.param("I;16", 200 * 256, ((200, 200, 200), None), id="grey of 16 bits"),
    ],
)
def test_every_kind_of_pixel_keeps_its_look(mode: str, colour: Any, shown: Any) -> None:
    ours = opened(drawn(picture("PNG", mode=mode, color=colour)).large)

    *pixel, alpha = ours.convert("RGBA").getpixel((9, 9))
    seen, opacity = shown
    assert (ours.mode, alpha) == (("RGB", 255) if opacity is None else ("RGBA", opacity))
    assert seen is None or all(abs(one - other) <= 4 for one, other in zip(pixel, seen, strict=True))


def test_a_picture_for_the_printer_is_taken_too() -> None:
    assert opened(drawn(picture("JPEG", mode="CMYK", color=(0, 0, 0, 0))).large).mode == "RGB"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_of_ours_is_refused_with_its_reason(name: str, media: Path) -> None:
    make, code = HOSTILE[name]
    upload = make()

    began = time.process_time()
    with pytest.raises(ValidationError) as refused:
        drawn(upload)

    assert refused.value.code == code
    assert time.process_time() - began < 5
    assert not media.exists()


@pytest.mark.parametrize("language, word", [("en", "damaged"), ("ar", "تالف"), ("fr", "endommagé")])
def test_the_reason_is_in_the_editors_language(language: str, word: str) -> None:
    upload = HOSTILE["half a JPEG"][0]()

    with translation.override(language), pytest.raises(ValidationError) as refused:
        drawn(upload)

    assert word in refused.value.messages[0]


# --- keeping -----------------------------------------------------------------------------


def test_files_are_named_by_what_is_in_the_large_one(media: Path) -> None:
    ours = drawn_picture(1)

    actions.store_picture(ours)

    digest = hashlib.sha256(ours.large).hexdigest()
    assert {path.name for path in media.iterdir()} == {f"{digest}-1600.webp", f"{digest}-640.webp"}
    assert (pictures.content(digest, 1600), pictures.content(digest, 640)) == (ours.large, ours.small)


def test_the_same_picture_is_kept_once(media: Path) -> None:
    for _time in range(2):
        actions.store_picture(drawn_picture(1))

    assert len([*media.iterdir()]) == 2


@pytest.mark.parametrize(
    "digest, width",
    [
        pytest.param("../secret", 640, id="a way out"),
        pytest.param("0" * 64, 640, id="nothing"),
        pytest.param("0" * 63 + "/", 640, id="a folder"),
        pytest.param("", 640, id="no name"),
    ],
)
def test_only_a_digest_leads_to_a_file(digest: str, width: int, media: Path) -> None:
    pictures.store(drawn_picture(1))
    (media.parent / "secret-640.webp").write_text("not for you")

    assert pictures.content(digest, width) is None


def test_there_is_no_third_size(media: Path) -> None:
    pictures.store(ours := drawn_picture(1))

    assert pictures.content(ours.digest, 641) is None


def test_a_full_library_takes_no_more_and_says_so(settings: Any) -> None:
    settings.MAX_PICTURES = 1
    actions.store_picture(drawn_picture(1))

    with pytest.raises(Refusal) as refused:
        actions.store_picture(drawn_picture(2))

    assert refused.value.code == "library_is_full"
    assert "1" in refused.value.message
    actions.store_picture(drawn_picture(1))


# --- sweeping ----------------------------------------------------------------------------


def grown_old(media: Path) -> None:
    for path in media.iterdir():
        os.utime(path, times=(time.time() - 25 * 3600,) * 2)


@pytest.mark.every_database
@pytest.mark.django_db
def test_an_upload_that_nothing_came_of_is_swept_after_a_day(media: Path) -> None:
    actions.store_picture(drawn_picture(1))
    grown_old(media)
    actions.store_picture(drawn_picture(2))

    assert actions.delete_unused_files() == 2
    assert {digest for digest, _path in pictures.stored_files()} == {drawn_picture(2).digest}


def replaced() -> None:
    image = publish_image()
    pictures.store(other := drawn_picture(9))
    publish_change(image, file=other.file)


def retracted() -> None:
    image = publish_image()
    retracting.retract(image, by=newest(image).author, reason="No longer ours.", language="en")
    assert not Image.objects.exists()


def proposed() -> None:
    pictures.store(ours := drawn_picture(7))
    proposal_of(snapshot_of("image", file=ours.file))


def proposed_for_another() -> None:
    image = publish_image()
    pictures.store(ours := drawn_picture(8))
    proposal_of(edited(image, file=ours.file), base=newest(image))


@pytest.mark.every_database
@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [publish_image, replaced, retracted, proposed, proposed_for_another],
    ids=lambda make: make.__name__,
)
def test_what_the_casebook_shows_showed_or_may_show_is_never_swept(make: Callable, media: Path) -> None:
    make()
    grown_old(media)
    before = {*media.iterdir()}

    assert actions.delete_unused_files() == 0
    assert {*media.iterdir()} == before != set()


@pytest.mark.one_database
@pytest.mark.django_db
def test_what_is_not_a_picture_of_ours_is_left_where_it_lies(media: Path) -> None:
    media.mkdir()
    (media / "notes.webp").write_text("mine")
    grown_old(media)

    assert actions.delete_unused_files() == 0
    assert (media / "notes.webp").exists()
