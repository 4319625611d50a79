"""What one JSON object says otherwise than another, to be kept instead of the whole."""

from typing import Any

# By key: another object's difference, the new value in a list, or an empty list where there is none.
Difference = dict[str, Any]


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    """What makes the new object of the old one.

    >>> difference({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"c": 2, "d": 4}, "e": None})
    {'a': [], 'b': {'d': [4]}, 'e': [None]}
    """
    found: Difference = {}
    for key in sorted({*old, *new}):
        if key not in new:
            found[key] = []
        elif key not in old:
            found[key] = [new[key]]
        elif isinstance(old[key], dict) and isinstance(new[key], dict):
            if old[key] is not new[key] and (inner := difference(old[key], new[key])):
                found[key] = inner
        elif not _is_same(old[key], new[key]):
            found[key] = [new[key]]
    return found


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
