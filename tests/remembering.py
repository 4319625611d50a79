"""Indexes of lists that are gathered once for all pages that a module's tests read, as a web server has them.

In a transaction nothing is remembered, and each test runs in one: every page that it reads would gather again.
Where tests change tables by other ways than publication, or count queries, let them not ask for it.
"""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from publishing.remembered import Memory, state_of
from publishing.snapshots import has_shadows


@pytest.fixture(scope="module")
def remembered() -> Iterator[None]:
    """What was gathered stays for the module's tests, until something else is published."""
    recall, gathered = Memory.recall, {}

    def in_transactions_too(memory: Memory[Any]) -> Any:
        state = state_of(memory.kinds)
        if has_shadows() or not is_told(state):
            return recall(memory)
        if (id(memory), state) not in gathered:
            gathered[id(memory), state] = recall(memory)
        return gathered[id(memory), state]

    with patch.object(Memory, "recall", in_transactions_too):
        yield


def is_told(state: tuple[str, ...]) -> bool:
    """Whether the state names a revision: without any, the same is said of tables that are filled without one."""
    return len(state) > 1
