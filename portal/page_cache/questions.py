"""What a page asked the database, and whether the answers are still the same."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from portal.page_cache.changes import READS, content_tables
from publishing.remembered import follows_from_another_question

Question = tuple[str, Any]
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]

NAMED = re.compile(r'(?:FROM|JOIN) "(\w+)"', re.ASCII)


@dataclass
class Questions:
    """The statements of one request, in order, each with its parameters."""

    asked: list[Question] = field(default_factory=list)
    # Whether the answers are all the page is made of, as far as the database is concerned.
    are_all: bool = True

    def note(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """An execute wrapper of Django."""
        if follows_from_another_question():
            return execute(sql, params, many, context)
        # PostgreSQL begins the parts of a union with a bracket.
        if sql.lstrip("(").startswith(READS) and not many and NAMED.search(sql):
            self.are_all = self.are_all and content_tables().issuperset(NAMED.findall(sql))
            self.asked.append((_one_copy(sql), params))
        else:
            self.are_all = False
        return execute(sql, params, many, context)


# A statement is the same text for all pages of a kind: a few hundred in all.
_copies: dict[str, str] = {}
MAX_COPIES = 5000


def _one_copy(sql: str) -> str:
    if len(_copies) > MAX_COPIES:
        _copies.clear()
    return _copies.setdefault(sql, sql)


def digest_of_answers(questions: list[Question]) -> bytes:
    """A digest of all rows that the database answers now."""
    found = hashlib.blake2b(digest_size=16)
    with connection.cursor() as cursor:
        for sql, params in questions:
            cursor.execute(sql, params)
            for row in cursor.fetchall():
                found.update(repr([_plain(value) for value in row]).encode())
            found.update(b"\0")
    return found.digest()


def _plain(value: Any) -> Any:
    """Of bytes, PostgreSQL's driver gives a view, which says where they lie and not what they are."""
    return bytes(value) if isinstance(value, memoryview) else value
