"""A statement that was compiled once reads what the ORM reads, on each database."""

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from cases.models import Case, Provision
from publishing.models import Child
from publishing.snapshots import path_to_entry
from publishing.statements import rows_by_key
from tests.factories import publish_case, publish_one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

ROWS = [model for model in apps.get_models() if issubclass(model, Child)]


def attributes(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(column.attname for column in model._meta.concrete_fields)


def by_the_orm(model: type[models.Model], lookup: str, key: uuid.UUID) -> list[tuple[Any, ...]]:
    return [*model._base_manager.filter(**{lookup: key}).values_list(*attributes(model))]


def test_every_kind_of_row_is_read_as_the_orm_reads_it() -> None:
    publish_one_of_each()
    seen = 0

    for model in ROWS:
        lookup = path_to_entry(model)
        for key in {*model._base_manager.values_list(lookup, flat=True)}:
            expected = by_the_orm(model, lookup, key)

            assert rows_by_key(model, lookup, attributes(model), key) == expected, model
            seen += len(expected)

    assert seen >= 10


def test_each_key_gets_its_own_rows() -> None:
    one, other = (
        publish_case(slug=text, rows={"provision": [{"text_en": text}]}) for text in ("one", "other")
    )

    for _again in range(2):
        for case in (one, other):
            assert rows_by_key(Provision, "case", ("text_en",), case.pk) == [(case.slug,)]


def test_nobody_has_the_key() -> None:
    assert rows_by_key(Case, "pk", ("slug",), uuid.uuid4()) == []
