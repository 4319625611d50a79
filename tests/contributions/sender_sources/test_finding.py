"""The source that a sender named is found where the casebook has it."""

import pytest

from contributions.actions import deciding
from sources.models import Source
from tests.contributions.sender_sources.claims import a_moderator, a_new_date, claims
from tests.factories import an_account, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "reference",
    [
        "https://undocs.org/S/2020/1043/",
        "see http://www.undocs.org/S/2020/1043?utm_source=x.",
        "UN document S/2020/1043, page 2",
        "letter of the League",
    ],
    ids=["an address", "the same address otherwise written", "a symbol", "the title"],
)
def test_a_source_that_is_there_is_found(case, reference):
    known = publish_source(
        title_en="Letter of the League",
        url="https://undocs.org/S/2020/1043",
        identifier_scheme="un_symbol",
        identifier="S/2020/1043",
    )
    count = Source.objects.count()
    deciding.accept(a_new_date(case, source_reference=reference), by=an_account())

    assert claims()["supports"].source == known
    assert Source.objects.count() == count


def test_a_symbol_within_another_is_not_the_same(case):
    publish_source(identifier_scheme="un_symbol", identifier="S/2020/104")
    deciding.accept(a_new_date(case, source_reference="S/2020/1043"), by=an_account())

    assert claims()["supports"].source.identifier == "S/2020/1043"


@pytest.mark.parametrize(
    "reference", ["LETTER of the Léague", "https://web.archive.org/web/2024/https://example.org/letter"]
)
def test_a_source_is_found_by_its_title_otherwise_written_and_by_its_lasting_copy(case, reference):
    known = publish_source(
        title_en="Letter of the League",
        url="https://example.org/letter",
        archived_url="https://web.archive.org/web/2024/https://example.org/letter",
    )
    deciding.accept(a_new_date(case, source_reference=reference), by=a_moderator())

    assert claims()["supports"].source == known
