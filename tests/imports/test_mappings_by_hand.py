"""Rules of mappings that were written by hand: the form keeps them all, or says that it cannot."""

import tomllib
from typing import Any

import pytest

from imports.mapping_forms import MappingForm
from imports.samples import Sample
from imports.schemes.mapped import InvalidMapping, scheme_of

RULES = """
number = "id"
title = "name"
language = "fr"
missing = [-99, "."]
country = "where"
parties = "who"
separator = " - "
locator = "case"
known_until = 2021-12-31
said = ["remarks", "more"]

[roles]
mediator = "a"
guarantor = "b"
witness = "c"
monitor = "d"
signatory = "e"

[dates]
declared_on = ["year", "month", ""]

[codes.outcome]
column = "end"
words = {"1" = "collapsed", "2" = ""}
"""


def saved(rules: str, **changes: str) -> MappingForm:
    """The form as a browser sends it back: of a box with choices, what is among them."""
    shown = MappingForm(sample=Sample.of(None), rules=rules, name="mine")
    sent: dict[str, Any] = {}
    for name, field in shown.fields.items():
        value = shown[name].value()
        choices = {one for one, _label in getattr(field, "choices", ())}
        if value is not None and (
            not choices or {*(value if isinstance(value, list) else [value])} <= choices
        ):
            sent[name] = value
    sent.setdefault("said", [])
    return MappingForm(Sent(sent | changes), sample=Sample.of(None), rules=rules, name="mine")


class Sent(dict[str, Any]):
    """What a browser sends, with as many values of a box as there are."""

    def getlist(self, name: str) -> Any:
        """The values of the box."""
        return self.get(name, [])


def test_rules_that_are_opened_and_saved_say_the_same() -> None:
    form = saved(RULES)

    assert form.is_valid(), form.errors
    before, after = tomllib.loads(RULES), tomllib.loads(form.cleaned_data["rules"])
    assert after.pop("titles") == {before.pop("language"): before.pop("title")}
    assert after.pop("by") == "name"
    before |= {"missing": ["-99", "."], "known_until": "2021-12-31"}
    assert after == before


def test_no_role_is_dropped_in_silence() -> None:
    half = saved(RULES, **{"role:1:column": ""})
    twice = saved(RULES, **{"role:4": "mediator"})

    assert half.errors == {"role:1": ["Choose both, the role and its column."]}
    assert twice.errors == {"role:4": ["Choose each role once."]}


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "missing = 3",
            "missing = [[1]]",
            "said = 'remarks'",
            "said = 3",
            "separator = 5",
            "language = ['en']",
        ),
        *("country = 1", "by = []", "roles = 3", "roles = {witness = ['a']}", "dates = 2001", "titles = [1]"),
        *("codes = []", "codes = {outcome = 'end'}", "locator = []", "dates = {ended_on = {a = 'b'}}"),
        *("codes = {outcome = {column = 'end', words = ['1']}}", "dates = {ended_on = ['a', 1, 'b']}"),
        "codes = {outcome = {column = 'end', words = {a = ['holding']}}}",
    ],
)
def test_rules_of_another_shape_are_refused_and_no_error_of_the_server(rule: str) -> None:
    with pytest.raises(InvalidMapping):
        scheme_of("mine", f'number = "id"\ntitle = "name"\n{rule}\n')


def test_what_stands_for_nothing_may_be_written_as_a_number() -> None:
    form = MappingForm(sample=Sample.of(None), rules=RULES)

    assert form["missing"].value() == "-99\n."
