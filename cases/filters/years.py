"""The years that bound what a list shows."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.filters.questions import YearField

FIRST, LAST = "since", "until"


@dataclass
class Years:
    """The first and the last year, each also as it was typed; turned if they came the wrong way round."""

    first: int | None = None
    last: int | None = None
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    are_turned: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether there is a year."""
        return self.first is not None or self.last is not None

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """The two boxes of the form: the name, the label, what was typed, and what is wrong with it."""
        return [
            {"name": name, "label": label, "typed": self.typed.get(name, ""), "error": self.errors.get(name)}
            for name, label in ((FIRST, _("From year")), (LAST, _("To year")))
        ]


def read_years(data: Any) -> tuple[Years, list[tuple[str, str]]]:
    """The years in the query, and what of them is not understood: of several values, the last counts."""
    years, unknown, read = Years(), [], {}
    for name in (FIRST, LAST):
        *others, typed = data.getlist(name) or [""]
        unknown += [(name, value) for value in others if value]
        years.typed[name] = typed
        try:
            read[name] = YearField(required=False).clean(typed)
        except ValidationError as error:
            years.errors[name] = error.messages[0]
            unknown.append((name, typed))
    years.first, years.last = read.get(FIRST), read.get(LAST)
    if years.first and years.last and years.first > years.last:
        years.first, years.last, years.are_turned = years.last, years.first, True
    return years, unknown
