"""A date is understood as the pages write it, in their three languages, and as people do."""

import datetime
from contextlib import suppress

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from publishing.fields.day_fields import DayField, MomentField
from publishing.fields.far_dates import ask_about_far_dates
from publishing.fields.partial_dates import PartialDate, PartialDateFormField
from publishing.fields.written_dates import NoSuchDay, NotADate, of_lunar_calendar, read_date
from publishing.languages import PAGE_LANGUAGES

DAY = "2022-10-03"


@pytest.mark.parametrize(
    "written",
    [
        "3 October 2022", "October 3, 2022", "October 3rd, 2022", "3 Oct. 2022", "3-Oct-2022", "the 3rd of October 2022",
        "Monday, 3 October 2022", "2022 October 3", "2022-10-03", "2022/10/3", "2022.10.03", "3/10/2022", "03.10.2022",
        "3-10-2022", "3 / 10 / 2022", "03\u200f/10\u200f/2022", " 2022-10-03", "\t2022-10-03", "\u200f2022-10-03",
        "2022-10-03\u200b", "2022\u201310\u201303", "2022-10-03 00:00:00", "2022-10-03T00:00:00Z",
        "3 octobre 2022", "le lundi 3 octobre 2022", "3 oct. 2022", "lun. 3 oct. 2022",
        "3 أكتوبر 2022", "٣ أكتوبر ٢٠٢٢", "٣ تشرين الأول ٢٠٢٢", "3 تشرين الأول/أكتوبر 2022", "٣/١٠/٢٠٢٢", "۲۰۲۲-۱۰-۰۳",
        "الإثنين، ٣ أكتوبر ٢٠٢٢", "يوم الاثنين 3 اكتوبر 2022م", "في 3 من شهر تشرين الأوّل سنة 2022",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert read_date(written).text == DAY


@pytest.mark.parametrize(
    "written, text",
    [
        ("October 2022", "2022-10"),
        ("10/2022", "2022-10"),
        ("2022/10", "2022-10"),
        ("octobre 2022", "2022-10"),
        ("أكتوبر 2022", "2022-10"),
        ("تشرين الأول ٢٠٢٢", "2022-10"),
        ("٢٠٢٢", "2022"),
        ("عام 2022", "2022"),
        ("1er octobre 2022", "2022-10-01"),
        ("03/25/2022", "2022-03-25"),
        ("04/03/2022", "2022-03-04"),
        ("déc. 2021", "2021-12"),
        ("1er août 2008", "2008-08-01"),
    ],
)
def test_so_much_of_a_date_is_read_as_is_written_and_the_day_comes_first(written: str, text: str) -> None:
    assert read_date(written).text == text


@pytest.mark.parametrize(
    "number, names",
    [
        (1, "يناير جانفي كانون\u00a0الثاني janvier January janv. Jan"),
        (2, "فبراير فيفري شباط février February févr. Feb"),
        (3, "مارس آذار mars March"),
        (4, "أبريل إبريل أفريل نيسان avril April"),
        (5, "مايو ماي أيار mai May"),
        (6, "يونيو جوان حزيران juin June"),
        (7, "يوليو جويلية يوليوز تموز juillet July"),
        (8, "أغسطس أوت غشت آب août aout August"),
        (9, "سبتمبر شتنبر أيلول septembre September Sept"),
        (10, "أكتوبر تشرين\u00a0الأول octobre October"),
        (11, "نوفمبر نونبر تشرين\u00a0الثاني novembre November"),
        (12, "ديسمبر دجنبر كانون\u00a0الأول décembre December"),
    ],
)
def test_a_month_is_known_by_each_of_its_names(number: int, names: str) -> None:
    read = {name: read_date(f"5 {name} 2008").month for name in names.split(" ")}

    assert read == dict.fromkeys(names.split(" "), number)


@given(st.dates(datetime.date(1501, 1, 1)), st.sampled_from((4, 7, 10)), st.sampled_from(PAGE_LANGUAGES))
def test_every_date_is_read_as_the_pages_write_it(day: datetime.date, known: int, language: str) -> None:
    date = PartialDate(day.isoformat()[:known])

    assert read_date(date.in_words(language)).text == date.text
    assert read_date(date.text).text == date.text


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", "12", "May", "Oct 22", "3/10/22", "10 2022", "20080", "3-4 October 2022", "3 March/October 2022",
        "2021 2022", "about 2022", "October 2022 or 2023", "3 3 October 2022", "x" * 500, "2022-10-03-01",
    ],
)  # fmt: skip
def test_what_may_mean_several_dates_is_none(written: str) -> None:
    with pytest.raises(NotADate):
        read_date(written)


@pytest.mark.parametrize("written", ["31 June 2022", "2022-13", "30/02/2020", "0/10/2022", "31/31/2022"])
def test_a_day_that_no_calendar_has_is_told_apart(written: str) -> None:
    with pytest.raises(NoSuchDay):
        _ = read_date(written).text


