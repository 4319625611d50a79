"""Rows to draw, and the days that they may have."""

import datetime
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from cases import drawings
from cases.drawings import Timeline
from publishing.fields.partial_dates import PartialDate

ROUNDED = 0.011  # per cent by which two rounded places may come nearer
days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
near_days = st.dates(datetime.date(2019, 1, 1), datetime.date(2021, 12, 31))
many_days = st.one_of(st.lists(days, min_size=2, unique=True), st.lists(near_days, min_size=2, unique=True))


def partial(text: str) -> PartialDate | None:
    return PartialDate(text) if text else None


def event(happened: str, until: str = "") -> Any:
    return SimpleNamespace(happened_on=partial(happened), until_on=partial(until))


def breach(began: str, ended: str = "") -> Any:
    return SimpleNamespace(began_on=partial(began), ended_on=partial(ended))


def drawn(events: list[Any], breaches: list[Any] | None = None) -> Timeline:
    """The timeline of these rows, which is there."""
    timeline = drawings.timeline(events, breaches or [])
    assert timeline is not None
    return timeline
