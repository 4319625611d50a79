"""The rules of a mapping as the boxes of its form hold them, and back."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from cases.vocabulary import PartyRole
from imports.schemes.mapped import CODES, DATES
from publishing.languages import PAGE_LANGUAGES

# Of a code: nobody has said yet which word it is.
UNDECIDED = "?"
ROLES = 3


def roles_in(boxes: Any) -> int:
    """How many boxes for roles the form has: these, and as many more as are filled in."""
    named = (number + 1 for number in range(len(PartyRole.values)) if boxes.get(f"role:{number}"))
    return max([ROLES, *named])


def boxes_of(rules: dict[str, Any]) -> dict[str, Any]:
    """The rules as the boxes of the form hold them."""
    plain = ("number", "country", "by", "parties", "separator", "locator", "known_until", "said", "first")
    boxes: dict[str, Any] = {name: rules[name] for name in plain if name in rules}
    boxes["missing"] = "\n".join(map(str, rules.get("missing", ())))
    titles = rules.get("titles") or {rules.get("language", PAGE_LANGUAGES[0]): rules.get("title", "")}
    boxes |= {f"title:{language}": column for language, column in titles.items()}
    for name, columns in rules.get("dates", {}).items():
        several = columns if isinstance(columns, list) else [columns]
        boxes |= dict(zip((name, f"{name}:month", f"{name}:day"), several, strict=False))
    for number, (role, column) in enumerate(rules.get("roles", {}).items()):
        boxes |= {f"role:{number}": role, f"role:{number}:column": column}
    for name, rule in rules.get("codes", {}).items():
        boxes[name] = rule["column"]
        boxes |= {f"word:{name}:{code}": word for code, word in rule.get("words", {}).items()}
    return boxes


def boxes_in(sent: QueryDict) -> dict[str, Any]:
    """The boxes as they were sent, whether or not anybody could follow them."""
    return {name: sent.getlist(name) if name == "said" else sent[name] for name in sent}


def rules_in(chosen: dict[str, Any]) -> dict[str, Any]:
    """What the boxes say, as rules; what says nothing is left out."""
    plain = ("number", "country", "parties", "separator", "locator", "known_until", "said", "first")
    rules: dict[str, Any] = {name: chosen[name] for name in plain if chosen[name]}
    if chosen["country"]:
        rules["by"] = chosen["by"] or "name"
    if missing := [one.strip() for one in chosen["missing"].splitlines() if one.strip()]:
        rules["missing"] = missing
    rules["titles"] = {one: chosen[f"title:{one}"] for one in PAGE_LANGUAGES if chosen[f"title:{one}"]}
    rules["dates"] = dict(_dates(chosen))
    roles = (
        (chosen[f"role:{number}"], chosen[f"role:{number}:column"]) for number in range(roles_in(chosen))
    )
    rules["roles"] = {role: column for role, column in roles if role and column}
    rules["codes"] = {name: _codes(name, chosen) for name in CODES if chosen[name]}
    return {name: value for name, value in rules.items() if value}


def _dates(chosen: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in DATES:
        columns = [chosen[f"{name}{part}"] for part in ("", ":month", ":day")]
        if any(columns):
            yield name, columns if any(columns[1:]) else columns[0]


def _codes(name: str, chosen: dict[str, Any]) -> dict[str, Any]:
    before = f"word:{name}:"
    words = {key.removeprefix(before): word for key, word in chosen.items() if key.startswith(before)}
    if more := chosen[f"more:{name}"]:
        words[more] = chosen[f"more:{name}:word"]
    return {
        "column": chosen[name],
        "words": {code: word for code, word in words.items() if word != UNDECIDED},
    }
