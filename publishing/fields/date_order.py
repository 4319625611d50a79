"""The constraint that one partial date is not after another."""

from typing import Any

from django.db import models
from django.db.models.functions import Length, Substr


class InOrder(models.CheckConstraint):
    """The date `then` is not before the date `first`, as far as both are known."""

    def __init__(self, *, name: str, first: str, then: str, violation_error_message: Any) -> None:
        self.first, self.then = first, then
        common = Substr(first, 1, Length(then))
        super().__init__(
            name=name,
            condition=models.Q(**{f"{first}__isnull": True})
            | models.Q(**{f"{then}__isnull": True})
            | models.Q(**{f"{then}__gte": common}),
            violation_error_message=violation_error_message,
        )

    def deconstruct(self) -> Any:
        """Migrations contain it as a plain CheckConstraint."""
        _path, args, options = super().deconstruct()
        return "django.db.models.CheckConstraint", args, options

    def clone(self) -> "InOrder":
        """A copy: Django makes one for each model."""
        return InOrder(
            name=self.name,
            first=self.first,
            then=self.then,
            violation_error_message=self.violation_error_message,
        )


def in_order(name: str, first: str, then: str, message: Any) -> InOrder:
    """The date `then` is not before the date `first`, as far as both are known."""
    return InOrder(name=name, first=first, then=then, violation_error_message=message)
