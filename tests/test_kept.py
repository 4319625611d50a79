"""Rows that tests share: written once, found by whoever asks for them, and changed by nobody for another."""

from types import SimpleNamespace
from typing import Any

import pytest

from cases.models import Place
from pillars.models import Theme
from tests.factories import publish_place, publish_theme
from tests.kept import Keeper, kept, why_not_share

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@kept
def theme() -> Theme:
    return publish_theme(slug="justice", title_en="Justice")


@kept
def both(theme: Theme) -> tuple[Theme, Place]:
    return theme, publish_place(slug="libya")


@pytest.mark.parametrize("_time", [1, 2])
def test_what_a_test_changes_is_as_it_was_for_the_next(theme: Theme, _time: int) -> None:
    stands = Theme.objects.get()
    assert (theme.title_en, stands.title_en) == ("Justice", "Justice")

    theme.title_en = "Changed"
    Theme.objects.update(title_en="Changed")


def test_rows_may_ask_for_rows(both: tuple[Theme, Place]) -> None:
    assert both == (Theme.objects.get(), Place.objects.get())


def test_a_test_that_asks_for_none_finds_none() -> None:
    assert not Theme.objects.exists()


def test_rows_go_when_they_are_not_asked_for_and_only_then() -> None:
    written: list[str] = []

    def first() -> Theme:
        written.append("first")
        return publish_theme(slug="justice")

    def second(first: Theme) -> Place:
        written.append(f"after {first.slug}")
        return publish_place()

    keeper = Keeper()
    for wanted, themes, places in (([first], 1, 0), ([first, second], 1, 1), ([first], 1, 0), ([], 0, 0)):
        keeper.take_back(wanted)
        keeper.write(wanted)
        assert (Theme.objects.count(), Place.objects.count()) == (themes, places)

    assert written == ["first", "after justice"]


def test_of_rows_that_could_not_be_written_none_stands() -> None:
    def half() -> None:
        publish_theme()
        raise KeyError

    keeper = Keeper()
    for _time in range(2):
        with pytest.raises(KeyError):
            keeper.write([half])

    assert (keeper.standing, Theme.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "marked, fixtures, reason",
    [
        ({}, ["db"], ""),
        ({"transaction": True}, ["db"], "The test commits"),
        ({}, ["transactional_db"], "The test commits"),
        ({}, ["casebook", "database_of_the_casebook"], "The test asks the database of the casebook"),
    ],
)
def test_who_commits_or_asks_elsewhere_cannot_share(marked: Any, fixtures: list[str], reason: str) -> None:
    test = SimpleNamespace(
        fixturenames=fixtures, get_closest_marker=lambda name: pytest.Mark(name, (), marked, _ispytest=True)
    )

    assert why_not_share(test) == reason
