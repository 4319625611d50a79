"""What is gathered from whole tables is remembered for as long as nobody publishes, and no longer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from publishing import snapshots
from publishing.remembered import (
    MOST_STATES,
    Memory,
    MemoryOfThePast,
    follows_from_another_question,
    state_of,
)
from tests.factories import edited, publish_case, publish_change, publish_theme

pytestmark = [pytest.mark.one_database]
KINDS = ("case", "actor")


@pytest.fixture
def titles() -> tuple[Memory[list[str]], list[None]]:
    """A memory of all titles of cases, and how often they were gathered."""
    times: list[None] = []

    def gather() -> list[str]:
        times.append(None)
        return [*Case.objects.order_by("title_en").values_list("title_en", flat=True)]

    return Memory(gather, KINDS), times


@pytest.mark.django_db(transaction=True)
def test_it_is_gathered_once_for_each_state_of_its_kinds(titles: Any) -> None:
    memory, times = titles
    case = publish_case(title_en="One")

    assert [memory.recall(), memory.recall()] == [["One"], ["One"]]
    publish_theme()
    assert (memory.recall(), len(times)) == (["One"], 1)
    publish_change(case, title_en="Two")
    assert (memory.recall(), memory.recall(), len(times)) == (["Two"], ["Two"], 2)
    for number in range(MOST_STATES + 1):
        publish_change(case, title_en=f"Three {number}")
        memory.recall()
    assert len(memory._kept) == MOST_STATES


@pytest.mark.django_db(transaction=True)
def test_nothing_is_remembered_of_a_transaction_that_is_rolled_back(titles: Any) -> None:
    memory, _times = titles
    case = publish_case(title_en="One")
    memory.recall()

    with transaction.atomic():
        publish_change(case, title_en="Undone")
        assert memory.recall() == ["Undone"]
        transaction.set_rollback(True)

    assert memory.recall() == ["One"]
    publish_change(case, title_en="Done")
    assert memory.recall() == ["Done"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_remembered_of_a_preview_and_a_preview_is_shown_nothing_that_is(titles: Any) -> None:
    memory, _times = titles
    case = publish_case(title_en="One")

    for _time in range(2):
        with snapshots.shown_with([edited(case, title_en="Proposed")], {}):
            assert memory.recall() == ["Proposed"]
        assert memory.recall() == ["One"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_remembered_that_was_gathered_while_somebody_published() -> None:
    case = publish_case(title_en="One")

    def gather() -> str:
        found = Case.objects.get().title_en
        if found == "One":
            publish_change(case, title_en="Two")
        return found

    memory: Memory[str] = Memory(gather, KINDS)
    memory.recall()

    assert [memory.recall(), memory.recall()] == ["Two", "Two"]
    assert len(memory._kept) == 1


@pytest.mark.django_db
def test_only_the_question_for_its_state_is_noted(titles: Callable) -> None:
    noted: list[bool] = []
    memory: Memory[bool] = Memory(follows_from_another_question, KINDS)

    def note(execute: Callable, sql: str, *args: Any) -> Any:
        noted.append(follows_from_another_question())
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        assert memory.recall()

    assert noted == [False]
    assert not follows_from_another_question()


@pytest.mark.every_database
@pytest.mark.django_db
def test_the_state_is_one_question_and_another_after_each_publication() -> None:
    states = {state_of(KINDS)}
    case = publish_case()
    states.add(state_of(KINDS))
    publish_change(case, title_en="Another")
    publish_theme()

    with CaptureQueriesContext(connection) as captured:
        states.add(state_of(KINDS))

    assert (len(states), len(captured)) == (3, 1)


@pytest.mark.django_db(transaction=True)
def test_whoever_would_wait_long_for_another_reader_of_the_past_comes_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("publishing.remembered.MAX_WAIT", 0.01)
    memory = MemoryOfThePast(lambda key: key * 2, 4)

    with memory._turn, pytest.raises(OperationalError):
        memory.recall(1)

    assert memory.recall(1) == 2
    # What is remembered is read while others still gather.
    with memory._turn:
        assert memory.recall(1) == 2


@pytest.mark.django_db(transaction=True)
def test_of_the_past_no_more_is_remembered_than_was_asked_for_last() -> None:
    gathered: list[int] = []

    def gather(key: int) -> int:
        gathered.append(key)
        return key

    memory = MemoryOfThePast(gather, 2)

    for key in (1, 2, 1, 3, 1, 2):
        assert memory.recall(key) == key

    assert gathered == [1, 2, 3, 2]
