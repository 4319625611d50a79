"""Style sheets for both writing directions, and templates without inline styles or scripts."""

import re

import pytest

from config.env import ROOT

SHEETS = sorted(sheet for sheet in ROOT.glob("static/**/*.css") if "vendor" not in sheet.parts)
TEMPLATES = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")])
MAX_LINES = 300

PHYSICAL = re.compile(
    r"""(?<![-\w])(?:
        (?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right)(?:-(?:width|style|color))?\s*:
      | border-(?:top|bottom)-(?:left|right)-radius\s*:
      | (?:text-align|float|clear)\s*:\s*(?:left|right)(?![-\w])
    )""",
    re.VERBOSE,
)
FOUR_SIDES = re.compile(r"(?<![-\w])(?:margin|padding|inset|border-width):([^;}]+)")
INLINE = re.compile(
    r"""
        <style(?![-\w])
      | <script(?![^>]*\ssrc=)[^>]*>
      | <[a-z][^>]*?\s(?:style|on[a-z]+)\s*=
      | (?:href|src)=["']?javascript:
    """,
    re.VERBOSE | re.IGNORECASE,
)


def by_path(file):
    return str(file.relative_to(ROOT))


def test_there_are_style_sheets_and_templates_to_look_at():
    assert SHEETS
    assert TEMPLATES


@pytest.mark.parametrize("sheet", SHEETS, ids=by_path)
def test_style_sheets_know_start_and_end_only(sheet):
    assert sides_named(sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=by_path)
def test_style_sheets_are_short_enough_to_be_read_whole(sheet):
    assert len(sheet.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("template", TEMPLATES, ids=by_path)
def test_templates_have_nothing_inline(template):
    assert inline_in(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "css",
    [
        "p { margin-left: 1em }",
        "p { left: 0 }",
        "p { text-align:right; }",
        "p { float: left }",
        "p { border-right-color: red }",
        "p { border-top-left-radius: 2px }",
        "p { padding: 0 1em 0 2em }",
    ],
)
def test_a_named_side_is_noticed(css):
    assert sides_named(css)


@pytest.mark.parametrize(
    "css",
    [
        "p { margin-inline-start: 1em; inset-inline: 0; text-align: start; padding: 0 1em 2px 1em }",
        "/* not margin-left: it would be wrong in Arabic */",
        ".to-the-left { color: red } .copyright::after { content: '' }",
    ],
)
def test_start_and_end_pass(css):
    assert sides_named(css) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<a href="javascript:x">',
    ],
)
def test_what_is_inline_is_noticed(html):
    assert inline_in(html)


def test_what_has_a_file_of_its_own_passes():
    assert (
        inline_in('<script src="a.js" defer></script><p class="style" data-on="x">style= onclick=</p>') == []
    )


def sides_named(css):
    """The declarations that name left or right instead of start and end."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    lopsided = [one[0] for one in FOUR_SIDES.finditer(css) if is_lopsided(one[1].split())]
    return [one[0] for one in PHYSICAL.finditer(css)] + lopsided


def is_lopsided(sides):
    """Four values, of which the second (right) is not the fourth (left)."""
    return len(sides) == 4 and sides[1] != sides[3]


def inline_in(html):
    """Styles, scripts and event handlers that the content security policy would refuse."""
    html = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", html, flags=re.DOTALL)
    return [one[0] for one in INLINE.finditer(html)]
