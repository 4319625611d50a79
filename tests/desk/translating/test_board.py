"""The board of the translation desk: what is behind is found."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.actions import retracting
from publishing.models import Entry, Translation
from tests.desk.translating.board import BOARD, desk_of
from tests.factories import an_account, publish_case, publish_change, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def titles(client: Client, query: str = "") -> list[str]:
    return [str(row["entry"]) for row in client.get(BOARD + query).context["rows"]]


def test_the_board_shows_the_longest_stale_first(desk: Client, case: Entry) -> None:
    publish_theme(title_en="Untouched")
    later = publish_theme(title_en="Later", title_ar="لاحق")
    publish_change(later, title_en="Much later")

    assert titles(desk) == ["New", "Much later", "Untouched"]


@pytest.mark.parametrize(
    "query, found",
    [
        ("?language=ar&state=stale", ["New"]),
        ("?language=fr&state=stale", []),
        ("?state=stale", ["New"]),
        ("?language=fr&state=missing", ["Whole"]),
        ("?language=fr&state=done", ["New"]),
        ("?state=done", []),
        ("?kind=theme", ["Whole"]),
        ("?q=ديم", ["New"]),
        ("?q=nothing+like+it", []),
        ("?kind=nonsense&language=xx&state=&q=&page=zzz", ["New", "Whole"]),
        ("?q=" + "a" * 5000, []),
    ],
)
def test_the_board_answers_what_is_asked(desk: Client, case: Entry, query: str, found: list[str]) -> None:
    publish_theme(title_en="Whole", title_ar="كامل")

    assert titles(desk, query) == found


def test_retracted_entries_are_not_on_the_board(desk: Client, case: Entry) -> None:
    retracting.retract(case, by=an_account(), reason="Gone.", language="en")

    assert titles(desk) == []
    assert desk.get(desk_of(case)).status_code == 404


def test_the_board_asks_as_often_for_twenty_entries_as_for_one(desk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(BOARD).status_code == 200
        return len(captured)

    publish_theme()
    desk.get(BOARD)
    few = queries()
    for _number in range(20):
        publish_theme()

    assert queries() == few


def test_lists_can_be_narrowed_to_what_is_stale(desk: Client, case: Entry) -> None:
    publish_case(title_en="Fresh")
    address = "/en/admin/cases/case/"

    assert [str(one) for one in desk.get(f"{address}?stale=ar").context["cl"].result_list] == ["New"]
    assert len(desk.get(f"{address}?stale=fr").context["cl"].result_list) == 0
    assert len(desk.get(f"{address}?stale=nonsense").context["cl"].result_list) == 2


def test_the_first_page_and_the_entrys_form_lead_there(desk: Client, case: Entry) -> None:
    form = desk.get(f"/en/admin/cases/case/{case.pk}/change/").content.decode()

    assert BOARD in desk.get("/en/admin/").content.decode()
    assert desk_of(case) in form
    assert desk_of(case, "en") not in form


def test_the_first_page_of_the_desk_leads_to_what_is_stale(desk: Client, case: Entry) -> None:
    page = Document.of(desk.get("/en/admin/").content.decode())

    links = {link["href"]: link.text for link in page.all("a")}
    assert links[desk_of(case)] == "New"
    assert f"{BOARD}?state=stale" in links
    assert desk_of(case, "fr") not in links


@pytest.mark.parametrize(
    "language, written", [("en", "11,338 done"), ("ar", "منجزة: 11,338"), ("fr", "11\u202f338")]
)
def test_large_numbers_are_written_as_the_language_writes_them(
    desk: Client, case: Entry, language: str, written: str
) -> None:
    Translation.objects.update(done=11338)

    for address in (f"/{language}/admin/translations/", f"/{language}/admin/translations/next/ar/"):
        assert written in desk.get(address).content.decode()
