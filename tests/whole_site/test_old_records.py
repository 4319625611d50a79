"""The record as it was, what cannot be asked of a history, and what is left of a retracted entry."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from publishing.actions import retracting
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Revision
from tests.factories import (
    an_account,
    publish_case,
    publish_change,
    publish_place,
)
from tests.whole_site.conftest import ONCE
from tests.whole_site.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def published_on(revision: Revision, day: str) -> None:
    """Move a revision to noon of the day, behind the door's back."""
    noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    Revision.objects.filter(pk=revision.pk).update(created_at=noon)


@pytest.fixture
def retracted(truce: Any) -> Any:
    """The truce, taken away from the public."""
    retracting.retract(truce, by=an_account(), reason="It never happened.", language="en")
    return truce


# --- the record as it was ----------------------------------------------------------------


def test_the_record_as_of_a_revision_says_what_it_said_then_and_that_it_is_old(
    client: Client, truce: Any
) -> None:
    then, now = (read(client, f"{truce.get_absolute_url()}{asked}") for asked in ("?as_of=1", ""))

    assert ONCE in then.text
    assert "This is the record as it was" in then.text
    assert "revision 1" in then.text
    assert ONCE not in now.text
    assert "Fire ceases" in now.text
    assert "Fire ceases" not in then.text


@pytest.mark.every_database
def test_the_record_as_of_a_day_is_what_was_public_at_its_end(client: Client, truce: Any) -> None:
    for number, day in ((1, "2020-03-01"), (2, "2020-03-05"), (3, "2021-01-01")):
        published_on(Revision.objects.get(entry=truce.pk, number=number), day)

    def found(day: str) -> str:
        return read(client, f"{truce.get_absolute_url()}?as_of={day}").text

    assert "revision 1" in found("2020-03-04")
    assert "revision 2" in found("2020-03-05")
    assert "revision 2" in found("2020-12-31")
    assert "revision 3" in found("2030-01-01")


@pytest.mark.every_database
def test_before_it_was_published_there_is_no_record_and_a_page_says_so(client: Client, truce: Any) -> None:
    for asked in ("1999-12-31", "4", "0"):
        answer = client.get(f"{truce.get_absolute_url()}?as_of={asked}")

        assert answer.status_code == 404, asked
        assert "There is no such record" in answer.content.decode()
        assert ONCE not in answer.content.decode()


def test_looking_back_writes_nothing(client: Client, truce: Any, all_rows: Callable) -> None:
    before = all_rows()

    for asked in ("?as_of=1", "history/", "history/2/", "history/3/?with=1"):
        read(client, f"{truce.get_absolute_url()}{asked}")

    assert all_rows() == before


def test_an_old_record_shows_what_points_to_entries_that_were_retracted_since(client: Client) -> None:
    place = publish_place(title_en="Gone place")
    case = publish_case(countries=[place])
    publish_change(case, countries=[])
    retracting.retract(place, by=an_account(), reason="A duplicate.", language="en")

    page = read(client, f"{case.get_absolute_url()}?as_of=1")

    assert "Gone place" in page.text
    assert Entry.objects.get(pk=place.pk).is_retracted


