"""Two revisions of an entry side by side, as the page of its history asks for them."""

from dataclasses import dataclass, field

from django.http import QueryDict

from publishing import comparison
from publishing.models import Entry, Revision
from publishing.numbers import parse_number

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class ComparedRevisions:
    """The older and the newer revision, what changed, and what of the question is not understood."""

    before: Revision | None = None
    after: Revision | None = None
    lines: list[comparison.Line] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, entry: Entry, query: QueryDict) -> "ComparedRevisions":
        """The comparison that the query asks for, in whatever order the two are named."""
        asked = {name: query.getlist(name) for name in (BEFORE, AFTER) if name in query}
        if not asked:
            return cls()
        numbers = {name: _number(values) for name, values in asked.items()}
        found = {
            one.number: one
            for one in Revision.objects.select_related("author").filter(
                entry=entry.pk, number__in=[number for number in numbers.values() if number is not None]
            )
        }
        wrong = [
            f"{name}={value}"[:100]
            for name, values in asked.items()
            for value in values
            if numbers[name] not in found
        ]
        if wrong or len(numbers) < 2:
            return cls(not_understood=wrong)
        before, after = (found[number] for number in sorted(n for n in numbers.values() if n is not None))
        return cls(before, after, comparison.lines_between(before.snapshot, after.snapshot))


def _number(values: list[str]) -> int | None:
    return parse_number(values[0], max_digits=9) if len(values) == 1 else None
