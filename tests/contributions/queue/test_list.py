"""The list of what waits, and the way through it."""

from urllib.parse import urlencode

import pytest
from django.conf import settings as ours
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contributions.models import Contribution
from tests.contributions.queue.pages import page_of, press, waiting
from tests.factories import a_contribution, edited, key, newest, publish_actor, publish_case, publish_theme
from tests.whole_site.reading import Document

pytestmark = pytest.mark.one_database


@pytest.mark.every_database
def test_the_list_says_in_words_how_late_each_is_and_who_sent_how_much(desk: Client) -> None:
    theme = publish_theme()
    for days in (0, 3, 7):
        waiting(theme, days, summary_en=f"{days}", said={"sender": "abcdef123456"})

    page = desk.get(reverse("admin:contributions_contribution_changelist")).content.decode()

    assert page.index("7 days, very late") < page.index("3 days, late") < page.index("today")
    assert 'class="age very-late"' in page
    assert "(3 waiting)" in page
    assert ">abcdef</code>" in page


@pytest.mark.every_database
@pytest.mark.parametrize(
    "query, count",
    [
        ("", 2), ("state=all", 3), ("state=declined", 1), ("kind=theme", 2), ("kind=case", 0), ("age=late", 1),
        ("age=fresh", 1), ("age=very_late", 0), ("language__exact=fr", 1), ("sender=aaaa", 1), ("fact=summary_en", 1),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_down(desk: Client, query: str, count: int) -> None:
    theme = publish_theme()
    waiting(theme, 4, summary_en="x", said={"sender": "aaaa", "facts": ",summary_en,"})
    waiting(theme, 0, summary_fr="x", said={"language": "fr", "facts": ",summary_fr,"})
    press(desk, waiting(theme, summary_ar="x", said={"language": "ar"}), "decline", because="unclear")

    shown = desk.get(f"{reverse('admin:contributions_contribution_changelist')}?{query}")

    assert shown.context["cl"].result_count == count


def test_the_list_asks_as_often_for_many_as_for_few(desk: Client) -> None:
    address = reverse("admin:contributions_contribution_changelist")
    theme = publish_theme()

    def queries() -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as captured:
            desk.get(address)
        return len(captured)

    waiting(theme, summary_en="x")
    few = queries()
    for one in range(12):
        waiting(theme, summary_en=f"{one}")

    assert queries() == few


@pytest.mark.every_database
def test_the_first_page_of_the_desk_says_how_many_wait(desk: Client) -> None:
    waiting(publish_theme(), summary_en="x")

    page = Document.of(desk.get(reverse("admin:index")).content.decode())

    assert "Proposals from the public 1" in [" ".join(one.text.split()) for one in page.all("h3")]
    assert "See all: Proposals from the public" in [
        one.text for one in page.all("a", href=reverse("admin:contributions_contribution_changelist"))
    ]


def test_the_settings_name_ages_in_order() -> None:
    assert 0 < ours.QUEUE_AGES["late"] < ours.QUEUE_AGES["very_late"]


def narrowed(one: Contribution, verb: str, **filters: str) -> str:
    names = {"decide": [one.pk, "decline"], "next": [one.pk]}
    address = reverse(f"admin:contributions_contribution_{verb}", args=names[verb])
    return f"{address}?{urlencode({'_changelist_filters': urlencode(filters)})}"


@pytest.mark.every_database
def test_the_next_is_the_next_of_the_list_as_it_was_narrowed_down(desk: Client) -> None:
    theme = publish_theme()
    first, _other, last = (
        waiting(theme, days, {"language": language}, summary_fr=f"{days}")
        for days, language in ((9, "ar"), (4, "en"), (1, "ar"))
    )

    skipped = desk.get(narrowed(first, "next", language__exact="ar"))
    page = desk.get(skipped.url).content.decode()
    declined = desk.post(narrowed(first, "decide", language__exact="ar"), {"because": "unclear"})
    over = desk.get(narrowed(last, "next", language__exact="ar"))

    assert skipped.url.startswith(page_of(last))
    assert declined.url == skipped.url
    assert page.count("_changelist_filters=language__exact%3Dar") > 3
    assert over.url.endswith("/contribution/?language__exact=ar")


@pytest.mark.every_database
def test_filters_that_nobody_can_read_narrow_nothing(desk: Client) -> None:
    theme = publish_theme()
    first, second = waiting(theme, 4, summary_fr="4"), waiting(theme, 1, summary_fr="1")

    assert desk.get(narrowed(first, "next", sent_at__nonsense="x")).url.startswith(page_of(second))


@pytest.mark.every_database
@pytest.mark.parametrize("word", ["Geneva", "جنيف", "Genève"])
def test_the_list_is_searched_by_the_title_in_each_language(desk: Client, word: str) -> None:
    waiting(publish_theme(title_en="Geneva", title_ar="جنيف", title_fr="Genève"), summary_en="x")
    waiting(publish_theme(), summary_en="x")

    page = desk.get(reverse("admin:contributions_contribution_changelist"), {"q": word})

    assert page.context["cl"].result_count == 1


# --- what a row says -----------------------------------------------------------------------------------


def listed(desk: Client) -> str:
    return desk.get(reverse("admin:contributions_contribution_changelist")).content.decode()


def test_a_row_says_old_and_new_value_reason_and_source(desk: Client) -> None:
    theme = publish_theme(summary_en="Before.")
    waiting(theme, summary_en="After.", said={"source_reference": "S/2022/932", "source_page": "p. 4"})

    page = listed(desk)

    assert "<del><bdi>Before.</bdi></del>" in page
    assert "<ins><bdi>After.</bdi></ins>" in page
    assert "Summary (English)" in page
    assert Contribution.objects.get().reason in page
    assert "S/2022/932, p. 4" in page


def test_a_row_shows_two_changes_and_counts_the_others(desk: Client) -> None:
    waiting(publish_theme(), summary_en="1", summary_fr="2", summary_ar="3", title_fr="4", title_ar="5")

    page = listed(desk)

    assert page.count('class="short-change"') == 2
    assert ">+3</span>" in page


def test_a_row_shows_long_texts_where_they_differ(desk: Client) -> None:
    text = "A long sentence that both have in common. " * 8
    waiting(publish_theme(summary_en=f"{text}It held."), summary_en=f"{text}It failed.")

    page = listed(desk)

    assert "It held.</bdi></del>" in page
    assert "It failed.</bdi></ins>" in page
    assert text not in page


def test_rows_of_rows_are_named_without_a_query_for_each(desk: Client) -> None:
    address = reverse("admin:contributions_contribution_changelist")
    provisions = [{"id": key(), "text_en": f"Provision {number}"} for number in range(3)]
    case = publish_case(rows={"provision": provisions, "participation": [{"actor": publish_actor()}]})

    def queries() -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as captured:
            desk.get(address)
        return len(captured)

    def send(count: int) -> None:
        for number in range(count):
            rows = {
                "assessment": [{"provision": provisions[number % 3]["id"]}],
                "participation": [{"actor": publish_actor()}],
            }
            a_contribution(edited(case, rows), base=newest(case))

    send(1)
    few = queries()
    send(8)

    assert queries() == few
    assert "Provision 2" in listed(desk)
