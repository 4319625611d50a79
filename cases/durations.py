"""How long a ceasefire was kept, from its recorded dates, in days and in words."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext, npgettext, pgettext

from cases.models import Case
from cases.vocabulary import Outcome
from publishing.languages import active_language

DAYS_IN_DAYS = 31  # up to here a duration is said in days
MONTHS_IN_MONTHS = 24  # and up to here in months, then in years and months
A_MONTH = 365.2425 / 12  # days
SMALL_SHARE = 0.15  # an uncertainty up to this share of the duration is said as "about"


class Undated(StrEnum):
    """Why the duration of a case is not known."""

    NEVER = "never took effect"
    NO_START = "no start recorded"
    NO_END = "no end recorded"


@dataclass(frozen=True)
class Duration:
    """The days that a ceasefire was kept: at least and at most, for a partial date leaves both open.

    If it `goes_on`, it holds, and the days count until the day as of which that is known.
    """

    least: int
    most: int
    goes_on: bool = False

    def in_words(self) -> str:
        """In the active language: "7 days", "about 5 months", "at least 2 years, 3 months and counting"."""
        if self.goes_on:
            # Translators: a ceasefire that still holds; %(duration)s is "2 years, 3 months".
            return gettext("at least %(duration)s and counting") % {"duration": in_words(self.least)}
        return self._bare()

    @property
    def days(self) -> float:
        """The middle of what is possible, to compare and to sort by."""
        return (self.least + self.most) / 2

    def _bare(self) -> str:
        least, most, middle = in_words(self.least), in_words(self.most), in_words(round(self.days))
        if least == most:
            return middle
        if self.most - self.least <= max(SMALL_SHARE * self.days, 2):
            # Translators: %(duration)s is "5 months".
            return gettext("about %(duration)s") % {"duration": middle}
        # Translators: both are durations, such as "5 months".
        return gettext("at least %(least)s, at most %(most)s") % {"least": least, "most": most}


def duration_of(case: Case) -> Duration | Undated:
    """How long the case was kept, counted from when it was in force, else from when it was declared.

    What holds counts until the day as of which its outcome is recorded: no page depends on today's date.
    """
    start = case.in_force_on or case.declared_on
    if not case.took_effect:
        return Undated.NEVER
    if start is None:
        return Undated.NO_START
    end, goes_on = case.ended_on, False
    if end is None and case.is_holding:
        end, goes_on = case.outcome_as_of, True
    if end is None:
        return Undated.NO_END
    return Duration(_days(start.latest, end.earliest), _days(start.earliest, end.latest), goes_on=goes_on)


def duration_in_words(case: Case) -> str:
    """The duration in the active language, or why there is none."""
    found = duration_of(case)
    if isinstance(found, Duration):
        return found.in_words()
    if found is Undated.NEVER:
        return str(Outcome.NEVER_TOOK_EFFECT.label)
    return pgettext("how long a ceasefire was kept", "not dated")


def in_words(days: int) -> str:
    """The days in the largest unit that fits, in the active language."""
    return _in_words(days, active_language())


@lru_cache(maxsize=10_000)
def _in_words(days: int, _language: str) -> str:
    """A list says some for each of its rows, and each takes looking up several texts."""
    months = round(days / A_MONTH)
    if days < 1:
        return gettext("less than a day")
    if days <= DAYS_IN_DAYS:
        return npgettext("how long", "%(num)d day", "%(num)d days", days) % {"num": days}
    if months < MONTHS_IN_MONTHS and months != 12:
        return npgettext("how long", "%(num)d month", "%(num)d months", months) % {"num": months}
    years, rest = divmod(months, 12)
    in_years = npgettext("how long", "%(num)d year", "%(num)d years", years) % {"num": years}
    if not rest:
        return in_years
    in_months = npgettext("how long", "%(num)d month", "%(num)d months", rest) % {"num": rest}
    # Translators: a duration, such as "2 years, 3 months".
    return gettext("%(years)s, %(months)s") % {"years": in_years, "months": in_months}


def _days(first: datetime.date, last: datetime.date) -> int:
    return max((last - first).days, 0)
