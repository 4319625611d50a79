"""An entry as data is kept as its page is; a list as data is made for each who asks."""

import json

import pytest

from publishing.models import Entry
from publishing.snapshots import Snapshot
from tests.factories import publish_case, publish_change, publish_source
from tests.portal.fronts import a_front, ask, commit, rendered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def source() -> Entry:
    """One on which a case rests."""
    return publish_source(title_en="Before")


@pytest.fixture
def case(source: Entry) -> Entry:
    """It rests on the source."""
    return publish_case(slug="libya-2020", rows={"claim": [{"source": source}]})


def sources_of(body: bytes) -> list[Snapshot]:
    return [*json.loads(body)["sources"].values()]


def test_an_entry_is_kept_until_what_it_rests_on_changes(case: Entry, source: Entry) -> None:
    front, address = a_front(), "/en/cases/libya-2020.json"
    commit()
    first, again = ask(front, address), ask(front, address)
    publish_change(source, title_en="After")
    commit()

    then = ask(front, address)

    assert first.body == again.body
    assert [one["title_en"] for one in sources_of(again.body)] == ["Before"]
    assert [one["title_en"] for one in sources_of(then.body)] == ["After"]
    assert rendered(front) == 2


def test_an_old_record_is_kept_and_what_is_not_understood_is_not(case: Entry) -> None:
    front, address = a_front(), "/en/cases/libya-2020.json"
    commit()

    for query in ("?as_of=1", "?as_of=1", "?as_of=x", "?as_of=x"):
        ask(front, f"{address}{query}")

    assert rendered(front) == 1
    assert ask(front, address, HTTP_IF_NONE_MATCH=ask(front, address).headers["ETag"]).status == 304


def test_a_list_as_data_is_not_kept(case: Entry) -> None:
    front = a_front()
    commit()
    first = ask(front, "/en/cases.csv")
    publish_case(slug="new")
    commit()

    then = ask(front, "/en/cases.csv")

    assert b"/cases/new/" in then.body
    assert b"/cases/new/" not in first.body
    assert (rendered(front), then.headers["Cache-Control"]) == (0, "no-cache")
