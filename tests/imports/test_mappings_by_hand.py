"""Rules of mappings that were written by hand: the form keeps them all, or says that it cannot."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.mapping_forms import MappingForm
from imports.samples import Sample
from imports.schemes.mapped import InvalidMapping, scheme_of
from imports.schemes.toml import as_toml
from imports.schemes.toml_comments import Comments, comments_of

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


COMMENTED = """\
# The table of Zenda,
# by its own codebook.

# Counted by them, not by us.
number = "id"  # never used twice
title = "name # not a comment"
missing = [
  "-99",  # unknown
  '.',    # not asked
]
known_until = "2021-12-31"
separator = \"\"\" "# \"\"\"

# Dates are those of the text.
[dates]
# The day of signature.
declared_on = ["year", "month", ""]  # the day is unsure
ended_on = "end"  # asked in 2021

[codes.outcome]   # see page 12
column = "end"
words = {"1" = "collapsed", "2" = ""}  # 3 is not used
# Sent to us by mail.
"""


def test_comments_stay_at_their_rules_and_none_is_lost() -> None:
    form = saved(COMMENTED, ended_on="")

    assert form.is_valid(), form.errors
    assert (
        form.cleaned_data["rules"]
        == """\
# The table of Zenda,
# by its own codebook.

# Counted by them, not by us.
number = "id"  # never used twice
separator = " \\"# "
known_until = "2021-12-31"
# unknown
# not asked
missing = ["-99", "."]

[titles]
en = "name # not a comment"

# Dates are those of the text.
[dates]
# The day of signature.
declared_on = ["year", "month", ""]  # the day is unsure

[codes.outcome]  # see page 12
column = "end"

[codes.outcome.words]  # 3 is not used
1 = "collapsed"
2 = ""

# asked in 2021
# Sent to us by mail.
"""
    )
    again = saved(form.cleaned_data["rules"])
    assert again.is_valid(), again.errors
    assert again.cleaned_data["rules"] == form.cleaned_data["rules"]


@settings(max_examples=60)
@given(st.text("#\"'[]{}=\\ \na1é", max_size=12))
def test_a_text_that_looks_like_a_comment_is_none(text: str) -> None:
    words = {"column": text, "words": {text: text}}

    written = as_toml({"number": text, "said": [text, text], "titles": {text: text}, "codes": {text: words}})

    assert comments_of(written) == Comments()
