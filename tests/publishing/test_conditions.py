"""The check constraints of a table are validated in one query; each broken one gives its own message."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from pytest_django import DjangoAssertNumQueries

from cases.models import Breach, Case
from publishing.fields.conditions import columns_in
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds

ROWS = {name: row for kind in kinds().values() for name, row in children_of(kind).items()}
MODELS = [*kinds().values(), *ROWS.values()]

TITLE = "Give a title in at least one language."
DATES = "“Verify again by” must not be before “last verified on”."


def a_case(**columns: object) -> Case:
    case = Case(kind="case", title_en="A ceasefire", slug="a-ceasefire")
    for name, value in columns.items():
        setattr(case, name, value)
    return case


def broken(row: models.Model, exclude: set[str]) -> list[str]:
    try:
        row.validate_constraints(exclude=exclude)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_a_condition_speaks_of_columns_of_its_own_table_alone(model: type[Entry] | type[Child]) -> None:
    own = {column.name for column in model._meta.local_concrete_fields}
    checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]

    # A constraint on a column of another table would be skipped silently.
    assert [one.name for one in checks if not columns_in(one) <= own] == []


@pytest.mark.every_database
@pytest.mark.django_db
def test_each_condition_that_is_broken_is_told() -> None:
    case = a_case(title_en="", last_verified_on="2024-02-01", verify_by="2024-01-01")

    assert broken(case, exclude=EXCLUDED) == [TITLE, DATES]


@pytest.mark.every_database
@pytest.mark.django_db
def test_a_condition_on_a_column_that_is_left_out_is_passed_over() -> None:
    case = a_case(title_en="", last_verified_on="2024-02-01", verify_by="2024-01-01")

    assert broken(case, exclude={*EXCLUDED, "verify_by"}) == [TITLE]


@pytest.mark.every_database
@pytest.mark.django_db
def test_conditions_that_hold_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    breach = Breach(breach_type="direct_fire", status="alleged")

    # A savepoint before and after it, since the query itself may fail.
    with django_assert_num_queries(3):
        breach.validate_constraints()


# The columns of the case's own table, whose constraints are not tested here, and the unique columns.
EXCLUDED = {column.name for column in Case._meta.local_concrete_fields} | {"kind", "slug"}
