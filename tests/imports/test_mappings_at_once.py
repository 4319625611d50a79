"""Several do something with one mapping in the same moment: one is first, and the others are told so."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from imports import actions, mapping_actions
from imports.models import ImportBatch, Mapping
from imports.vocabulary import BatchState
from sources.models import Source
from tests.factories import an_account, publish_source
from tests.publishing.test_concurrency import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

RULES = 'number = "id"\n\n[titles]\nen = "name"\n'
OTHERS = [f'locator = "{number}"\n{RULES}' for number in range(6)]


@pytest.fixture
def mapping() -> Mapping:
    """One with rules, beside the source that imports cite."""
    publish_source(source_type="dataset")
    return Mapping.objects.create(name="mine", rules=RULES, changed_by=an_account())


def several(mapping: Mapping) -> Iterator[Mapping]:
    """A few like it: a race has more than one end."""
    for number in range(4):
        yield Mapping.objects.create(name=f"m{number}", rules=RULES, changed_by=mapping.changed_by)


def begun(mapping: Mapping, state: str = BatchState.CHECKING) -> Any:
    """What begins an import by the mapping."""
    said = {"scheme": "csv", "release": "", "source": Source.objects.get(), "state": state}
    by = mapping.changed_by

    def run() -> str:
        actions.begin(**said, mapping=mapping, file_name="a.csv", digest="", by=by)
        return "begun"

    return run


def changed(mapping: Mapping, rules: str) -> Any:
    """What gives it other rules, as they were seen now."""
    seen, by = mapping_actions.seen_of(mapping), mapping.changed_by
    return lambda: mapping_actions.change_rules(mapping, rules=rules, by=by, seen=seen)


def test_of_several_who_save_rules_one_is_first_and_no_other_overwrites_it(mapping: Mapping) -> None:
    told = all_at_once(*(changed(mapping, one) for one in OTHERS))

    assert Counter(told) == {0: 1, "mapping_changed": 5}
    mapping.refresh_from_db()
    assert mapping.rules == OTHERS[told.index(0)]


def test_an_import_begins_by_a_mapping_that_stays_or_not_at_all(mapping: Mapping) -> None:
    for one in several(mapping):
        seen = mapping_actions.seen_of(one)

        told = all_at_once(
            begun(one), lambda one=one, seen=seen: mapping_actions.delete_mapping(one, seen=seen)
        )

        assert told in (["begun", "mapping_in_use"], ["mapping_gone", None])
        assert Mapping.objects.filter(pk=one.pk).exists() == ImportBatch.objects.filter(mapping=one).exists()


def test_no_import_reads_by_rules_that_change_in_the_same_moment(mapping: Mapping) -> None:
    for one in several(mapping):
        told = all_at_once(begun(one), changed(one, OTHERS[0]))

        one.refresh_from_db()
        assert told in (["begun", 0], ["begun", "mapping_at_work"])
        assert (one.rules == OTHERS[0]) == (told[1] == 0)


def test_an_import_that_starts_while_its_rules_change_reads_by_what_it_was_checked_by(
    mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_are_there = Barrier(2, timeout=0.3)

    def read_again(batch: ImportBatch, state: BatchState) -> None:
        # Without a lock both would be here at once.
        with suppress(BrokenBarrierError):
            both_are_there.wait()
        plainly(batch, state)

    plainly = actions.read_again
    monkeypatch.setattr(actions, "read_again", read_again)
    monkeypatch.setattr(mapping_actions, "read_again", read_again)
    begun(mapping, BatchState.CHECKED)()
    batch = ImportBatch.objects.get()

    told = all_at_once(lambda: actions.start(batch), changed(mapping, OTHERS[0]))

    batch.refresh_from_db()
    ends = ((None, "mapping_at_work", BatchState.RUNNING), (None, 1, BatchState.CHECKING))
    assert (*told, batch.state) in ends
    assert both_are_there.broken
