"""Rows that tests share: written once, found by whoever asks for them, and changed by nobody for another."""

import pytest

from cases.models import Place
from pillars.models import Theme
from tests.factories import publish_place, publish_theme
from tests.kept import Keeper, kept

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
