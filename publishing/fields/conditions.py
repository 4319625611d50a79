"""The conditions that a table sets its rows, asked of the database in one query instead of one for each."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models

Constraints = list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]


class Conditions(models.BaseConstraint):
    """Several check constraints of one table; they are checked one by one only where some do not hold."""

    def __init__(self, constraints: list[models.CheckConstraint]) -> None:
        super().__init__(name="conditions")
        self.constraints = constraints

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError with the message of each constraint that the row breaks.

        As in Django, a constraint that speaks of a column left out is passed over.
        """
        left_out = set(exclude or ())
        asked = [one for one in self.constraints if not left_out & columns_in(one)]
        if not asked or _holds(_all_of(asked), model, instance, left_out, using):
            return
        broken = [one for one in asked if not _holds(one, model, instance, left_out, using)]
        raise ValidationError(
            [
                ValidationError(one.get_violation_error_message(), code=one.violation_error_code)
                for one in broken
            ]
        )


def columns_in(constraint: models.CheckConstraint) -> set[str]:
    """The names of the columns that the constraint speaks of."""
    return models.Q(constraint.condition).referenced_base_fields


def _all_of(constraints: list[models.CheckConstraint]) -> models.CheckConstraint:
    condition = reduce(and_, (one.condition for one in constraints))
    return models.CheckConstraint(condition=condition, name="all_conditions")


def _holds(
    constraint: models.CheckConstraint,
    model: type[models.Model],
    instance: models.Model,
    left_out: set[str],
    using: str,
) -> bool:
    try:
        constraint.validate(model, instance, exclude=left_out, using=using)
    except ValidationError:
        return False
    return True


class ConditionsInOneQuery:
    """A model whose check constraints are validated together, table by table."""

    def get_constraints(self) -> Constraints:
        """The constraints of the model and its parents; the checks of each table as one."""
        found: Constraints = super().get_constraints()  # type: ignore[misc]
        return [(model, _checks_joined(constraints)) for model, constraints in found]


def _checks_joined(constraints: Sequence[models.BaseConstraint]) -> list[models.BaseConstraint]:
    checks = [one for one in constraints if isinstance(one, models.CheckConstraint)]
    others = [one for one in constraints if not isinstance(one, models.CheckConstraint)]
    return [*([Conditions(checks)] if checks else []), *others]
