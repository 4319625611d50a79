"""What was worked out before the lock is looked up where it still holds, and worked out again where it does not."""

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet

from publishing.beforehand import read_ahead, remembering, work_out, worked_out
from publishing.models import Entry
from publishing.statements import rows_asked
from tests.factories import publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Counted:
    """A function that counts its calls."""

    def __init__(self, answer: Any = None) -> None:
        self.answer, self.calls = answer or (lambda *of, **named: (of, named)), 0

    def __call__(self, *of: Any, **named: Any) -> Any:
        self.calls += 1
        return self.answer(*of, **named)


def titles(key: Any) -> QuerySet:
    return Entry.objects.filter(pk=key).values_list("title_en")


def test_equal_values_are_looked_up_and_others_worked_out() -> None:
    function = Counted()
    with remembering():
        first = work_out(function, {"a": [1]}, number=2)

        assert worked_out(function, {"a": [1]}, number=2) is first
        assert function.calls == 1
        assert worked_out(function, {"a": [2]}, number=2) == (({"a": [2]},), {"number": 2})
        assert worked_out(function, {"a": [1]}, number=3) == (({"a": [1]},), {"number": 3})
        assert function.calls == 3


@pytest.mark.parametrize("one, other", [(1, True), (0, False), (1, 1.0), (Decimal("1.0"), Decimal("1.00"))])
@pytest.mark.parametrize("within", [lambda one: one, lambda one: {"rows": [{"value": (one,)}]}])
def test_numbers_that_are_equal_and_written_differently_are_not_looked_up_for_one_another(
    one: Any, other: Any, within: Any
) -> None:
    function = Counted()
    with remembering():
        work_out(function, within(one))

        worked_out(function, within(other))
        assert function.calls == 2
        worked_out(function, within(one))
        assert function.calls == 2


def test_nothing_outlives_its_publication() -> None:
    function = Counted()
    with remembering():
        work_out(function, 1)
        with remembering():
            worked_out(function, 1)
        assert function.calls == 2
        worked_out(function, 1)
        assert function.calls == 2

    worked_out(function, 1)

    assert function.calls == 3


def test_what_asked_the_database_is_asked_again() -> None:
    theme = publish_theme(title_en="Before")
    function = Counted(lambda key: rows_asked(titles, key))
    with remembering():
        work_out(function, theme.pk)
        assert worked_out(function, theme.pk) == [("Before",)]
        assert function.calls == 1

        Entry.objects.filter(pk=theme.pk).update(title_en="After")

        assert worked_out(function, theme.pk) == [("After",)]
        assert function.calls == 2


@pytest.mark.parametrize(
    "ask",
    [
        lambda key: [*titles(key)],
        lambda key: [*rows_asked(titles, key), *titles(key)],
        lambda key: worked_out(Counted(), 1) and [*titles(key)],
    ],
    ids=["alone", "besides", "within"],
)
def test_what_asked_in_another_way_is_worked_out_anew(ask: Any) -> None:
    theme, function = publish_theme(), Counted(ask)
    with remembering():
        work_out(function, theme.pk)
        worked_out(function, theme.pk)

    assert function.calls == 2


def test_what_is_worked_out_within_counts_for_what_is_around_it() -> None:
    theme = publish_theme()
    inner = Counted(lambda key: [*titles(key)])
    outer = Counted(lambda key: work_out(inner, key))
    with remembering():
        work_out(outer, theme.pk)
        worked_out(outer, theme.pk)

    assert outer.calls == 2


def test_what_was_read_ahead_holds_for_its_number() -> None:
    function = Counted()
    with remembering():
        read_ahead(function, "key", 7)
        worked_out(function, "key", 7)
        assert function.calls == 1
        worked_out(function, "key", 8)

    assert function.calls == 2
