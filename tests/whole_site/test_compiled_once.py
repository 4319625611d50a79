"""The page of an entry is read by statements that were compiled for the page of another one of its kind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client

from cases import coded
from tests.factories import key, publish_case, publish_pillar
from tests.whole_site.test_queries_of_an_entry import POINTING

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def has_sections(pillar: Any) -> None:
    """Nothing points to a pillar: what it points to is there when it is published."""


def pillar() -> Any:
    section = key()
    return publish_pillar(
        rows={
            "section": [{"id": section}],
            "evidence": [{"section": section, "entry": publish_case()}],
            "claim": [{}],
        }
    )


PAGES: dict[str, tuple[Callable[[], Any], Callable[[Any], None]]] = {
    **{name: POINTING[name] for name in ("source", "actor", "place", "theme", "case")},
    "pillar": (pillar, has_sections),
}


@contextmanager
def compiling(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that Django compiles meanwhile, whoever asks for them."""
    compiled: list[str] = []
    compile_one = SQLCompiler.as_sql

    def noted(self: Any, *args: Any, **named: Any) -> Any:
        sql = compile_one(self, *args, **named)
        compiled.append(sql[0])
        return sql

    # Outside of a transaction it is remembered which cases are coded.
    with monkeypatch.context() as patched:
        patched.setattr(coded.CODED, "gather", frozenset)
        patched.setattr(SQLCompiler, "as_sql", noted)
        yield compiled


@pytest.mark.parametrize("kind", PAGES)
def test_the_page_of_the_next_entry_of_a_kind_compiles_nothing(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, point = PAGES[kind]
    first, second = publish(), publish()
    for entry in (first, second):
        point(entry)
    client.get(first.get_absolute_url())

    with compiling(monkeypatch) as compiled:
        answer = client.get(second.get_absolute_url())

    assert answer.status_code == 200
    assert compiled == []
