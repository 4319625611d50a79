"""A table is pasted with its cells whole, from the clipboards of several programs, and is looked at before anything is saved."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from publishing.models import Proposal, Revision
from tests.browser.clipboards import excel, libre, sheets, web, word
from tests.browser.watching import Watched, next_page
from tests.desk.pasting.tables import meant, table

pytestmark = pytest.mark.browser

PASTE = """(box, [html, text]) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", text);
    if (html) clipboard.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
    return box.dispatchEvent(event);
}"""
ROWS = [
    ["Date", "Type", "What happened"],
    ["{x:num=44472}3-Oct-21", "Signature", 'They said "we stop"\nand left\u00a0; that is all'],
    ["4 October 2021", "Signature", "a < b & c"],
]
CELLS = [
    ROWS[0],
    ["2021-10-03", "Signature", 'They said "we stop"\nand left\u00a0; that is all'],
    ["4 October 2021", "Signature", "a < b & c"],
]


def box_of(page: Page, rows: str = "events") -> str:
    page.locator(f"#{rows}-group").evaluate(
        "group => group.querySelectorAll('details').forEach(one => { one.open = true })"
    )
    return f"#id_{rows}-paste"


def pasted(page: Page, html: str, text: str = "as plain text") -> list[list[str]]:
    """The cells that stand in the box after it; an empty list where the browser is left to paste the text."""
    box = page.locator(box_of(page))
    box.fill("")
    if box.evaluate(PASTE, [html, text]):
        return []
    return [*csv.reader(io.StringIO(box.input_value()), delimiter="\t")]


def test_cells_are_whole_from_every_program_and_merged_ones_stand_in_each_of_their_rows(
    visitor: Callable, site: str
) -> None:
    watched = Watched(visitor("paster"), site)
    page = watched.page
    page.goto("/en/admin/cases/case/add/")
    dated = [[cell.replace("x:num=", 'sdnum="1033;0;D-MMM-YY" sdval=') for cell in row] for row in ROWS]
    kept = '{data-sheets-value="&#123;&quot;1&quot;:3,&quot;3&quot;:44472&#125;"}3-Oct-21'

    assert pasted(page, excel(ROWS)) == CELLS
    assert pasted(page, libre(dated)) == CELLS
    assert pasted(page, sheets([ROWS[0], [kept, *ROWS[1][1:]], ROWS[2]])) == CELLS
    assert pasted(page, word([[cell.replace("{x:num=44472}", "") for cell in row] for row in ROWS]))[:3] == [
        ["Timeline of"], ["the truce"], ROWS[0],
    ]  # fmt: skip
    merged = [
        ["{colspan=3}The truce"],
        ROWS[0],
        ["{rowspan=2}3 October 2021", "Signature", "Signed"],
        ["End", "Broken"],
        ["{rowspan=0}2022", "{colspan=2}Nothing"],
        [],
    ]
    assert pasted(page, web(merged)) == [
        ["The truce"], ROWS[0], ["3 October 2021", "Signature", "Signed"], ["3 October 2021", "End", "Broken"], ["2022", "Nothing"], ["2022"],
    ]  # fmt: skip
    expect(page.locator("#events-pasting output")).to_have_text(
        "Pasted as a table. Lines: 6. Columns: 3. Merged cells, repeated in each of their lines: 2."
    )
    # Numbers are no dates, and a date that shows another day than is kept stays what it shows.
    odd = web([["{sdval=44472}44472", "{x:num=44472}4-Oct-21", "{sdval=21.5}21.5"]])
    assert pasted(page, odd) == [["44472", "4-Oct-21", "21.5"]]
    assert pasted(page, "<p>One <b>text</b></p>") == pasted(page, web([["alone"]])) == pasted(page, "") == []
    assert pasted(page, "<table><tr><td><script>alert(1)</script>a<img src=x onerror=alert(1)><td>b") == [
        ["a", "b"]
    ]
    assert watched.faults == []


@pytest.mark.parametrize("language, program", [("en", excel), ("ar", libre), ("fr", sheets)])
def test_two_hundred_rows_with_dirt_arrive_whole_and_nothing_is_saved_before_they_are_looked_at(
    visitor: Callable, site: str, language: str, program: Callable
) -> None:
    rows = [*csv.reader(io.StringIO(table(language), newline=""), delimiter="\t")]
    watched = Watched(visitor(f"paster-{language}"), site)
    page = watched.page
    before = Revision.objects.count()
    page.goto(f"/{language}/admin/cases/case/add/")

    assert len(pasted(page, program([*rows, rows[0]]))) == len(rows) + 1
    page.keyboard.press("Control+z")
    expect(page.locator("#id_events-paste")).to_have_value("")
    pasted(page, program([*rows, rows[0]]))
    with next_page(page):
        page.locator('button[value="look:events"]').click()

    table_of = page.locator("#events-pasting .pasted-rows")
    expect(table_of.locator("tbody tr")).to_have_count(200)
    assert table_of.locator("td.doubt").count() == 0
    text = meant(13)[2]
    expect(table_of.locator("tbody tr").nth(13).locator("td").nth(2)).to_have_text(text)
    assert not Proposal.objects.filter(author__username=f"paster-{language}").exists()
    assert Revision.objects.count() == before
    assert watched.faults == []