def test_an_old_record_says_when_it_was_true_and_may_be_kept_for_an_hour(client: Client, truce: Any) -> None:
    published_on(Revision.objects.get(entry=truce.pk, number=1), "2020-03-01")

    answer = client.get(f"{truce.get_absolute_url()}?as_of=1")

    assert answer["Memento-Datetime"] == "Sun, 01 Mar 2020 12:00:00 GMT"
    assert answer["Link"].startswith(f'<{settings.SITE_URL}{truce.get_absolute_url()}>; rel="original"')
    assert answer["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("days_ago, kept", [(1, "public, max-age=3600"), (0, "no-cache"), (-1, "no-cache")])
def test_what_is_public_at_the_end_of_a_day_may_be_kept_once_it_is_over(
    client: Client, truce: Any, days_ago: int, kept: str
) -> None:
    published_on(Revision.objects.get(entry=truce.pk, number=1), "2020-03-01")
    day = timezone.now().date() - datetime.timedelta(days=days_ago)

    answer = client.get(f"{truce.get_absolute_url()}?as_of={day}")

    assert answer["Cache-Control"] == kept


# --- what cannot be asked ----------------------------------------------------------------

NONSENSE = ["x", "", "-1", "1.5", "1e3", "９", pytest.param("9" * 40, marks=pytest.mark.every_database), pytest.param("%00", marks=pytest.mark.every_database), "..", "<script>alert(1)</script>", "2020-13-01",
            "2020-02-30", "0000-00-00", "2020-1-1", "1 OR 1=1"]  # fmt: skip


@pytest.mark.parametrize("text", ["١", " 1"], ids=["in Arabic digits", "with a space"])
def test_a_revision_is_understood_as_people_write_its_number(client: Client, truce: Any, text: str) -> None:
    answer = client.get(f"{truce.get_absolute_url()}history/", {"of": "2", "with": text})

    assert answer.headers["Location"].endswith("/history/2/?with=1")


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_no_revision_and_no_day_is_answered_with_a_plain_page(
    client: Client, truce: Any, text: str
) -> None:
    client.raise_request_exception = False
    for asked in (
        f"?as_of={text}",
        f"history/2/?with={text}",
        f"history/?of={text}&with=1",
        f"history/?of=2&with={text}",
    ):
        answer = client.get(f"{truce.get_absolute_url()}{asked}")

        assert answer.status_code == 400, asked
        said = answer.content.decode()
        assert "<h1" in said
        assert "<script>alert" not in said


@pytest.mark.parametrize(
    "asked",
    [
        "0/",
        "4/",
        "999999/",
        "2/?with=0",
        "2/?with=4",
        pytest.param("2/?with=999999999", marks=pytest.mark.every_database),
        pytest.param(f"{'9' * 40}/", marks=pytest.mark.every_database),
    ],
)
def test_a_revision_that_is_not_there_is_not_found(client: Client, truce: Any, asked: str) -> None:
    answer = client.get(f"{truce.get_history_url()}{asked}")

    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_an_entry_that_is_not_there_has_no_history(client: Client, truce: Any) -> None:
    for address in (
        "/en/cases/nowhere/history/",
        "/en/cases/nowhere/history/1/",
        "/en/actors/a-truce/history/",
    ):
        assert client.get(address).status_code == 404


def test_a_page_number_that_is_none_leads_to_one_that_is(client: Client, truce: Any) -> None:
    for number in ("0", "x", "-3", "99999", "9" * 50):
        assert "Revision 3" in read(client, f"{truce.get_history_url()}?page={number}").text


# --- retracted ---------------------------------------------------------------------------


def test_of_a_retracted_entry_the_notes_stay_public_and_what_it_said_does_not(
    client: Client, retracted: Any
) -> None:
    page = read(client, retracted.get_history_url())

    assert [one["id"] for one in page.all("li") if one["id"].startswith("revision-")] == [
        "revision-4", "revision-3", "revision-2", "revision-1",
    ]  # fmt: skip
    assert "It never happened." in page.text
    assert "A test wants it." in page.text
    assert (
        not {link["href"] for link in page.all("a") if "as_of" in link["href"] or "history/" in link["href"]}
        - {f"/{language}/cases/a-truce/history/" for language in PAGE_LANGUAGES}
        - {f"{retracted.get_history_url()}feed.xml"}
    )


def test_no_address_of_a_retracted_entry_says_what_it_said(client: Client, retracted: Any) -> None:
    addresses = [
        "", "history/", *(f"history/{number}/" for number in (1, 2, 3, 4)), "history/3/?with=1", "history/?of=3&with=1",
        "history/feed.xml", "history/timemap/", "history/timegate/", "history/1/cite.bib", "history/2/cite.json",
        "?as_of=1", "?as_of=2", "?as_of=2030-01-01", f"?as_of={retracted.published_at:%Y-%m-%d}",
    ]  # fmt: skip
    for asked in addresses:
        answer = client.get(f"{retracted.get_absolute_url()}{asked}", follow=True)
        said = answer.content.decode()

        assert answer.status_code in {200, 404, 410}, asked
        assert ONCE not in said, asked
        assert "Fire ceases" not in said, asked


@pytest.mark.every_database
def test_what_is_restored_can_be_looked_back_on_but_for_the_time_without_it(
    client: Client, retracted: Any
) -> None:
    first = Revision.objects.get(entry=retracted.pk, number=3)
    retracting.restore(first, by=an_account(), note="It did happen.", language="en")

    assert client.get(f"{retracted.get_absolute_url()}?as_of=3").status_code == 200
    assert client.get(f"{retracted.get_absolute_url()}?as_of=4").status_code == 404
    assert client.get(f"{retracted.get_history_url()}4/").status_code == 200
