"""Many proposals are accepted in few statements, and one that cannot be public holds up none of the others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from imports import actions
from imports.reading import read_table
from publishing.integrity import broken_links, differing_entries
from publishing.models import Proposal
from publishing.vocabulary import ProposalState
from tests.factories import publish_case
from tests.imports.tables import PAX, csv_of

pytestmark = [pytest.mark.django_db]


def agreements(path, number, first=9001):
    return csv_of(path, PAX, *({"AgtId": str(first + one)} for one in range(number)))


@pytest.mark.every_database
def test_one_that_cannot_be_published_is_held_back_alone(tmp_path, imported, ruritania):
    batch = imported("pax", agreements(tmp_path / "a.csv", 5))
    publish_case(slug="pa-x-9004")

    accepted = actions.accept_next(batch, by=batch.by)

    assert (accepted.done, len(accepted.left)) == (4, 1)
    waiting = Proposal.objects.get(kind="case", state=ProposalState.SUBMITTED)
    assert waiting.wanted["fields"]["slug"] == "pa-x-9004"
    assert waiting.held_back == accepted.left[0][1] != ""
    assert Case.objects.filter(slug__startswith="pa-x-", review="coded").count() == 4
    assert [*differing_entries()] == [*broken_links()] == []


@pytest.mark.one_database
def test_one_more_takes_few_statements_more(tmp_path, imported, ruritania):
    took = {}
    for number, first in ((2, 9001), (2, 9101), (12, 9201)):
        batch = imported("pax", agreements(tmp_path / f"{first}.csv", number, first), release=str(first))
        with CaptureQueriesContext(connection) as captured:
            actions.accept_next(batch, by=batch.by)
        took[first] = len(captured)

    assert batch.accepted == 12
    # Its revision, whether its author is paused, and now and then one more statement of many rows.
    assert took[9201] - took[9101] <= 3 * 10


@pytest.mark.one_database
def test_a_column_has_a_cell_for_every_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("number,name\r\n 1 ,Zenda\r\n2\r\n\r\n3,\r\n", encoding="utf-8")
    table = read_table(path)

    assert [*table.column("number")] == ["1", "2", "", "3"]
    assert [*table.column("name")] == ["Zenda", "", "", ""]
