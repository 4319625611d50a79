"""What the public sees of pictures: their pages, their files, and where they are shown."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.actions import retracting, reviewing
from sources import pictures
from sources.models import Image
from tests.factories import (
    an_account,
    drawn_picture,
    newest,
    proposal_of,
    publish_case,
    publish_change,
    publish_image,
    publish_pillar,
    snapshot_of,
)
from tests.whole_site.reading import Document, Element

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WAYS_OUT = [
    "/media/../../config/settings.py",
    "/media/..%2f..%2fconfig%2fsettings.py-640.webp",
    "/media/%2e%2e/sulh.sqlite3",
    "/media/....//sulh.sqlite3-640.webp",
    "/media/%252e%252e%252fsulh-640.webp",
    f"/media/{'0' * 64}-640.webp",
    f"/media/{'0' * 64}-640.webp%00.html",
]


def shown(client: Client, address: str) -> Element:
    (pixels,) = Document.of(client.get(address).content.decode()).all("img", class_="pixels")
    return pixels


def test_a_published_file_is_there_for_everybody_and_for_good(client: Client) -> None:
    image = publish_image()

    for address, width in ((image.large, 1600), (image.small, 640)):
        answer = client.get(address)

        assert answer.content == pictures.content(image.digest, width)
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in answer.get("Vary", "")


def addresses_of(drawn: pictures.EncodedPicture) -> list[str]:
    image = Image(file=drawn.file)
    return [image.large, image.small]


def test_an_unpublished_file_is_there_for_the_desk_alone(client: Client, editor: Any, reader: Any) -> None:
    pictures.store(ours := drawn_picture(901))
    proposal_of(snapshot_of("image", file=ours.file))

    for address in addresses_of(ours):
        for account, status in ((None, 404), (reader, 404), (editor, 200)):
            client.logout()
            if account is not None:
                client.force_login(account)
            answer = client.get(address)

            assert answer.status_code == status
            assert "public" not in answer.get("Cache-Control", "")


def test_what_a_picture_showed_before_or_was_retracted_is_not_public(client: Client) -> None:
    replaced, gone = publish_image(), publish_image()
    pictures.store(other := drawn_picture(902))
    publish_change(replaced, file=other.file)
    retracting.retract(gone, by=newest(gone).author, reason="Not ours to show.", language="en")

    assert client.get(replaced.large).status_code == client.get(gone.large).status_code == 404
    assert client.get(addresses_of(other)[0]).status_code == 200
    assert client.get(f"/en/pictures/{gone.slug}/").status_code == 410


@pytest.mark.parametrize("address", WAYS_OUT)
def test_no_address_leads_out_of_the_folder(address: str, client: Client, administrator: Any) -> None:
    client.force_login(administrator)

    assert client.get(address).status_code == 404


def test_there_are_two_sizes_and_no_other(client: Client) -> None:
    image = publish_image()

    for width in ("1", "641", "9" * 5000, "-640", "٦٤٠"):
        assert client.get(image.small.replace("640", width)).status_code == 404


def test_a_case_and_a_section_show_their_picture(client: Client) -> None:
    image = publish_image(file="a" * 64 + "-1600x900", alternative_fr="Une poignée de main")
    case, pillar = publish_case(picture=image), publish_pillar(rows={"section": [{"picture": image}]})

    for entry in (case, pillar):
        pixels = shown(client, entry.get_absolute_url().replace("/en/", "/fr/"))

        assert (pixels["alt"], pixels["lang"]) == ("Une poignée de main", "")
        assert (pixels["width"], pixels["height"], pixels["loading"]) == ("1600", "900", "lazy")
        assert pixels["srcset"] == f"{image.small} 640w, {image.large} 1600w"


def test_a_picture_without_words_in_the_readers_language_says_which_it_has(client: Client) -> None:
    case = publish_case(picture=publish_image(alternative_en="A handshake"))

    pixels = shown(client, case.get_absolute_url().replace("/en/", "/ar/"))

    assert (pixels["alt"], pixels["lang"]) == ("A handshake", "en")


def test_a_decorative_picture_is_silent(client: Client) -> None:
    image = publish_image(alternative_en="", is_decorative=True)

    pixels = shown(client, publish_case(picture=image).get_absolute_url())

    assert (pixels["alt"], pixels["lang"]) == ("", "")
    assert "alt" in pixels.attributes


@pytest.mark.parametrize(
    "language, shows", [("en", "Where it is shown"), ("ar", "أين تظهر"), ("fr", "Où elle figure")]
)
def test_the_page_of_a_picture_says_whose_it_is_and_where_it_is_shown(
    client: Client, language: str, shows: str
) -> None:
    image = publish_image(credit_en="Jane Doe", licence="cc_by_sa_4", origin="https://pictures.example/7")
    case, pillar = publish_case(picture=image), publish_pillar(rows={"section": [{"picture": image}]})

    page = client.get(f"/{language}/pictures/{image.slug}/").content.decode()

    links = {link["href"] for link in Document.of(page).all("a")}
    assert {one.get_absolute_url().replace("/en/", f"/{language}/") for one in (case, pillar)} <= links
    assert {"https://creativecommons.org/licenses/by-sa/4.0/", "https://pictures.example/7"} <= links
    assert "Jane Doe" in page
    assert shows in page


def test_terms_without_a_text_are_told_on_the_page(client: Client) -> None:
    image = publish_image(licence="by_permission", terms_en="By letter of 3 May 2026.")

    assert "By letter of 3 May 2026." in client.get(image.get_absolute_url()).content.decode()


def test_only_pictures_that_something_shows_are_in_the_sitemap(client: Client) -> None:
    used, unused = publish_image(), publish_image()
    publish_pillar(rows={"section": [{"picture": used}]})
    Image.objects.filter(pk=unused.pk).update(is_in_use=False)

    sitemap = client.get("/sitemap-entries.xml").content.decode()

    assert f"/en/pictures/{used.slug}/" in sitemap
    assert f"/en/pictures/{unused.slug}/" not in sitemap


def test_a_link_to_a_proposed_picture_shows_its_files_until_it_is_revoked(client: Client) -> None:
    pictures.store(ours := drawn_picture(911))
    pictures.store(another := drawn_picture(912))
    by = an_account()
    link, token = reviewing.share_preview(proposal_of(snapshot_of("image", file=ours.file)), by=by, days=1)

    pixels = shown(client, reverse("preview", args=[token]))
    answer = client.get(pixels["src"])

    assert pixels["src"].endswith(f"?preview={token}")
    assert f"-640.webp?preview={token} " in pixels["srcset"]
    assert (answer.status_code, answer.content) == (200, ours.large)
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(addresses_of(ours)[0]).status_code == 404
    assert client.get(f"{addresses_of(another)[0]}?preview={token}").status_code == 404
    assert client.get(f"{addresses_of(ours)[0]}?preview=x{token}").status_code == 404
    reviewing.revoke_preview(link, by=by)
    assert client.get(pixels["src"]).status_code == 404


def test_a_published_picture_is_asked_for_without_any_token(client: Client) -> None:
    image = publish_image()

    assert "preview" not in shown(client, f"{image.get_absolute_url()}?preview=abc")["src"]
