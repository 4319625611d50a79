"""What a form is about stands in its address, and is read from there."""

import pytest

from contributions.form.target import Facts, NewRow, Row, Target, UnknownTarget, parse_target

KEY = "0b6f4f4e-5a0a-4d6c-9c5c-0d8a4f5a2f12"


@pytest.mark.parametrize(
    "text, target",
    [
        ("", Facts()),
        ("outcome", Facts(("outcome",))),
        ("outcome,scope", Facts(("outcome", "scope"))),
        (f"provision/{KEY}", Row("provision", KEY)),
        ("provision/new", NewRow("provision")),
        (f"assessment/new/{KEY}", NewRow("assessment", KEY)),
        ("claim/new/outcome", NewRow("claim", "outcome")),
        (f"claim/new/provision/{KEY}", NewRow("claim", f"provision/{KEY}")),
    ],
)
def test_a_target_is_written_as_it_is_read(text: str, target: Target) -> None:
    assert (parse_target(text), str(target)) == (target, text)


@pytest.mark.parametrize("text", [f"provision/{KEY}/text", "provision//text"])
def test_one_column_of_a_row_is_no_target(text: str) -> None:
    with pytest.raises(UnknownTarget):
        parse_target(text)


@pytest.mark.parametrize(
    "text, target",
    [("outcome,,", Facts(("outcome",))), ("claim/new/", NewRow("claim")), ("claim/", Row("claim", ""))],
)
def test_an_unusual_address_is_read_too(text: str, target: Target) -> None:
    assert parse_target(text) == target
