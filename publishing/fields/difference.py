"""What one JSON object says otherwise than another, to be kept instead of the whole."""

from typing import Any

# By key: another object's difference, the new value in a list, or an empty list where there is none.
Difference = dict[str, Any]


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    """What makes the new object of the old one.

    >>> difference({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"c": 2, "d": 4}, "e": None})
    {'a': [], 'b': {'d': [4]}, 'e': [None]}
    """
    found: Difference = {key: [] for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            found[key] = [value]
            continue
        before = old[key]
        if before is value:
            continue
        if isinstance(before, dict) and isinstance(value, dict):
            if inner := difference(before, value):
                found[key] = inner
        elif not _is_same(before, value):
            found[key] = [value]
    return dict(sorted(found.items())) if found else found


def changed(old: dict[str, Any], by: Difference) -> dict[str, Any]:
    """The new object; the old one stays what it is.

    >>> changed({"a": 1, "b": {"c": 2, "d": 3}}, {"a": [], "b": {"d": [4]}, "e": [None]})
    {'b': {'c': 2, 'd': 4}, 'e': None}
    """
    result = dict(old)
    for key, change in by.items():
        if isinstance(change, dict):
            result[key] = changed(old[key], change)
        elif change:
            result[key] = change[0]
        else:
            del result[key]
    return result


def _is_same(old: Any, new: Any) -> bool:
    """Whether they are written alike: 1, 1.0 and true are not."""
    if isinstance(old, str) or old is None:
        return bool(old == new)
    return repr(old) == repr(new)
