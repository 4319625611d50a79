"""Pictures are shown in the colours that their profile means."""

import io
from typing import Any

import PIL.Image
import pytest
from PIL import ImageCms

from sources import pictures
from tests.sources import profiles

WANTED = (200, 80, 40)


def shown(picture: PIL.Image.Image, kind: str, profile: bytes | None) -> tuple[int, ...]:
    """The middle pixel of the upload, as readers see it."""
    written = io.BytesIO()
    options: dict[str, Any] = {"quality": 100} if kind == "JPEG" else {}
    picture.save(written, kind, icc_profile=profile, **options)
    stored = pictures.re_encode(written, written.tell())
    drawn = PIL.Image.open(io.BytesIO(stored.large))
    assert "icc_profile" not in drawn.info
    return drawn.convert("RGB").getpixel((32, 24))  # type: ignore[return-value]


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) <= 4 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("name", profiles.RGB)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_wider_colours_are_converted(name: str, kind: str) -> None:
    stored = profiles.in_profile(WANTED, name)
    picture = PIL.Image.new("RGB", (64, 48), stored)

    assert not is_near(stored, WANTED)
    assert is_near(shown(picture, kind, profiles.profile(name)), WANTED)


def test_the_pixel_of_the_field_is_the_colour_that_was_meant() -> None:
    picture = PIL.Image.new("RGB", (64, 48), (175, 81, 46))

    assert is_near(shown(picture, "PNG", profiles.profile("Adobe RGB")), WANTED)


def test_transparency_outlives_the_conversion() -> None:
    picture = PIL.Image.new("RGBA", (64, 48), (*profiles.in_profile(WANTED, "Display P3"), 0))
    written = io.BytesIO()
    picture.save(written, "PNG", icc_profile=profiles.profile("Display P3"))

    stored = pictures.re_encode(written, written.tell())

    assert PIL.Image.open(io.BytesIO(stored.large)).convert("RGBA").getpixel((32, 24))[3] == 0  # type: ignore[index]


def test_a_grey_picture_is_converted_from_its_own_grey() -> None:
    linear = PIL.Image.new("L", (64, 48), 55)

    assert is_near(shown(linear, "PNG", profiles.grey(gamma=1.0)), (128, 128, 128))


def test_a_picture_for_the_printer_without_a_profile_stays_as_it_was_read() -> None:
    picture = PIL.Image.new("CMYK", (64, 48), (0, 0, 0, 255))

    assert is_near(shown(picture, "JPEG", None), (0, 0, 0))


@pytest.mark.parametrize(
    "broken",
    [
        b"no profile",
        profiles.profile("Adobe RGB")[:200],
        ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
    ],
    ids=["nonsense", "cut", "of other colours"],
)
def test_a_broken_profile_counts_as_srgb(broken: bytes) -> None:
    picture = PIL.Image.new("RGB", (64, 48), WANTED)

    assert is_near(shown(picture, "PNG", broken), WANTED)
