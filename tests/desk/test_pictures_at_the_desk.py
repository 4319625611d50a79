"""Uploading a picture, using it, and removing it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from publishing.actions import retracting
from publishing.models import Proposal, Revision
from publishing.rules import Refusal
from sources import pictures
from sources.models import Image
from tests.desk.sheets import NOTE, Sheet
from tests.factories import newest, publish_case, publish_image, publish_pillar
from tests.sources.uploads import HOME, HOSTILE, exif, picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HANDSHAKE = {
    "title_en": "A handshake",
    "slug": "a-handshake",
    "alternative_en": "Two men shake hands",
    "credit_en": "Jane Doe",
    "licence": "cc_by_4",
}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def uploaded(content: bytes, name: str = "../../IMG_0001 home.php.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def send(desk: Client, content: bytes | None, **typed: Any) -> HttpResponse:
    """The form data of a new picture."""
    sheet = Sheet.new(desk, "image", **(HANDSHAKE | typed)).type(**NOTE)
    if content is None:
        return sheet.save()
    sheet.values["upload"] = [uploaded(content)]
    return sheet.save()


def test_an_upload_becomes_a_published_picture_with_nothing_but_its_pixels(desk: Client, media: Path) -> None:
    answer = send(desk, picture(size=(2000, 1500), exif=exif()))

    assert answer.status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, image.revision) == (1600, 1200, 1)
    assert {path.name for path in media.iterdir()} == {
        f"{image.digest}-{width}.webp" for width in (1600, 640)
    }
    for path in media.iterdir():
        assert not [one for one in (HOME, b"SpyCam", b"Exif", b"EXIF") if one in path.read_bytes()]
    assert "IMG_0001" not in str(newest(image).snapshot)


@pytest.mark.parametrize("language, word", [("en", "whole JPEG"), ("ar", "صورة كاملة"), ("fr", "entière")])
def test_what_is_no_picture_is_refused_in_the_editors_language(
    desk: Client, media: Path, language: str, word: str
) -> None:
    sheet = Sheet(desk, f"/{language}/admin/sources/image/add/").type(**HANDSHAKE, **NOTE)
    sheet.values["upload"] = [uploaded(HOSTILE["SVG"][0]())]

    answer = sheet.save()

    assert answer.status_code == 200
    assert word in answer.content.decode()
    assert (Image.objects.count(), Proposal.objects.count(), media.exists()) == (0, 0, False)


def test_a_new_picture_needs_its_file(desk: Client) -> None:
    assert "Choose the file of the picture." in send(desk, None).content.decode()


def test_what_is_far_too_large_is_refused_and_its_end_never_taken_in(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    plain = pictures.re_encode

    def watched(upload: Any, size: int) -> pictures.EncodedPicture:
        sizes.append(size)
        return plain(upload, size)

    monkeypatch.setattr(pictures, "re_encode", watched)

    answer = send(desk, picture() + bytes(20 * 1024 * 1024))

    assert "larger than 8 MB" in answer.content.decode()
    assert not Image.objects.exists()
    assert pictures.MAX_BYTES < sizes[0] <= pictures.MAX_BYTES + 128 * 1024


def test_a_full_library_says_so_in_the_form(desk: Client, settings: Any) -> None:
    settings.MAX_PICTURES = 0

    assert "The library is full" in send(desk, picture()).content.decode()


def test_a_mistake_elsewhere_costs_no_upload(desk: Client) -> None:
    first = Sheet.new(desk, "image", **HANDSHAKE).type(**NOTE, alternative_en="")
    first.values["upload"] = [uploaded(picture())]
    refused = first.save()
    assert "Say in at least one language what the picture tells" in refused.content.decode()

    second = Sheet.new(desk, "image", **HANDSHAKE).type(**NOTE)
    second.values["earlier_upload"] = [refused.context["adminform"].form.data["earlier_upload"]]

    assert second.save().status_code == 302
    assert Image.objects.get().width == 64


@pytest.mark.parametrize("kept", ["f" * 64 + "-64x48", "f" * 64 + "-64x48:forged", "../../etc/passwd"])
def test_nobody_names_a_file_that_they_did_not_send(desk: Client, kept: str) -> None:
    sheet = Sheet.new(desk, "image", **HANDSHAKE).type(**NOTE)
    sheet.values["earlier_upload"] = [kept]

    assert "Choose the file of the picture." in sheet.save().content.decode()
    assert not Image.objects.exists()


def test_words_change_without_another_upload_and_the_file_with_one(desk: Client) -> None:
    image = publish_image()

    assert Sheet.of(desk, image, credit_en="John Doe").save().status_code == 302
    assert Image.objects.get().file == image.file
    sheet = Sheet.of(desk, image)
    sheet.values["upload"] = [uploaded(picture("PNG"))]
    assert sheet.save().status_code == 302

    assert Image.objects.get().file != image.file
    assert Image.objects.get().credit_en == "John Doe"


def test_the_same_picture_is_not_taken_twice(desk: Client) -> None:
    send(desk, picture())

    answer = send(desk, picture(), slug="another")

    assert "That picture is in the library already." in answer.content.decode()


def test_what_uses_a_picture_is_shown_before_it_is_withdrawn(desk: Client, editor: Any) -> None:
    image = publish_image()
    case, pillar = publish_case(picture=image), publish_pillar(rows={"section": [{"picture": image}]})
    revisions = Revision.objects.count()

    page = desk.get(reverse("admin:sources_image_delete", args=[image.pk])).content.decode()

    for user in (case, pillar):
        assert reverse("admin:publishing_entry_change", args=[user.pk]) in page
        assert str(user) in page
    assert 'value="Retract" disabled' in page
    with pytest.raises(Refusal) as refused:
        retracting.retract(image, by=editor, reason="Not ours.", language="en")
    assert refused.value.code == "in_use"
    assert Revision.objects.count() == revisions


def test_a_picture_that_nothing_uses_can_be_withdrawn(desk: Client) -> None:
    image = publish_image()
    address = reverse("admin:sources_image_delete", args=[image.pk])
    page = desk.get(address).content.decode()

    assert "Nothing uses it." in page
    assert "disabled" not in page
    assert desk.post(address, {"note": "Not ours.", "note_language": "en"}).status_code == 302
    assert not Image.objects.exists()


def test_the_form_shows_the_picture_and_where_it_is_shown(desk: Client) -> None:
    image = publish_image()
    case = publish_case(picture=image)

    page = desk.get(reverse("admin:sources_image_change", args=[image.pk])).content.decode()

    assert image.small in page
    assert case.get_absolute_url() in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_form_without_a_picture_yet_shows_no_word_of_the_program(desk: Client, language: str) -> None:
    page = desk.get(f"/{language}/admin/sources/image/add/").content.decode()

    assert 'class="readonly">None' not in page
    assert ">None<" not in page
