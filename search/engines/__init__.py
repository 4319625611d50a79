"""The index of each database: how it is made, and the conditions of SQL that ask it. Knows no models.

An engine is as little as another index needs, such as OpenSearch: `prepare`, `remove`, and `answers`. What is
put into the table of documents is indexed in the same transaction, by the database itself.
"""

from typing import Any, Protocol

from search.asking import Asked
from search.engines import postgresql, sqlite

# Where the stems that are asked for must stand.
WHOLE, NAMES, ANYWHERE = "wholes", "names", "anywhere"


class Engine(Protocol):
    """What a database can be asked."""

    def prepare(self, connection: Any, table: str) -> bool:
        """Make the index of the table of documents, if it is not there; whether it was made now."""

    def remove(self, connection: Any, table: str) -> None:
        """Undo that."""

    def answers(
        self, table: str, asked: Asked, where: str, kind: str, *, is_any: bool
    ) -> tuple[str, str, list[Any]]:
        """SQL that finds documents of the kind, each as "document": FROM, WHERE, and the parameters.

        where: WHOLE, NAMES or ANYWHERE. is_any: whether one word is enough.
        """


ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def engine_of(connection: Any) -> Engine:
    """The engine of the database that the connection leads to."""
    engine: Engine = ENGINES[connection.vendor]
    return engine
