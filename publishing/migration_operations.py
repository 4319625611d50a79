"""Operations for migrations."""

from typing import Any

from django.db.migrations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation


class ChangeNoTable(SeparateDatabaseAndState):
    """Operations that change what models say to people, and nothing that a database keeps.

    Each by itself would have Django make all models of the state anew; together they do so once.
    """

    def __init__(self, operations: list[Operation]) -> None:
        super().__init__(state_operations=operations)

    def deconstruct(self) -> Any:
        """As it is written."""
        return self.__class__.__qualname__, [self.state_operations], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the state, without the models that were made of it."""
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)
