"""Publishing, the desk and the public door name no column and no kind of the apps of the field."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps

from config.env import ROOT
from publishing.fields.columns import stem
from publishing.models import Child, Entry
from publishing.policy import columns_of

GENERIC = ("publishing", "desk", "contributions")
# Names with other meanings: a day in an address, an element of HTML, parts of a change and of a link check.
AMBIGUOUS = {"as_of", "place", "result", "section"}


@pytest.fixture(scope="module")
def names_of_the_field() -> set[str]:
    """The names of kinds of entries and rows, and of columns unless they are everyday words."""
    models = [model for app in ("cases", "pillars") for model in apps.get_app_config(app).get_models()]
    kinds = [model for model in models if issubclass(model, (Entry, Child))]
    columns = {name for model in kinds for name in names_of(model) if "_" in name} - names_of(Entry)
    return (columns | {model._meta.model_name or "" for model in kinds}) - AMBIGUOUS


def names_of(model: type[Entry] | type[Child]) -> set[str]:
    """The columns, with and without their language."""
    return {name for column in columns_of(model) for name in (column.name, stem(column))}


@pytest.mark.parametrize("app", GENERIC)
def test_a_generic_app_names_nothing_of_the_field(app: str, names_of_the_field: set[str]) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} {text}"
        for file in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in file.parts
        for line, text in texts(file.read_text(encoding="utf-8"))
        if names_of_the_field & {*text.split("/")}
    ]

    assert found == []


@pytest.mark.parametrize(
    "code", ['PROTECTED = {"case": ["outcome"]}', 'NAMES = ("x", "declared_on")', 'at = "breach/killed"']
)
def test_a_name_of_the_field_is_noticed(code: str, names_of_the_field: set[str]) -> None:
    assert any(names_of_the_field & {*text.split("/")} for _line, text in texts(code))


def texts(code: str) -> Iterator[tuple[int, str]]:
    """Every string in the code, with its line."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
