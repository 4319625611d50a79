"""Rows that are pasted into a form: looked at first, doubtful where anything could be meant, never guessed."""

import re
from typing import Any

import pytest
from django.test import Client

from publishing.models import Revision
from tests.desk.boxes import boxes_instead_of_html
from tests.desk.pasting.tables import meant, table
from tests.desk.sheets import Fields, add_page, boxes_of, change_page, send
from tests.factories import newest, publish_actor, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Pasting:
    """A form of a case into one part of which something is pasted."""

    def __init__(self, desk: Client, rows: str, address: str = "") -> None:
        self.desk, self.rows, self.address = desk, rows, address or add_page("case")
        self.values = boxes_of(desk, self.address).values

    def press(self, verb: str, **typed: str) -> "Pasting":
        self.html = self._send(verb, typed).content.decode()
        self.values = Fields(self.html).values
        return self

    def _send(self, verb: str, typed: dict[str, str]) -> Any:
        self.values |= {f"{self.rows}-paste{name}": [value] for name, value in typed.items()}
        answer = send(self.desk, self.address, self.values | {"_open": [f"{verb}:{self.rows}"]})
        assert answer.status_code == 200
        return answer

    def look(self, text: str) -> "Pasting":
        return self.press("look", **{"": text})

    @property
    def sum(self) -> tuple[str, ...]:
        """What is said of the whole."""
        found = re.search(r'class="pasted-sum"[^>]*>(.*?)</p>', self.html, re.S)
        return tuple(re.findall(r"<strong[^>]*>([^<]*)<", found[1])) if found else ()

    @property
    def columns(self) -> list[str]:
        """The box of each column."""
        names = sorted(name for name in self.values if f"{self.rows}-paste-column-" in name)
        return [self.values[name][0] for name in names]

    def put(self, **typed: str) -> list[dict[str, str]]:
        """The new rows of the form, whose page nobody looks at."""
        with boxes_instead_of_html() as found:
            self._send("put", typed)
        self.values = found[0].values
        count = int(self.values[f"{self.rows}-TOTAL_FORMS"][0])
        begins = [f"{self.rows}-{number}-" for number in range(count)]
        return [
            {
                name.removeprefix(begin): value[0]
                for name, value in self.values.items()
                if name.startswith(begin)
            }
            for begin in begins
        ]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_two_hundred_rows_with_dirt_are_understood_in_any_language(desk: Client, language: str) -> None:
    pasting = Pasting(desk, "events").look(table(language))

    assert pasting.columns == ["happened_on", "event_type", "title_en"]
    assert pasting.sum == ("200 rows are understood",)
    assert pasting.values["events-TOTAL_FORMS"] == ["0"]
    rows = pasting.put()
    assert [(row["happened_on"], row["event_type"], row["title_en"]) for row in rows] == [
        *map(meant, range(200))
    ]
    assert pasting.values["events-paste"] == [""]
    assert not Revision.objects.exists()


def test_pasted_rows_are_saved_with_the_form_and_stand_in_their_order(desk: Client) -> None:
    case = publish_case()
    pasting = Pasting(desk, "provisions", change_page(case))
    pasting.look("End of hostilities\t3\tArt. 1\nMonitoring and verification\t2\tArt. 4").put()
    said = {"public_note": ["A test wants it."], "override_reason": ["A test wants it."], "_save": [""]}

    assert desk.post(change_page(case), pasting.values | said).status_code == 302

    rows = newest(case).snapshot["rows"]["provision"].values()
    assert sorted((row["position"], row["topic"], row["strength"]) for row in rows) == [
        (0, "cessation", 3),
        (1, "monitoring", 2),
    ]


def test_a_date_of_numbers_alone_is_asked_about_and_not_guessed(desk: Client) -> None:
    text = "Date\tEvent\n03/10/2022\tOne\n23/10/2022\tTwo\n04-05-2021\tThree\n05/05/2021\tFour"
    pasting = Pasting(desk, "events").look(text)

    assert pasting.sum == ("2 rows are understood", "2 to check")
    assert "Which of them is the day, and which the month?" in pasting.html
    pasting.press("put")
    assert pasting.values["events-TOTAL_FORMS"] == ["0"]
    rows = pasting.put(**{"-0-0": "2022-03-10", "-2-0": "2021-05-04"})
    assert [row["happened_on"] for row in rows] == ["2022-03-10", "2022-10-23", "2021-05-04", "2021-05-05"]


