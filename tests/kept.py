"""Rows that are written once for all tests that ask for them one after the other, and not again for each.

    @kept
    def case() -> Case:
        return publish_case()

Such a fixture is asked for as any other, and may ask for others of its kind. Its rows stand in a transaction
around those of the tests, each of which takes back what it changed of them; of what the fixture returns, each test
has a copy of its own. A test finds the rows of the fixtures that it asks for, and no others.
"""

import copy
import inspect
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from publishing.models import ChainHead

Returned = TypeVar("Returned")
Make = Callable[..., Any]


def kept(make: Callable[..., Returned], *, autouse: bool = False) -> Callable[..., Returned]:
    """The fixture whose rows the function writes."""

    def each(_kept_rows: "Keeper", db: None, **_others: Any) -> Any:
        return copy.deepcopy(_kept_rows.returned_by(make))

    names = ["_kept_rows", "db", *_asks(make)]
    each.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in names]
    )
    each.__doc__, each.makes = make.__doc__, make  # type: ignore[attr-defined]
    return pytest.fixture(name=make.__name__, autouse=autouse)(each)


def needs(item: pytest.Item) -> list[Make]:
    """The functions whose rows the test asks for, each after those that it asks for itself."""
    found: list[Make] = []

    def add(name: str) -> None:
        defined = item._fixtureinfo.name2fixturedefs.get(name)  # type: ignore[attr-defined]
        make = getattr(defined[-1].func, "makes", None) if defined else None
        if make is not None and make not in found:
            for other in _asks(make):
                add(other)
            found.append(make)

    for name in getattr(item, "fixturenames", ()):
        add(name)
    return found


def _asks(make: Make) -> list[str]:
    return [*inspect.signature(make).parameters]


@dataclass
class _Rows:
    make: Make
    returned: Any
    transaction: transaction.Atomic


@dataclass
class Keeper:
    """What stands in the tables of this process, each in the transaction of the one before."""

    standing: list[_Rows] = field(default_factory=list)

    def write(self, wanted: list[Make]) -> None:
        """Let the rows of these functions stand; what stands is the beginning of them."""
        for make in wanted[len(self.standing) :]:
            around = transaction.atomic()
            around._from_testcase = True  # type: ignore[attr-defined]
            around.__enter__()
            try:
                ChainHead.objects.get_or_create(pk=1)
                returned = make(*map(self._returned_by_name, _asks(make)))
            except BaseException:
                _roll_back(around)
                raise
            self.standing.append(_Rows(make, returned, around))

    def take_back(self, wanted: list[Make]) -> None:
        """Take back all rows but those with which the wanted ones begin."""
        made = [rows.make for rows in self.standing]
        while made and made != wanted[: len(made)]:
            made.pop()
            _roll_back(self.standing.pop().transaction)

    def returned_by(self, make: Make) -> Any:
        """What the function returned."""
        return next(rows.returned for rows in self.standing if rows.make is make)

    def _returned_by_name(self, name: str) -> Any:
        return next(rows.returned for rows in self.standing if rows.make.__name__ == name)


def _roll_back(around: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)


KEEPER = Keeper()


def why_not_share(item: Any) -> str:
    """Why the test cannot run in a transaction around its own; "" where it can."""
    mark = item.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & {*item.fixturenames} or (
        mark and mark.kwargs.get("transaction")
    ):
        return "The test commits"
    if "database_of_the_casebook" in item.fixturenames:
        return "The test asks the database of the casebook"
    return ""


@pytest.fixture
def _kept_rows(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Keeper:
    """The rows that the test asks for, written before its own transaction begins."""
    wanted = needs(request.node)
    if wanted and (reason := why_not_share(request.node)):
        pytest.fail(
            f"{reason}: it cannot share the rows of {wanted[0].__name__} (tests/kept.py).", pytrace=False
        )
    with django_db_blocker.unblock():
        KEEPER.write(wanted)
    return KEEPER


@pytest.fixture
def _django_db_helper(_kept_rows: Keeper, _django_db_helper: None) -> None:
    """Where pytest-django begins the transaction of a test, those rows stand."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    """Take back the rows that the next test does not ask for, while nothing of it is set up."""
    ended = yield
    if KEEPER.standing:
        with item.config.stash[blocking_manager_key].unblock():
            KEEPER.take_back(needs(nextitem) if nextitem else [])
    return ended


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a module that ask for the same rows run one after the other."""
    sorted_items: list[pytest.Item] = []
    for _module, several in itertools.groupby(items, lambda item: item.path):
        by_rows: dict[tuple[Make, ...], list[pytest.Item]] = {}
        for item in several:
            by_rows.setdefault((*needs(item),), []).append(item)
        sorted_items += itertools.chain.from_iterable(by_rows.values())
    items[:] = sorted_items
