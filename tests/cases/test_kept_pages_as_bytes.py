"""A comparison and a brief that were cited are kept as bytes, and made again once a case of theirs changes."""

from typing import Any

import pytest

from publishing.models import Revision
from tests.factories import publish_case, publish_change, publish_term
from tests.portal.fronts import a_front, ask, commit, rendered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("path", ["cases/compare", "brief"])
def test_the_page_is_made_anew_where_a_case_of_it_changes_and_no_more_often(path: str) -> None:
    first, _second = publish_case(slug="a", title_en="A truce"), publish_case(slug="b")
    number = Revision.objects.latest("pk").pk
    address = f"/en/{path}/answers/{number}/?case=a&case=b"
    front: Any = a_front()
    commit()
    before = ask(front, address)
    publish_term(title_en="Something else")
    commit()
    again = ask(front, address)
    made = rendered(front)
    publish_change(first, declared_on="2001")
    commit()

    after = ask(front, address)

    assert before.body == again.body
    assert made == 1
    assert b"None of these cases was published again." in before.body
    assert b"all that changed" in after.body
