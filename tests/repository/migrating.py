"""Walks through all migrations, forward and back, for which the states of the models are made once.

A state says what the models are before or after an operation. To make it costs ten times as much as to carry the
operation out, and for each walk Django makes all of them again, for a walk back twice. Here the first walk forward
keeps them for those that follow, which carry out what Django would, in its order.

To the tables, columns, indexes and constraints that an operation adds to one model, those related to it make no
difference. They are made again before the next operation that is of another kind, once for the whole run.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, NamedTuple
from unittest.mock import patch

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.transaction import atomic

OF_ONE_MODEL = (CreateModel, AddField, AddConstraint, AddIndex, RemoveConstraint, RemoveIndex)


class Step(NamedTuple):
    """An operation, and the states before and after it."""

    operation: Operation
    before: ProjectState
    after: ProjectState


class Executor(MigrationExecutor):
    """Django's, which looks for no states of its own on its way back."""

    def _migrate_all_backwards(self, plan: Any, full_plan: Any, fake: bool) -> None:
        for migration, _is_backwards in plan:
            self.unapply_migration(None, migration, fake=fake)


class Steps(dict[Migration, list[Step]]):
    """The steps of each migration that was walked."""

    def __init__(self) -> None:
        super().__init__()
        self._outdated: set[tuple[str, str]] = set()

    def forwards(self, migration: Migration, state: ProjectState, editor: BaseDatabaseSchemaEditor) -> Any:
        """Apply the migration; the state after it."""
        if migration not in self:
            self[migration] = [*self._steps_of(migration, state)]
        steps = self[migration]
        for step in steps:
            with _transaction(migration, step.operation, editor):
                step.operation.database_forwards(migration.app_label, editor, step.before, step.after)
        # What is returned is changed afterwards; what is kept must not be.
        return (steps[-1].after if steps else state).clone()

    def backwards(self, migration: Migration, editor: BaseDatabaseSchemaEditor) -> None:
        """Take the migration back."""
        for step in reversed(self[migration]):
            assert step.operation.reversible, (migration, step.operation)
            with _transaction(migration, step.operation, editor):
                step.operation.database_backwards(migration.app_label, editor, step.after, step.before)

    def _steps_of(self, migration: Migration, state: ProjectState) -> Iterator[Step]:
        for operation in migration.operations:
            of_one_model = isinstance(operation, OF_ONE_MODEL)
            if self._outdated and not of_one_model:
                state = state.clone()
                state._reload(self._outdated)
                self._outdated = set()
            before, state = state, state.clone()
            with _reloading(self._reload_one) if of_one_model else nullcontext():
                operation.state_forwards(migration.app_label, state)
            yield Step(operation, before, state)

    def _reload_one(self, state: ProjectState, app: str, model: str, delay: bool) -> None:
        """Make the model again, and remember which others Django would have made too."""
        if "apps" in state.__dict__:
            self._outdated |= state._find_reload_model(app, model, delay)
            state._reload({(app, model)})


def _reloading(reload: Any) -> Any:
    return patch.object(
        ProjectState, "reload_model", lambda state, *model, delay=False: reload(state, *model, delay)
    )


def _transaction(migration: Migration, operation: Operation, editor: BaseDatabaseSchemaEditor) -> Any:
    """As Django puts one around the operation."""
    is_whole = operation.atomic or (migration.atomic and operation.atomic is not False)
    needed = is_whole and not editor.atomic_migration
    return atomic(editor.connection.alias) if needed else nullcontext()


@contextmanager
def states_made_once() -> Iterator[None]:
    """Let all walks of the block share their states; the first of them must go forward from nothing."""
    steps = Steps()
    with (
        patch.object(Migration, "apply", lambda one, state, editor, **_: steps.forwards(one, state, editor)),
        patch.object(Migration, "unapply", lambda one, _state, editor, **_: steps.backwards(one, editor)),
    ):
        yield
