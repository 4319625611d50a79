"""Operations for migrations."""

from typing import Any

from django.db.migrations import AlterField, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.models import Index


class ChangeNoTable(SeparateDatabaseAndState):
    """Operations that change what models say to people, and nothing that a database keeps.

    Each by itself would have Django make all models of the state again; together they do so once.
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


class AlterIndexOfField(AlterField):
    """A field that only gains or loses its index: SQLite need not make the whole table again for that."""

    def deconstruct(self) -> Any:
        """As it is written."""
        return self.__class__.__qualname__, *super().deconstruct()[1:]

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the index, or make it."""
        models = [state.apps.get_model(app_label, self.model_name) for state in (from_state, to_state)]
        if not self.allow_migrate_model(schema_editor.connection.alias, models[1]):
            return
        old, new = (model._meta.get_field(self.name) for model in models)
        if old.db_index and not new.db_index:
            named = {index.name for index in models[0]._meta.indexes}
            found = schema_editor._constraint_names(
                models[0], [old.column], index=True, type_=Index.suffix, exclude=named
            )
            for name in found:
                schema_editor.execute(schema_editor._delete_index_sql(models[0], name))
        elif new.db_index and not old.db_index:
            schema_editor.execute(schema_editor._create_index_sql(models[1], fields=[new]))
