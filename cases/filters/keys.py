"""Keys as one parameter of a statement, however many they are."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.sql.compiler import SQLCompiler


class AnyOf(models.Expression):
    """The keys, as what stands in brackets behind IN."""

    def __init__(self, keys: Iterable[UUID]) -> None:
        super().__init__(output_field=models.UUIDField())
        self.keys = [*keys]

    def parameter(self, vendor: str) -> Any:
        """What the database gets: a list as JSON, in which keys are hexadecimal digits; or an array."""
        return parameter_of([key.hex for key in self.keys], vendor)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        """From a list as JSON."""
        return "SELECT value FROM json_each(%s)", [self.parameter("sqlite")]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        """From an array."""
        return "SELECT unnest(%s::uuid[])", [self.parameter("postgresql")]


def parameter_of(keys: list[str], vendor: str) -> Any:
    """What the database gets for keys of which the hexadecimal digits are at hand."""
    return json.dumps(keys) if vendor == "sqlite" else keys