def test_what_comes_first_in_dates_can_be_said_for_all(desk: Client) -> None:
    pasting = Pasting(desk, "events").look("Date\tEvent\n03/10/2022\tOne\n04/05/2021\tTwo")

    pasting.press("look", **{"-way-happened_on": "month"})

    assert pasting.sum == ("2 rows are understood",)
    assert [row["happened_on"] for row in pasting.put()] == ["2022-03-10", "2021-04-05"]


def test_a_year_of_two_digits_is_asked_about_at_each_date_or_once_for_all(desk: Client) -> None:
    text = "Date\tEvent\n3-Oct-21\tOne\n٤ تشرين الأول ٢١\tTwo\n05/04/21\tThree\n2020\tFour\nOct-21\tFive"
    pasting = Pasting(desk, "events").look(text)

    assert pasting.columns == ["happened_on", "title_en"]
    assert pasting.sum == ("One row is understood", "4 to check")
    options = re.findall(
        '<option value="([0-9-]+)">',
        pasting.html.partition('name="events-paste-2-0"')[2].partition("</select>")[0],
    )
    assert options == ["2021-04-05", "2021-05-04", "1921-04-05", "1921-05-04", "2005-04-21", "1905-04-21"]
    pasting.press("look", **{"-century-happened_on": "20"})
    assert pasting.sum == ("3 rows are understood", "2 to check")
    pasting.press("look", **{"-way-happened_on": "day", "-4-0": "2021-10"})
    assert [row["happened_on"] for row in pasting.put()] == [
        "2021-10-03",
        "2021-10-04",
        "2021-04-05",
        "2020",
        "2021-10",
    ]


def test_a_line_that_repeats_the_names_of_the_columns_is_left_out_and_that_is_said(desk: Client) -> None:
    pasting = Pasting(desk, "events").look("Date\tEvent\n2020\tOne\nDate\tEvent\n2021\tTwo")

    assert pasting.sum == ("2 rows are understood",)
    assert "<bdi>the names of the columns again</bdi>" in pasting.html
    assert [row["title_en"] for row in pasting.put()] == ["One", "Two"]


def test_actors_are_found_by_a_whole_name_alone_and_asked_about_where_several_have_it(desk: Client) -> None:
    mission = publish_actor(
        title_en="United Nations Mission", rows={"alias": [{"name": "بعثة الأمم المتحدة"}]}
    )
    twins = [publish_actor(title_en="The Front", slug=f"front-{number}") for number in range(2)]
    text = "united nations mission\tMonitor\nبعثه الامم المتحدة\tمراقب\nUnited Nations\tMonitor\nThe Front\tSignatory"
    pasting = Pasting(desk, "participations").look(text)

    assert pasting.columns == ["actor", "role"]
    assert pasting.sum == ("2 rows are understood", "2 to check")
    assert "Nothing in the casebook has this name." in pasting.html
    assert "Several have this name." in pasting.html
    assert pasting.values["participations-paste-2-0"] == ["United Nations"]
    rows = pasting.put(**{"-2-0": "United Nations Mission", "-3-0": str(twins[1].pk)})
    assert [row["actor"] for row in rows] == [str(one.pk) for one in (mission, mission, mission, twins[1])]


def test_a_doubtful_cell_can_be_left_empty(desk: Client) -> None:
    pasting = Pasting(desk, "events").look("2021\tsomething odd\tOne\n2022\tSignature\tTwo\n2023\tEnd\tThree")
    assert pasting.sum == ("2 rows are understood", "one to check")

    rows = pasting.put(**{"-0-1": ""})

    assert [row["event_type"] for row in rows] == ["", "signature", "end"]


def test_columns_can_be_changed_and_left_out(desk: Client) -> None:
    pasting = Pasting(desk, "events").look("2021\tOne\tSecret\n2022\tTwo\tSecret")
    assert pasting.columns == ["happened_on", "title_en", ""]

    rows = pasting.put(**{"-column-0": "until_on", "-column-2": "title_fr"})

    assert [(row["until_on"], row["happened_on"], row["title_fr"]) for row in rows] == [
        ("2021", "", "Secret"),
        ("2022", "", "Secret"),
    ]


MERGED = "Timeline of the truce\t\t\t\r\n\r\nDate\u00a0:\tType\tماذا حدث\tPage\r\n3 October 2021\tSignature\tوُقّع\t7\r\n\t\tمحادثات\t8\r\n"


def test_what_becomes_part_of_no_row_is_said_and_cells_that_were_merged_stay_empty(desk: Client) -> None:
    pasting = Pasting(desk, "events").look(MERGED)

    assert pasting.columns == ["happened_on", "event_type", "title_ar", ""]
    assert pasting.sum == ("2 rows are understood",)
    left_out = re.search("Left out:(.*?)</p>", pasting.html, re.S)
    assert left_out
    assert re.findall("<bdi>(.*?)</bdi>", left_out[1]) == ["Timeline of the truce", "Page"]
    rows = pasting.put()
    assert [(row["happened_on"], row["title_ar"]) for row in rows] == [("2021-10-03", "وُقّع"), ("", "محادثات")]


