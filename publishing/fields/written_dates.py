"""Dates as people write them, in the languages of the pages and with any digits."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from django.utils import dates
from django.utils.translation import override

from publishing.fields.clean_text import DIGITS, clean_line
from publishing.languages import PAGE_LANGUAGES

# No date is longer, in any language, with its weekday and both names of its month.
MAX_LENGTH = 80

# The United Nations' usage in Arabic gives each month both its names, eastern and western.
ARABIC_MONTHS = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
    "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)  # fmt: skip
# How else the twelve months are called: in the Maghreb, in other spellings, in short.
OTHER_MONTHS = (
    "جانفي jan janv january janvier",
    "فيفري feb fev fevr february fevrier",
    "mar march mars",
    "أفريل إبريل نيسن apr avr april avril",
    "ماي may mai",
    "جوان يونية يونيه jun june juin",
    "جويلية يوليوز يولية يوليه jul juil july juillet",
    "أوت غشت aug august aout",
    "شتنبر سبتنبر sep sept september septembre",
    "اكتوبر oct october octobre",
    "نونبر نوفنبر nov november novembre",
    "دجنبر دجمبر دسمبر dec december decembre",
)
OTHER_WEEKDAYS = "mon tue tues wed thu thur thurs fri sat sun lun mer jeu ven sam dim اثنين ثلاثاء اربعاء"
# What stands around a date and says nothing more.
FILLERS = "the of on in le du de d en au an annee year l يوم في من شهر سنه عام بتاريخ الموافق"
OF_OUR_CALENDAR = "ce ad c.e a.d م ميلادي ميلاديه"
OF_THE_HIJRI_CALENDAR = (
    "ah a.h h ه هجري هجريه hijri hegire محرم صفر ربيع جمادي رجب شعبان رمضان شوال القعده الحجه ذو ذي "
    "muharram safar rabi jumada rajab shaban ramadan shawwal dhu hijja qada"
)
HIJRI_YEARS = range(1300, 1501)
# Those of the solar calendar of Iran and Afghanistan begin so many years before ours.
SOLAR_YEARS, SOLAR_OFFSET = range(1300, 1411), 621

SAME_LETTERS = str.maketrans("ىیئةکؤ", "ييي" + "هكو", "ـ")
SEPARATED = r"\s*[-/.\u060d\u2010-\u2015\u2212\uff0f]\s*"
YEAR_FIRST = re.compile(rf"([0-9]{{4}}){SEPARATED}([0-9]{{1,2}})(?:{SEPARATED}([0-9]{{1,2}}))?")
YEAR_LAST = re.compile(rf"(?:([0-9]{{1,2}}){SEPARATED})?([0-9]{{1,2}}){SEPARATED}([0-9]{{4}})")
# A year of two digits at the end, as a spreadsheet shows it; and dates of such numbers alone.
SHORT_YEAR = re.compile(r"(?P<before>.+[-/.\u2010-\u2015\s'’])(?P<year>[0-9]{2})")
SHORT_NUMBERS = re.compile(r"[0-9]{2}(?:[-/.][0-9]{1,2}){2}")
CENTURIES = ("20", "19")
# A month, once its name was read.
MONTH = re.compile(r"#([0-9]{1,2})")
# What a spreadsheet adds to a day.
TIME = re.compile(r"(?<=[0-9]{2})(?:t|\s+)[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:z|[+-][0-9:]+)?$")
ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|er|re|e|eme)\b")
BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])\s*([-/.\u060d])\s*(?=[0-9])")
AFTER_CHRIST = re.compile(r"\bap(?:r|res)?\.?\s*j\.?\s*-?\s*c\b\.?")
BETWEEN_DIGIT_AND_LETTER = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")


class NotADate(ValueError):
    """Nobody could tell which date is meant."""


class NoSuchDay(ValueError):
    """The calendar has no such day or month."""


@dataclass(frozen=True)
class WrittenDate:
    """What was understood: year, month and day, the last two None where they are not written."""

    year: int
    month: int | None = None
    day: int | None = None
    # By a word beside it: that the year is of our calendar, or of the Hijri one.
    is_marked_gregorian: bool = False
    is_marked_hijri: bool = False

    @property
    def may_be_hijri(self) -> bool:
        """The year is one of the Hijri calendar, as far as its number or a word says."""
        return self.is_marked_hijri or (self.year in HIJRI_YEARS and not self.is_marked_gregorian)

    @property
    def text(self) -> str:
        """The ISO 8601 text at the precision that is known; raises NoSuchDay."""
        try:
            datetime.date(self.year, *(1 if part is None else part for part in (self.month, self.day)))
        except ValueError as error:
            raise NoSuchDay(str(error)) from error
        parts = (f"{part:02}" for part in (self.month, self.day) if part is not None)
        return "-".join([f"{self.year:04}", *parts])


class WithCentury(NamedTuple):
    """A date whose year was written with two digits, with those of a century before them."""

    century: str
    text: str
    is_year_first: bool = False


def read_date(text: str) -> WrittenDate:
    """The date that the text means; where only its numbers tell, the day comes first. Raises NotADate."""
    words = _words(text)
    is_gregorian, is_hijri = (
        not {*names.split()}.isdisjoint(words) for names in (OF_OUR_CALENDAR, OF_THE_HIJRI_CALENDAR)
    )
    words = _without_fillers(words)
    parts = _of_numbers(" ".join(words)) or _of_words(words, is_hijri=is_hijri)
    return WrittenDate(*parts, is_marked_gregorian=is_gregorian, is_marked_hijri=is_hijri)


def read_month_first(text: str) -> WrittenDate | None:
    """Of numbers alone that may be meant so, the date whose month comes before its day; else None."""
    found = YEAR_LAST.fullmatch(" ".join(_without_fillers(_words(text))))
    if found is None or not found[1] or int(found[1]) > len(OTHER_MONTHS):
        return None
    return WrittenDate(int(found[3]), int(found[1]), int(found[2]))


def with_centuries(text: str) -> list[WithCentury]:
    """What a day with a year of two digits may be: the year last or, of numbers alone, first; or nothing."""
    line = clean_line(text).translate(DIGITS)
    found = SHORT_YEAR.fullmatch(line) if len(line) < MAX_LENGTH else None
    if found is None or not _is_day(f"{found['before']}{CENTURIES[0]}{found['year']}"):
        return []
    meant = [WithCentury(one, f"{found['before']}{one}{found['year']}") for one in CENTURIES]
    if SHORT_NUMBERS.fullmatch(line):
        meant += [WithCentury(one, f"{one}{line}", is_year_first=True) for one in CENTURIES]
    return meant


def _is_day(text: str) -> bool:
    try:
        return read_date(text).day is not None
    except NotADate:
        return False


def _words(text: str) -> list[str]:
    if len(text) > MAX_LENGTH:
        raise NotADate
    return [word.strip(".'’-/") for word in _folded(text).split()]


def _without_fillers(words: list[str]) -> list[str]:
    return [word for word in words if word and word not in _beside_a_date()]


def _folded(text: str) -> str:
    """Small letters without accents and vowel signs, plain digits, and spaces for commas."""
    letters = unicodedata.normalize("NFKD", clean_line(text).casefold().translate(DIGITS))
    bare = "".join(
        one for one in letters if not unicodedata.combining(one) and one not in "\u200e\u200f\u061c"
    )
    spaced = re.sub("[,،;؛()]", " ", bare.translate(SAME_LETTERS))
    spaced = BETWEEN_NUMBERS.sub(r"\1", AFTER_CHRIST.sub(" ce ", spaced))
    return _months_as_numbers(BETWEEN_DIGIT_AND_LETTER.sub(" ", ORDINAL.sub("", TIME.sub("", spaced))))


def _of_numbers(text: str) -> tuple[int, int | None, int | None] | None:
    """Of "2022-10-03", "3/10/2022", "10.2022"; the day first, unless it can only be the month."""
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
        return int(year), int(month), int(day) if day else None
    if found := YEAR_LAST.fullmatch(text):
        day, month, year = found.groups()
        if day and int(month) > len(OTHER_MONTHS) >= int(day):
            day, month = month, day
        return int(year), int(month), int(day) if day else None
    return None


def _of_words(words: list[str], *, is_hijri: bool) -> tuple[int, int | None, int | None]:
    """Of a year, and beside it a month by its name and a day, in any order."""
    months = {int(found[1]) for word in words if (found := MONTH.fullmatch(word))}
    numbers = [word for word in words if not MONTH.fullmatch(word) and (word.isdecimal() or not is_hijri)]
    years = [word for word in numbers if re.fullmatch("[0-9]{4}", word)]
    days = [word for word in numbers if re.fullmatch("[0-9]{1,2}", word)]
    is_one_date = len(years) == 1 and len(years) + len(days) == len(numbers) and len(months) <= 1
    if not is_one_date or len(days) > 1 or (days and not months and not is_hijri):
        raise NotADate
    return int(years[0]), next(iter(months), None), int(days[0]) if days and months else None


def _months_as_numbers(text: str) -> str:
    """Each name of a month as "#10", so that of "October" and "تشرين الأول" the same is left."""
    text = _names_of_months().sub(lambda found: f" #{_months()[found['name']]} ", text)
    return re.sub(r"\s/\s+(?=#)", " ", text)


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for number, (arabic, others) in enumerate(zip(ARABIC_MONTHS, OTHER_MONTHS, strict=True), start=1):
        django_names = []
        for language in PAGE_LANGUAGES:
            with override(language):
                django_names.append(str(dates.MONTHS[number]))
        for name in (*arabic.split("/"), *others.split(), *django_names):
            names[_bare(name)] = number
    return names


@cache
def _names_of_months() -> re.Pattern[str]:
    longest_first = sorted(_months(), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?P<name>{'|'.join(map(re.escape, longest_first))})(?![^\W\d_])\.?")


@cache
def _beside_a_date() -> frozenset[str]:
    """Weekdays, and whatever else stands beside a date."""
    names = OTHER_WEEKDAYS.split()
    for language in PAGE_LANGUAGES:
        with override(language):
            names += [str(name) for name in chain(dates.WEEKDAYS.values(), dates.WEEKDAYS_ABBR.values())]
    others = " ".join((FILLERS, OF_OUR_CALENDAR, OF_THE_HIJRI_CALENDAR)).split()
    return frozenset([*others, *(_bare(name).strip(".") for name in names)])


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)).translate(SAME_LETTERS)


def of_lunar_calendar(year: int, month: int, day: int) -> datetime.date:
    """The day of our calendar on which a day of the lunar Hijri calendar fell, give or take one or two."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return datetime.date.fromordinal(days + 227_014)
