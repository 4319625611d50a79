"""Check constraints of a table, validated in one query instead of one query each."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models

Constraints = list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]


class Conditions(models.BaseConstraint):
    """Several check constraints of one table; they are validated one by one only where some are broken."""

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

        As in Django, a constraint on an excluded column is skipped.
        """
        excluded = set(exclude or ())
        checked = [constraint for constraint in self.constraints if not excluded & columns_in(constraint)]
        if not checked or _holds(_all_of(checked), model, instance, excluded, using):
            return
        broken = [
            constraint for constraint in checked if not _holds(constraint, model, instance, excluded, using)
        ]
        raise ValidationError(
            [
                ValidationError(
                    constraint.get_violation_error_message(), code=constraint.violation_error_code
                )
                for constraint in broken
            ]
        )


def columns_in(constraint: models.CheckConstraint) -> set[str]:
    """The names of the columns in the condition of the constraint."""
    return models.Q(constraint.condition).referenced_base_fields


def _all_of(constraints: list[models.CheckConstraint]) -> models.CheckConstraint:
    condition = reduce(and_, (constraint.condition for constraint in constraints))
    return models.CheckConstraint(condition=condition, name="all_conditions")


def _holds(
    constraint: models.CheckConstraint,
    model: type[models.Model],
    instance: models.Model,
    excluded: set[str],
    using: str,
) -> bool:
    try:
        constraint.validate(model, instance, exclude=excluded, using=using)
    except ValidationError:
        return False
    return True


class ConditionsInOneQuery:
    """A model whose check constraints are validated together, table by table."""

    def get_constraints(self) -> Constraints:
        """The constraints of the model and its parents, with the checks of each table joined in one."""
        found: Constraints = super().get_constraints()  # type: ignore[misc]
        return [(model, _checks_joined(constraints)) for model, constraints in found]


def _checks_joined(constraints: Sequence[models.BaseConstraint]) -> list[models.BaseConstraint]:
    checks = [constraint for constraint in constraints if isinstance(constraint, models.CheckConstraint)]
    others = [constraint for constraint in constraints if not isinstance(constraint, models.CheckConstraint)]
    return [*([Conditions(checks)] if checks else []), *others]
