"""A value that does not fit its column is refused, on SQLite too."""

import pytest

from publishing.actions import publishing
from publishing.models import Entry
from publishing.rules import Refusal
from tests.factories import (
    proposal_of,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "fields, rows",
    [
        pytest.param({"title_en": "x" * 301}, {}, id="too long"),
        pytest.param({"title_en": None}, {}, id="nothing where text belongs"),
        pytest.param({"title_en": "a\u202eb"}, {}, id="unseen character"),
        pytest.param({"narrative_en": "a\x00b"}, {}, id="null character"),
        pytest.param({"slug": ""}, {}, id="no address"),
        pytest.param({"slug": "ليبيا"}, {}, id="address in other letters"),
        pytest.param({"outcome": "no_such_word"}, {}, id="no such word"),
        pytest.param({"declared_on": "2020-06-31"}, {}, id="no such day"),
        pytest.param({"latitude": "north", "longitude": "1"}, {}, id="no number"),
        pytest.param({"latitude": "1.23456", "longitude": "1"}, {}, id="too many decimals"),
        pytest.param({"last_verified_on": "2020-02-30"}, {}, id="no such date"),
        pytest.param({"is_for_holiday": "perhaps"}, {}, id="neither yes nor no"),
        pytest.param({"themes": ["no key"]}, {}, id="no key in a set"),
        pytest.param({}, {"event": [{"title_en": "x" * 401}]}, id="too long in a row"),
        pytest.param({}, {"event": [{"position": -1}]}, id="below zero in a row"),
        pytest.param({}, {"participation": [{"actor": "no key"}]}, id="no key in a row"),
        pytest.param({}, {"participation": [{"actor": None}]}, id="nothing where a key belongs"),
        pytest.param({}, {"assessment": [{"provision": None}]}, id="no owner"),
    ],
)
def test_a_value_that_does_not_fit_its_column_is_refused(fields: dict, rows: dict) -> None:
    proposal = proposal_of(snapshot_of("case", rows, **fields))

    with pytest.raises(Refusal) as refused:
        publishing.publish(proposal, by=proposal.author)

    assert refused.value.code == "impossible_value"
    assert not Entry.objects.exists()


def test_the_refusal_names_the_column_and_the_row() -> None:
    proposal = proposal_of(snapshot_of("case", {"event": [{"title_en": "x" * 401}]}))

    with pytest.raises(Refusal, match=r"^event, what happened: .*at most 400 characters"):
        publishing.publish(proposal, by=proposal.author)