def test_a_line_with_several_cells_is_no_title_of_a_table(desk: Client) -> None:
    pasting = Pasting(desk, "events").look(
        "3 October 2021\tSignature\tx\n4 October 2021\tSignature\ty\nDate\tType\tWhat happened\n"
    )

    assert "events-paste-head" not in pasting.values
    assert pasting.sum == ("2 rows are understood", "one to check")


def test_what_was_said_of_another_text_is_forgotten(desk: Client) -> None:
    pasting = Pasting(desk, "events").look("2021\tOne")
    pasting.press("look", **{"-column-0": "until_on"})

    pasting.look("2022\tTwo")

    assert pasting.columns == ["happened_on", "title_en"]


def test_a_form_is_not_saved_while_something_pasted_is_no_row_yet(desk: Client) -> None:
    case = publish_case()
    pasting = Pasting(desk, "events", change_page(case))
    said = {"events-paste": ["2021\tOne"], "public_note": ["A test wants it."], "finding_en": ["It held."]}

    answer = desk.post(change_page(case), pasting.values | said | {"_save": [""]})

    page = answer.content.decode()
    assert "What you pasted is among the rows not yet" in page
    assert Fields(page).values["events-paste"] == ["2021\tOne"]
    assert newest(case).number == 1


def test_too_much_is_refused_with_words_and_kept(desk: Client) -> None:
    pasting = Pasting(desk, "events").look("2021\tOne\n" * 502)

    assert "That is too much at once: at most 500 rows can be pasted." in pasting.html
    assert pasting.values["events-paste"][0].count("2021") == 502


@pytest.mark.parametrize(
    "typed",
    [
        {"": "<script>alert(1)</script>\t<b>2021</b>"},
        {"": "2021\tOne", "-of": "nonsense", "-column-0": "nothing"},
        {"": "a\u202eb\t2021-99-99\n"},
        {"": "2021\tOne", "-way-happened_on": "sideways", "-0-0": "x" * 5_000},
        {"": "\ufeff\ufffe\t\n" + "9" * 400},
    ],
)
def test_hostile_text_is_shown_as_text(desk: Client, typed: dict[str, str]) -> None:
    pasting = Pasting(desk, "events").press("look", **typed).press("put", **typed)

    assert "<script>alert" not in pasting.html
    assert "<b>2021" not in pasting.html


@pytest.mark.parametrize(
    "rows", ["documents", "assessment_set", "mechanisms", "breaches", "claims", "external_ids"]
)
def test_every_kind_of_row_takes_what_is_pasted(desk: Client, rows: str) -> None:
    pasting = Pasting(desk, rows).look("2021\tSomething\nx\ty")

    assert pasting.sum
    assert 'class="pasted-rows"' in pasting.html


def test_names_are_asked_for_at_once(desk: Client, django_assert_max_num_queries: Any) -> None:
    names = [publish_actor(title_en=f"Party {number}").title_en for number in range(30)]
    few, many = (Pasting(desk, "participations") for _time in range(2))
    with django_assert_max_num_queries(200) as counted:
        few.look("\n".join(f"{name}\tMonitor" for name in names[:2]))
    of_few = len(counted.captured_queries)
    with django_assert_max_num_queries(200) as counted:
        many.look("\n".join(f"{name}\tMonitor" for name in names))

    assert many.sum == ("30 rows are understood",)
    assert len(counted.captured_queries) <= of_few


@pytest.mark.parametrize("language, place", [("en", "title_ar"), ("ar", "title_en")])
def test_rows_in_another_language_lie_in_their_lines_as_all_others(
    desk: Client, language: str, place: str
) -> None:
    text = {"title_ar": "توقيع الاتفاق", "title_en": "The agreement is signed"}[place]
    pasting = Pasting(desk, "events", add_page("case").replace("/en/", f"/{language}/", 1))
    pasting.look("\n".join(f"2020-10-{day}\tsignature\t{text}" for day in (23, 24))).press("put")

    rows = pasting.html[pasting.html.index('id="events-0"') :]
    for number in (0, 1):
        line, more = rows[rows.index(f'id="events-{number}"') :].split('<details class="more-of-row"')[:2]
        assert f'name="events-{number}-{place}"' in line
        assert more.startswith(">")
        other = {"title_ar": "title_en", "title_en": "title_ar"}[place]
        assert f'name="events-{number}-{other}"' in more
