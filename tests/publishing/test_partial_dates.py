"""Partial dates: parsed, sorted, in words, in forms, and checked by the database."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from cases.models import Case
from publishing.fields.partial_dates import PartialDate, PartialDateField, PartialDateFormField
from tests.factories import publish_case


@pytest.mark.parametrize(
    "typed, text",
    [
        pytest.param("2008", "2008", id="year"),
        pytest.param("2008-05", "2008-05", id="month"),
        pytest.param("2008-05-21", "2008-05-21", id="day"),
        pytest.param("2008-5-1", "2008-05-01", id="without leading zeros"),
        pytest.param("  2008-05 ", "2008-05", id="with spaces around"),
        pytest.param("٢٠٠٨-٠٥-٢١", "2008-05-21", id="Arabic-Indic digits"),
        pytest.param("۲۰۰۸-۰۵-۲۱", "2008-05-21", id="Persian digits"),
        pytest.param("٢٠٠٨-05", "2008-05", id="mixed digits"),
        pytest.param("2020-02-29", "2020-02-29", id="leap day"),
        pytest.param("0001-01-01", "0001-01-01", id="first day of all"),
    ],
)
def test_a_date_is_read_in_any_digits(typed: str, text: str) -> None:
    assert PartialDate.parse(typed).text == text


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "abcd", "08", "20080", "2008-", "2008-13", "2008-00", "2008-05-00", "2008-06-31",
        "2019-02-29", "2008-05-21T00:00", "21-05-2008", "2008/05", "2008-05-21-01", "-2008", "2008--05",
        "२००८", "0000", "2008\n05",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|must be in|out of range"):
        PartialDate.parse(typed)


def test_dates_stand_in_the_order_of_their_text() -> None:
    texts = ["2009", "2008-05-15", "2008-05", "2008", "2008-12-31", "2008-06"]

    in_order = sorted(map(PartialDate.parse, texts))

    assert [date.text for date in in_order] == [
        "2008",
        "2008-05",
        "2008-05-15",
        "2008-06",
        "2008-12-31",
        "2009",
    ]


@pytest.mark.parametrize(
    "text, parts, precision, earliest, latest",
    [
        ("2020", (2020, None, None), "year", (2020, 1, 1), (2020, 12, 31)),
        ("2020-02", (2020, 2, None), "month", (2020, 2, 1), (2020, 2, 29)),
        ("2021-02", (2021, 2, None), "month", (2021, 2, 1), (2021, 2, 28)),
        ("2020-10-23", (2020, 10, 23), "day", (2020, 10, 23), (2020, 10, 23)),
    ],
)
def test_a_date_means_every_day_that_it_may_be(
    text: str, parts: tuple, precision: str, earliest: tuple, latest: tuple
) -> None:
    date = PartialDate.parse(text)

    assert (date.parts, date.precision) == (parts, precision)
    assert (date.earliest, date.latest) == (datetime.date(*earliest), datetime.date(*latest))


def test_a_calendar_day_is_a_date_of_full_precision() -> None:
    assert PartialDate.of(datetime.date(2020, 10, 23)) == PartialDate.parse("2020-10-23")


@pytest.mark.parametrize("active", ["en", "ar", "fr"])
@pytest.mark.parametrize(
    "text, language, words",
    [
        ("2008", "en", "2008"),
        ("2008-05", "en", "May 2008"),
        ("2008-05-21", "en", "21 May 2008"),
        ("2008-05", "fr", "mai 2008"),
        ("2008-08-01", "fr", "1er août 2008"),
        ("2008-05-21", "fr", "21 mai 2008"),
        ("2008-05", "ar", "أيار/مايو 2008"),
        ("2008-01-01", "ar", "1 كانون الثاني/يناير 2008"),
        ("2020-12-31", "ar", "31 كانون الأول/ديسمبر 2020"),
    ],
)
def test_a_date_is_in_words_of_the_language_asked_for_whichever_is_active(
    text: str, language: str, words: str, active: str
) -> None:
    with translation.override(active):
        assert PartialDate.parse(text).in_words(language) == words


@pytest.mark.parametrize(
    "active, words", [("en", "1 May 2008"), ("fr", "1er mai 2008"), ("ar", "1 أيار/مايو 2008")]
)
def test_a_date_is_in_words_of_the_active_language_by_default(active: str, words: str) -> None:
    with translation.override(active):
        assert PartialDate.parse("2008-05-01").in_words() == words


def test_every_month_has_both_its_names_in_arabic() -> None:
    for month in range(1, 13):
        eastern, western = PartialDate.parse(f"2008-{month}").in_words("ar").removesuffix(" 2008").split("/")

        assert eastern
        assert western
        assert eastern != western


# --- forms ---------------------------------------------------------------------------------


class DateForm(forms.Form):
    on = PartialDateFormField(required=False)


@pytest.mark.parametrize("typed", ["2020-06-31", "soon", "٢٠٢٠", "2020-6-1", " 3 October 2022"])
def test_a_form_shows_again_what_was_typed(typed: str) -> None:
    form = DateForm({"on": typed})

    assert f'value="{typed}"' in str(form["on"])


@pytest.mark.parametrize("typed, meant", [("٢٠٢٠-٦", PartialDate("2020-06")), ("", None), ("  ", None)])
def test_a_form_reads_what_was_meant(typed: str, meant: PartialDate | None) -> None:
    form = DateForm({"on": typed})

    assert form.is_valid()
    assert form.cleaned_data["on"] == meant


def test_a_form_says_how_to_write_a_date() -> None:
    form = DateForm({"on": "31 June"})

    assert "3 October 2022, October 2022, 2022, 2022-10-03" in form.errors["on"][0]


def test_a_required_date_may_not_be_left_empty() -> None:
    with pytest.raises(ValidationError) as refused:
        PartialDateFormField().clean("")

    assert refused.value.code == "required"


@pytest.mark.parametrize(
    "initial, typed, changed",
    [
        pytest.param(PartialDate("2020-06"), "2020-06", False, id="the same"),
        pytest.param(PartialDate("2020-06"), "٢٠٢٠-٦", False, id="the same, typed otherwise"),
        pytest.param(PartialDate("2020-06"), "2020", True, id="less precise"),
        pytest.param(None, "", False, id="nothing"),
        pytest.param(PartialDate("2020"), "", True, id="taken out"),
        pytest.param(PartialDate("2020"), "soon", True, id="no date"),
    ],
)
def test_a_form_knows_whether_a_date_changed(initial: PartialDate | None, typed: str, changed: bool) -> None:
    assert PartialDateFormField(required=False).has_changed(initial, typed) is changed


def test_a_date_that_may_not_be_edited_has_not_changed() -> None:
    field = PartialDateFormField(required=False, disabled=True)

    assert not field.has_changed(PartialDate("2020"), "2021")


def test_the_column_of_a_model_gets_that_field_in_forms() -> None:
    field = Case._meta.get_field("declared_on").formfield()

    assert isinstance(field, PartialDateFormField)
    assert not field.required


# --- the column ----------------------------------------------------------------------------


@pytest.mark.every_database
@pytest.mark.parametrize(
    "typed", ["2020-06", PartialDate("2020-06"), "٢٠٢٠-٠٦"], ids=["text", "date", "Arabic text"]
)
@pytest.mark.django_db
def test_the_column_gives_back_a_date(typed: object) -> None:
    case = publish_case()

    Case.objects.filter(pk=case.pk).update(declared_on=typed)

    assert Case.objects.get(declared_on="2020-06").declared_on == PartialDate("2020-06")


@pytest.mark.every_database
@pytest.mark.django_db
def test_the_database_sorts_dates_as_they_compare() -> None:
    for text in ("2008-05", "2008", "2008-05-15", None):
        publish_case(declared_on=text)

    found = (
        Case.objects.order_by("declared_on").exclude(declared_on=None).values_list("declared_on", flat=True)
    )

    assert [date.text for date in found] == ["2008", "2008-05", "2008-05-15"]
    assert Case.objects.oldest_first().last().declared_on is None


def test_the_column_refuses_what_is_no_date() -> None:
    with pytest.raises(ValidationError) as refused:
        PartialDateField().to_python("2020-06-31")

    assert refused.value.code == "date"


@pytest.mark.every_database
@pytest.mark.parametrize(
    "text",
    [
        "2020-06-31", "2020-02-30", "2020-13", "2020-00", "2020-01-00", "2020-01-32", "abcd", "2020-6-1",
        "2020-6", "20200601", "2020-", "202", "20201", "", " 2020", "2020\n", "٢٠٢٠", "0000",
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_the_database_refuses_impossible_text(text: str) -> None:
    case = publish_case()

    with pytest.raises(IntegrityError), transaction.atomic():
        write_raw(case, text)


@pytest.mark.every_database
@pytest.mark.parametrize("text", ["2020", "2020-12", "2020-06-30", "2020-01-31", "2020-02-29", "0001", None])
@pytest.mark.django_db
def test_the_database_accepts_possible_text(text: str | None) -> None:
    case = publish_case()

    write_raw(case, text)

    case.refresh_from_db()
    assert case.declared_on == (PartialDate(text) if text else None)


def write_raw(case: Case, text: str | None) -> None:
    with connection.cursor() as cursor:
        key = connection.ops.adapt_unknown_value(case.pk.hex if connection.vendor == "sqlite" else case.pk)
        cursor.execute("UPDATE cases_case SET declared_on = %s WHERE entry_ptr_id = %s", [text, key])
        assert cursor.rowcount == 1
