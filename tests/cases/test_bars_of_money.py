"""A bar compares a sum with the largest in its currency."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from cases import drawings


def a_sum(currency: str = "USD", **amount: int) -> Any:
    known = dict.fromkeys(drawings.MONEY) | {name: Decimal(value) for name, value in amount.items()}
    return SimpleNamespace(currency=currency, **known)


def shares(*fundings: Any) -> list[list[float | None]]:
    """The bars of each row: pledged, committed, disbursed."""
    drawings.amounts(fundings)
    return [[one and one.share for one in funding.amounts] for funding in fundings]


def test_a_bar_compares_with_the_largest_of_what_was_pledged_committed_and_disbursed() -> None:
    assert shares(a_sum(pledged=200), a_sum(pledged=50), a_sum(disbursed=20)) == [
        [100, None, None],
        [25, None, None],
        [None, None, 10],
    ]


def test_sums_of_other_currencies_are_not_compared() -> None:
    assert shares(a_sum(pledged=1), a_sum("IQD", pledged=1000), a_sum("IQD", pledged=500)) == [
        [100, None, None],
        [100, None, None],
        [50, None, None],
    ]


def test_a_bar_keeps_its_sum() -> None:
    funding = a_sum(committed=7)

    drawings.amounts(one for one in [funding])

    assert [one and one.value for one in funding.amounts] == [None, Decimal(7), None]


def test_a_sum_of_nothing_has_no_bar() -> None:
    assert shares(a_sum(pledged=0)) == [[0, None, None]]


def test_what_was_paid_may_be_the_largest() -> None:
    assert shares(a_sum(pledged=50, disbursed=200)) == [[25, None, 100]]
