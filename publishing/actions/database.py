"""Errors of the database as refusals that a person can read."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import DatabaseError, DataError, IntegrityError, models

from publishing.models.entry import kinds
from publishing.rules import Refusal

log = logging.getLogger(__name__)


@contextmanager
def refusals_of_the_database(kind: str) -> Iterator[None]:
    """Turn errors of the database into a Refusal; wrap the transaction in it.

    kind: the kind of entry that is written.
    """
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise refusal_of_the_database(error, kind) from error


def refusal_of_the_database(error: DatabaseError, kind: str) -> Refusal:
    """The refusal with the message of the constraint that the error is about."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if _is_broken(constraint, model, error):
                return Refusal(constraint.name, str(constraint.get_violation_error_message()))
    log.warning("the database refused a %s: %s", kinds()[kind]._meta.label, error)
    return Refusal("impossible", str(error))


def _is_broken(constraint: models.BaseConstraint, model: type[models.Model], error: DatabaseError) -> bool:
    """Whether the error is about this constraint.

    PostgreSQL gives its name. SQLite's message ends with the name of a check, or with the
    columns of what must be unique.
    """
    if diagnosis := getattr(error.__cause__, "diag", None):
        return constraint.name == diagnosis.constraint_name
    fields: list[Any] = [model._meta.get_field(name) for name in getattr(constraint, "fields", ())]
    columns = ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)
    return str(error) in {
        f"CHECK constraint failed: {constraint.name}",
        f"UNIQUE constraint failed: {columns}",
    }
