"""Every form takes its text, numbers and days by the casebook's own fields, which clean what is typed."""

import re

import pytest

from config.env import ROOT

APPS = ("accounts", "cases", "contributions", "desk", "pillars", "portal", "publishing", "sources")
STOCK = re.compile(
    r"forms\.(?:Char|Email|URL|Slug|Integer|Float|Decimal|Date|DateTime|SplitDateTime|Time)Field\((?!.*HiddenInput)"
)
# A browser cuts what is pasted at a greatest length, and empties a box for numbers, without a word.
CUTS = re.compile(r"maxlength|type=.number|NumberInput")
PASSWORDS = re.compile(r"password\d = ")


@pytest.mark.parametrize("app", APPS)
def test_no_form_has_a_stock_field(app: str) -> None:
    files = (file for file in (ROOT / app).rglob("*.py") if file.parent.name != "fields")

    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        if "migrations" not in file.parts
        for line in file.read_text(encoding="utf-8").splitlines()
        if STOCK.search(line) and not PASSWORDS.search(line)
    ]

    assert found == []


def test_no_template_lets_the_browser_cut_or_empty_a_box() -> None:
    found = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "templates").rglob("*.html")
        if CUTS.search(file.read_text(encoding="utf-8"))
    ]

    assert found == []
