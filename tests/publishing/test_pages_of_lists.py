"""The first page of a list knows whether others follow, also where a row went while it was read."""

import pytest

from cases.models import Case
from publishing.views.pages import KeysFirst
from tests.factories import publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_row_that_is_gone_meanwhile_hides_no_further_page() -> None:
    gone, *_others = [publish_case() for _number in range(4)]
    without_it = Case.objects.exclude(pk=gone.pk)

    pages = KeysFirst(Case.objects.order_by("pk"), 3, shown=without_it, counts_all=False)
    first = pages.get_page(1)

    assert (pages.count, first.has_next()) == (4, True)
    assert gone not in [*first, *pages.get_page(2)]
