"""How long something waits, in words."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from publishing.waiting_times import time_since


@pytest.mark.parametrize(
    "language, minutes, said",
    [
        ("en", 1, "1 minute"),
        ("en", 120, "2 hours"),
        ("fr", 2880, "2 jours"),
        ("ar", 1, "دقيقة واحدة"),
        ("ar", 2, "دقيقتين"),
        ("ar", 5, "5 دقائق"),
        ("ar", 15, "15 دقيقة"),
        ("ar", 120, "ساعتين"),
        ("ar", 2880, "يومين"),
        ("ar", 4 * 1440, "4 أيام"),
    ],
)
def test_the_time_since_then_is_said_as_the_language_says_it(language: str, minutes: int, said: str) -> None:
    with override(language):
        told = time_since(timezone.now() - datetime.timedelta(minutes=minutes, seconds=5))

    assert told.replace("\xa0", " ") == said