@given(st.text(max_size=90))
def test_any_text_is_a_date_or_none(text: str) -> None:
    with suppress(NotADate, NoSuchDay):
        assert PartialDate.parse(read_date(text).text)


# --- the Hijri calendar ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["1429-05-16", "1429", "١٤٢٩هـ", "16 جمادى الأولى 1429", "16 Jumada I 1429", "١٦/٥/١٤٢٩", "1429 AH"],
)
def test_a_hijri_date_is_asked_about(written: str) -> None:
    with pytest.raises(forms.ValidationError) as asked, translation.override("en"):
        PartialDateFormField().clean(written)

    assert asked.value.code == "hijri"
    assert "2008" in asked.value.messages[0]


def test_the_day_that_was_probably_meant_is_named() -> None:
    with pytest.raises(forms.ValidationError) as asked, translation.override("en"):
        PartialDateFormField().clean("1429-05-16")

    assert "22 May 2008" in asked.value.messages[0]


def test_a_year_of_the_solar_calendar_is_named_too() -> None:
    with pytest.raises(forms.ValidationError) as asked:
        PartialDateFormField().clean("1400")

    assert "1979 / 2021" in asked.value.messages[0]


@pytest.mark.parametrize("written", ["1429 CE", "1429م", "1429 apr. J.-C."])
def test_a_year_that_is_said_to_be_ours_is_taken(written: str) -> None:
    assert PartialDateFormField().clean(written) == PartialDate("1429")


@pytest.mark.parametrize(
    "hijri, ours", [((1, 1, 1), (622, 7, 19)), ((1429, 1, 1), (2008, 1, 10)), ((1445, 9, 1), (2024, 3, 11))]
)
def test_the_lunar_calendar_is_reckoned_within_a_day_or_two(hijri: tuple, ours: tuple) -> None:
    assert abs((of_lunar_calendar(*hijri) - datetime.date(*ours)).days) <= 2


# --- dates beside one another ------------------------------------------------------------------


class Dates(forms.Form):
    began = PartialDateFormField(required=False)
    ended = PartialDateFormField(required=False)

    def clean(self) -> None:
        ask_about_far_dates(self, [PartialDate("2009")])


@pytest.mark.parametrize(
    "sent, wrong",
    [
        ({"began": "2008", "ended": "2012"}, set()),
        ({"began": "2008", "ended": "2202"}, {"ended"}),
        ({"began": "1008-05-21"}, {"began"}),
        ({"began": "1008 CE"}, set()),
        ({"began": "1948"}, set()),
        ({}, set()),
    ],
)
def test_a_date_centuries_from_all_others_is_asked_about(sent: dict, wrong: set) -> None:
    assert {*Dates(sent).errors} == wrong


def test_a_date_that_nobody_changed_is_not_asked_about() -> None:
    form = Dates({"began": "1008", "ended": "2010"}, initial={"began": PartialDate("1008")})

    assert form.is_valid()


# --- boxes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "language, hint",
    [
        ("en", "For instance: 3 October 2022, October 2022, 2022, 2022-10-03."),
        ("ar", "3 تشرين الأول/أكتوبر 2022"),
        # After Arabic letters it would stand as 03-10-2022.
        ("ar", "\u20682022-10-03\u2069"),
        ("fr", "3 octobre 2022, octobre 2022, 2022, 2022-10-03"),
    ],
)
def test_a_box_says_how_a_date_may_be_written(language: str, hint: str) -> None:
    with translation.override(language):
        assert hint in Dates()["began"].help_text
        assert hint in Dates({"began": "2008"})["began"].help_text


@pytest.mark.parametrize(
    "typed, understood",
    [
        ("03/10/2022", "Understood as 3 October 2022."),
        ("٣ تشرين الأول ٢٠٢٢", "Understood as 3 October 2022."),
        ("3 October 2022", ""),
        ("2022-10-03", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_box_says_what_was_understood(typed: str, understood: str) -> None:
    with translation.override("en"):
        said = Dates({"began": typed})["began"].help_text

    assert (understood in said) if understood else ("Understood" not in said)


def test_no_box_tells_the_browser_to_cut_what_is_pasted() -> None:
    assert "maxlength" not in str(Dates()["began"])


def test_the_day_of_a_box_for_whole_days_comes_first_also_in_english() -> None:
    with translation.override("en"):
        assert DayField().clean("03/10/2022") == datetime.date(2022, 10, 3)
        assert DayField().clean("٣ أكتوبر ٢٠٢٢") == datetime.date(2022, 10, 3)


def test_a_box_for_whole_days_takes_no_month() -> None:
    with pytest.raises(forms.ValidationError, match="day, the month and the year"):
        DayField().clean("October 2022")


def test_a_moment_is_read_in_any_digits() -> None:
    moment = MomentField().clean(["٣ أكتوبر ٢٠٢٢", "٢٠:٣٠"])

    assert moment == datetime.datetime(2022, 10, 3, 20, 30, tzinfo=datetime.UTC)
