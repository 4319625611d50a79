"""The order of the rows of one kind, as a form sends it, and the positions that follow from it.

A form sends the order of its rows only once somebody has moved one: stored rows by their keys, new ones by
their numbers in the form. A new row without a position comes after all others.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import QueryDict

from desk.addresses import parse_uuid
from publishing.fields.number_fields import WholeNumberField
from publishing.snapshots import Snapshot

# The name, after that of the formset, of the box with the order of all rows; and how it names a new row.
ORDER, NEW = "order", "#"
POSITION = "position"


class PositionOfNewRow(WholeNumberField):
    """The box for the position of a row that is not stored yet: left empty, the row comes last."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "required": False, "initial": None, "min_value": 0})

    def clean(self, value: Any) -> int:
        """The number; until the others are known, the first."""
        return super().clean(value) or 0

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never: a row with nothing but a position is empty."""
        return False


def order_box(prefix: str) -> str:
    """The name of the box with the order."""
    return f"{prefix}-{ORDER}"


def sent_order_of(data: Any, prefix: str) -> list[str]:
    """The rows in the order that the form sent; nothing where nobody moved one."""
    sent = data.get(order_box(prefix), "") if data else ""
    return [one for one in dict.fromkeys(sent.split()) if _is_row(one)]


def _is_row(text: str) -> bool:
    return parse_uuid(text) is not None or re.fullmatch(rf"{NEW}[0-9]{{1,4}}", text) is not None


def renumber(data: QueryDict, prefix: str, new_numbers: dict[int, int]) -> None:
    """Let the order name the new rows by their new numbers."""
    if order := sent_order_of(data, prefix):
        named = {f"{NEW}{old}": f"{NEW}{new}" for old, new in new_numbers.items()}
        data[order_box(prefix)] = " ".join(named.get(one, one) for one in order)


def leave_out(data: QueryDict, prefix: str, number: int, *, last: int) -> None:
    """Let the order forget the new row of that number; the last row has its number now."""
    if order := sent_order_of(data, prefix):
        data[order_box(prefix)] = " ".join(one for one in order if one != f"{NEW}{number}")
        renumber(data, prefix, {last: number})


def with_positions(snapshot: Snapshot, formsets: Iterable[Any]) -> Snapshot:
    """The snapshot of what the formsets have saved, with the rows of each in the order that was sent."""
    rows = {**snapshot["rows"]}
    for formset in formsets:
        name = formset.model._meta.model_name
        if name in rows and (positions := dict(_positions(formset, rows[name]))):
            rows[name] = {
                key: {**row, POSITION: positions.get(key, row[POSITION])} for key, row in rows[name].items()
            }
    return {**snapshot, "rows": rows}


def _positions(formset: Any, rows: dict[str, dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """The new position of each row that gets one."""
    numbers = {key: row[POSITION] for key, row in rows.items()}
    new = [key for key in _without_position(formset) if key in numbers]
    last = max((number for key, number in numbers.items() if key not in new), default=-1)
    numbers |= {key: number for number, key in enumerate(new, start=last + 1)}
    keys = {f"{NEW}{_number(form)}": str(form.instance.pk) for form in formset.forms}
    sent = [key for one in sent_order_of(formset.data, formset.prefix) if (key := keys.get(one, one)) in rows]
    if sent:
        # What is not named was added elsewhere meanwhile, and follows.
        rest = sorted(numbers.keys() - {*sent}, key=lambda key: (numbers[key], key))
        order = [*sent, *rest]
        taken = sorted(numbers.values())
        free = taken if len({*taken}) == len(taken) else range(len(taken))
        numbers = dict(zip(order, free, strict=True))
    yield from numbers.items()


def _number(form: Any) -> int:
    return int(form.prefix.rpartition("-")[2])


def _without_position(formset: Any) -> Iterator[str]:
    """The new rows whose box for the position was left empty, in the order of the form."""
    for form in formset.extra_forms:
        if not (form.data.get(form.add_prefix(POSITION)) or "").strip():
            yield str(form.instance.pk)
