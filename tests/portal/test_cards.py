"""Each entry has a picture in shared links, drawn after publication, and none once it is retracted."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageChops

from cases.models import Case
from portal.cards import drawing, files
from portal.cards.contents import card_of
from portal.cards.drawing import Card, picture_of, png_of
from portal.jobs import draw_cards
from publishing.actions import retracting
from publishing.models import Entry
from tests.factories import publish_actor, publish_case, publish_change, publish_one_of_each
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MAX_BYTES = 60_000


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "cards"


@pytest.fixture
def case() -> Entry:
    return publish_case(
        slug="a-truce", title_en="A truce", title_ar="هدنة", outcome="holding", outcome_as_of="2020"
    )


def drawn(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.png"))


def card_address(client: Client, address: str) -> str:
    document = Document.of(client.get(address).content.decode())
    [card] = [one["content"] for one in document.all("meta", property="og:image")]
    return str(card).removeprefix("http://localhost:8000")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


# --- when, and at which address ---------------------------------------------------------------


def test_until_the_worker_came_the_general_picture_is_shown_and_then_its_own(
    client: Client, case: Entry
) -> None:
    address = card_address(client, "/en/cases/a-truce/")
    before = client.get(address)

    assert list(draw_cards(timezone.now())) == []
    after = client.get(address)

    assert address == "/cards/case/a-truce/1-en.png"
    assert (before.status_code, before["Cache-Control"]) == (302, "no-cache")
    assert before["Location"].startswith("/static/cards/en.")
    assert (after.status_code, after["Content-Type"]) == (200, "image/png")
    assert after["Cache-Control"] == "public, max-age=31536000, immutable"
    assert opened(after.content).size == (1200, 630)
    assert len(after.content) < MAX_BYTES


def test_a_page_in_each_language_names_a_card_in_its_language(client: Client, case: Entry) -> None:
    files.draw_new()

    cards = {language: card_address(client, f"/{language}/cases/a-truce/") for language in ("en", "ar", "fr")}

    assert cards["ar"] == "/cards/case/a-truce/1-ar.png"
    assert len({client.get(one).content for one in cards.values()}) == 3


def test_a_new_revision_has_a_new_card_and_the_old_address_leads_to_it(
    client: Client, case: Entry, folder: Path
) -> None:
    files.draw_new()
    publish_change(case, title_en="Another title")
    assert files.draw_new() == 1

    old = client.get("/cards/case/a-truce/1-en.png")

    assert (old.status_code, old["Location"]) == (302, "/cards/case/a-truce/2-en.png")
    assert drawn(folder) == [f"{case.pk.hex}-2-{language}.png" for language in ("ar", "en", "fr")]
    assert client.get("/cards/case/a-truce/2-en.png").status_code == 200


def test_of_what_is_retracted_no_card_stays(client: Client, case: Entry, editor: Any, folder: Path) -> None:
    files.draw_new()
    retracting.retract(case, by=editor, reason="It never happened.", language="en")

    assert client.get("/cards/case/a-truce/1-en.png").status_code == 404
    files.draw_new()
    assert drawn(folder) == []


@pytest.mark.parametrize(
    "address",
    [
        "case/a-truce/9-en", "case/a-truce/1-de", "case/nothing/1-en", "actor/a-truce/1-en", "zzz/a-truce/1-en",
        f"case/a-truce/{10**30}-en",
    ],
)  # fmt: skip
def test_what_there_is_no_card_of_is_not_found(client: Client, case: Entry, address: str) -> None:
    assert client.get(f"/cards/{address}.png").status_code == 404


def test_other_pages_and_old_records_show_the_general_picture(client: Client, case: Entry) -> None:
    for address in ("cases/", "", "cases/a-truce/?as_of=1", "cases/a-truce/history/1/"):
        assert card_address(client, f"/en/{address}").startswith("/static/cards/en."), address


def test_nothing_is_drawn_twice_and_what_takes_long_goes_on(case: Entry, folder: Path) -> None:
    publish_actor()
    assert files.draw_new(seconds=-1) == 0
    assert files.draw_new() == 2
    assert files.draw_new() == 0
    assert len(drawn(folder)) == 6


def test_a_command_draws_all_anew_also_in_a_casebook_that_was_restored(case: Entry, folder: Path) -> None:
    files.draw_new()
    [one, *_others] = folder.glob("*.png")
    one.write_bytes(b"damaged")
    (folder / files.UPTO).write_text("999999")

    call_command("draw_cards")
    assert opened(one.read_bytes()).size == (1200, 630)
    (folder / files.UPTO).write_text("999999")
    publish_change(case, title_en="Another title")
    assert files.draw_new() == 1


def test_every_kind_of_entry_has_a_card() -> None:
    for entry in publish_one_of_each().values():
        for language in ("en", "ar", "fr"):
            card = card_of(entry, language)
            assert card.kind
            assert card.title == str(entry)
            assert card.is_rtl == (language == "ar")


# --- what it shows ----------------------------------------------------------------------------


def test_the_facts_of_a_case_stand_on_it_with_the_sign_of_its_outcome() -> None:
    case = publish_case(declared_on="2008-05-15", ended_on="2012", outcome="collapsed", outcome_as_of="2012")
    unknown = publish_case()

    card = card_of(Case.objects.get(pk=case.pk), "en")

    assert (card.kind, card.facts, card.mark) == (
        "Ceasefire case",
        "Collapsed · 15 May 2008 – 2012",
        "broken",
    )
    assert (card_of(unknown, "en").facts, card_of(unknown, "en").mark) == ("", "")


@cache
def blank(language: str, *, is_rtl: bool) -> Image.Image:
    """A card without texts."""
    return picture_of(Card(language, is_rtl, "", " "))


@cache
def ink(card: Card) -> Any:
    """The box around all that differs from the same card without texts."""
    difference = ImageChops.difference(picture_of(card), blank(card.language, is_rtl=card.is_rtl))
    return difference.point(lambda value: 255 if value > 40 else 0).getbbox()


def test_the_file_shows_what_was_drawn() -> None:
    card = Card("ar", True, "Kind", "هدنة غزة 2021", "Facts", "held")

    difference = ImageChops.difference(opened(png_of(card)), picture_of(card))

    # Of few colours, each stands for those that are like it.
    assert max(most for _least, most in difference.getextrema()) < 40


def test_arabic_begins_at_the_right_and_joins_its_letters() -> None:
    start, _top, end, _bottom = ink(Card("ar", True, "", "سلام"))
    apart = ink(Card("ar", True, "", "س\u200cل\u200cا\u200cم"))

    assert 1080 < end <= 1120
    # Letters that join take less room than the same letters apart.
    assert end - start < apart[2] - apart[0] - 20


@pytest.mark.parametrize(
    "text",
    [
        "هدنة غزة 2021",
        "UNIFIL في لبنان (2006)",
        "A truce: هدنة, 2008",
        "Türkiye İstanbul",
        "Trêve d’été : l’accord",
    ],
)
@pytest.mark.parametrize("is_rtl", [True, False])
def test_each_script_is_drawn_whole(text: str, is_rtl: bool) -> None:
    whole = ink(Card("ar" if is_rtl else "en", is_rtl, "", text))
    words = [ink(Card("ar" if is_rtl else "en", is_rtl, "", word)) for word in text.split() if word != ":"]

    assert all(words)
    assert whole[2] - whole[0] >= sum(one[2] - one[0] for one in words) * 0.95


ORDERS = [
    # From the start of the line: what an Arabic reader, or a Latin one, meets first.
    ("UNIFIL في لبنان: 2006", True, ["UNIFIL ", "في لبنان", ":", " ", "2006"]),
    ("لبنان: اتفاق", False, [" اتفاق", ":", "لبنان"]),
    ("A truce: هدنة غزة B", False, ["A truce: ", "هدنة غزة ", "B"]),
    ("هدنة A B", True, ["هدنة ", "A B"]),
]


@pytest.mark.parametrize("text, is_rtl, order", ORDERS)
def test_what_runs_the_other_way_stays_together_in_its_own_order(
    text: str, is_rtl: bool, order: list[str]
) -> None:
    runs = drawing._in_visual_order(drawing._runs(text, is_rtl=is_rtl), is_rtl=is_rtl)

    assert [run.text for run in runs] == order


@pytest.mark.parametrize("words", [1, 5, 20, 60, 400])
def test_a_long_title_stays_within_the_card(words: int) -> None:
    for is_rtl, word in ((False, "ceasefire"), (True, "الهدنة")):
        box = ink(Card("ar" if is_rtl else "en", is_rtl, "Kind", " ".join([word] * words), "Facts", "held"))

        assert box[0] >= 70
        assert box[1] >= 190
        assert box[2] <= 1130
        assert box[3] <= 610


def test_one_endless_word_breaks_nothing() -> None:
    assert opened(png_of(Card("en", False, "Kind", "x" * 500))).size == (1200, 630)
