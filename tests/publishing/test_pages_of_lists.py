"""The first page of a list knows whether others follow, also where a row went while it was read."""

from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from cases.models import Case
from publishing.models.entry import kinds
from publishing.models.entry_lists import title_order
from publishing.models.names import EntryNames
from publishing.views import pages
from publishing.views.listed import Listed, ListedPages, few, newest
from publishing.views.pages import KeysFirst
from tests.factories import publish_case, publish_place

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def test_a_row_that_is_gone_meanwhile_hides_no_further_page() -> None:
    gone, *_others = [publish_case() for _number in range(4)]
    without_it = Case.objects.exclude(pk=gone.pk)

    pages = KeysFirst(Case.objects.order_by("pk"), 3, shown=without_it, counts_all=False)
    first = pages.get_page(1)

    assert (pages.count, first.has_next()) == (4, True)
    assert gone not in [*first, *pages.get_page(2)]


def in_places(keys: tuple[UUID, ...]) -> Any:
    """A case of two places is found twice, and listed once."""
    return kinds()["case"]._default_manager.filter(countries__in=keys)


def by_title_in(keys: tuple[UUID, ...]) -> Any:
    return Case.objects.filter(countries__in=keys).distinct().by_title()


def by_title(rows: Any) -> Any:
    return rows.order_by(title_order(), "pk")


BY_TITLE = Listed(
    in_places,
    order=by_title,
    among=lambda _rows: EntryNames.objects.filter(kind="case"),
    along=lambda names: names.order_by("sort_key_fr", "pk"),
    shown=lambda _rows: Case.objects.all(),
)


@pytest.mark.parametrize("most", [100, 3], ids=["few are sorted", "many are met along an index"])
@pytest.mark.parametrize(
    "listed, in_order",
    [(newest(in_places), "newest_first"), (few(by_title_in), "by_title"), (BY_TITLE, "by_title")],
    ids=["newest", "few", "by title"],
)
def test_every_page_of_a_list_that_is_asked_for_by_keys_is_in_its_order(
    listed: Listed, in_order: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_COUNTED", most)
    here, there, elsewhere = (publish_place() for _number in range(3))
    for number, place in enumerate([here, there, here, elsewhere, there, here, elsewhere]):
        countries = [place, there] if place is here else [place]
        publish_case(
            title_fr=f"Cas {7 - number}", title_en=f"Case {number}", declared_on=f"20{10 + number % 3}",
            countries=countries,
        )  # fmt: skip

    with override("fr"):
        for keys in ((here.pk, there.pk), (elsewhere.pk,), (here.pk,)):
            wanted = [*getattr(Case.objects.filter(pk__in=in_places(keys).values("pk")), in_order)()]
            shown = [ListedPages(listed, (keys,), 2).get_page(number) for number in (1, 2, 3)]

            expected = [wanted[:2], wanted[2:4], wanted[4:]]
            last = max(number for number, rows in enumerate(expected) if rows)
            assert [[*page] for page in shown] == [*expected[: last + 1], *[expected[last]] * (2 - last)]
            assert [page.has_next() for page in shown][: last + 1] == [*[True] * last, False]
