"""A new case with 33 rows and 30 claims in few clicks and keys; rows moved and copied."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from portal.starter.reading import key_of
from publishing.models import Proposal
from tests.browser.barriers import barriers_on, told
from tests.browser.conftest import account
from tests.browser.journeys import fits
from tests.browser.test_accessibility import OF_DJANGO
from tests.browser.watching import Watched, next_page, settled

pytestmark = pytest.mark.browser

# What it took before rows were lines and could be pasted.
CLICKS_BEFORE, KEYS_BEFORE = 79, 2_380
# What a practised person takes for each, in seconds (the keystroke-level model of Card, Moran and Newell); and what
# it takes to copy a table elsewhere: two clicks, three keys and a thought. What is read is not counted.
KEY, CLICK, THOUGHT = 0.2, 1.1, 1.35
COPY = 2 * CLICK + 3 * KEY + THOUGHT
EVENTS = "Date\tType\tWhat happened\n" + "\n".join(
    f"{day} October 2021\tSignature\tStep {day} of the truce" for day in range(1, 21)
)
PARTIES = [
    ("Kuwait", "signatory"), ("Qatar", "mediator"), ("Turkey", "guarantor"), ("Egypt", "witness"),
    ("United Nations", "facilitator"), ("League of Arab States", "endorser"), ("European Union", "funder"),
]  # fmt: skip
PROVISIONS = [
    ("cessation", "1"),
    ("monitoring", "2"),
    ("prisoners", "3"),
    ("displaced", "4"),
    ("other", "5"),
    ("amnesty", "6"),
]


# A claim for each party and event, and for three facts: as a spreadsheet has them.
SOURCE = (
    "Memorandum of Understanding between the Government of the Republic of Indonesia"
    " and the Free Aceh Movement"
)
ABOUT = [
    *(f"{'Türkiye' if name == 'Turkey' else name} ({role.capitalize()})" for name, role in PARTIES),
    *(f"2021-10-{day:02} Step {day} of the truce" for day in range(1, 21)),
    *("Class", "Scope", "Sides"),
]
CLAIMS = "About\tSource\tWhere in it\n" + "\n".join(
    f"{fact}\t{SOURCE}\tpara. {number}" for number, fact in enumerate(ABOUT, start=1)
)


@dataclass
class Hands:
    """An editor's hands, counted: clicks, and keys, of which a paste takes one chord."""

    page: Page
    clicks: int = 0
    keys: int = 0
    thoughts: int = 0
    copies: int = 0

    @property
    def seconds(self) -> float:
        """How long they take, as far as a model tells."""
        moved = self.clicks * CLICK + self.keys * KEY
        return moved + self.thoughts * THOUGHT + self.copies * COPY

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1
        self.thoughts += 1

    def send(self, selector: str) -> None:
        with next_page(self.page):
            self.click(selector)

    def press(self, *keys: str) -> None:
        for one in keys:
            self.page.keyboard.press(one)
        self.keys += len(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.thoughts += 1

    def paste(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.keys += 1
        self.copies += 1

    def paste_rows(self, rows: str, text: str) -> None:
        self.click(f'.parts-of-form a[href="#{rows}-group"]')
        self.click(f"#{rows}-pasting > summary")
        self.click(f"#id_{rows}-paste")
        self.paste(text)
        self.send(f'button[value="look:{rows}"]')
        self.send(f'button[value="put:{rows}"]')


def test_a_case_of_33_rows_and_30_claims_takes_less_than_half_of_the_clicks_and_keys(
    visitor: Callable, site: str
) -> None:
    account("fast-hands")
    watched = Watched(visitor("fast-hands"), site)
    page, hands = watched.page, Hands(watched.page)
    page.goto("/en/admin/cases/case/add/")
    began = time.monotonic()

    hands.click("#id_title_en")
    hands.type("The October truce")
    page.locator("#id_ceasefire_class").select_option("cessation_of_hostilities")
    page.locator("#id_sidedness").select_option("bilateral")
    hands.clicks += 4
    hands.thoughts += 2
    hands.paste_rows("events", EVENTS)
    expect(page.locator("#events-group .closed-rows > li")).to_have_count(20)
    hands.paste_rows("participations", "\n".join(f"{name}\t{role}" for name, role in PARTIES))
    hands.click('.parts-of-form a[href="#provisions-group"]')
    hands.click("#provisions-group .add-row button")
    for topic, article in PROVISIONS:
        number = int(page.locator("#id_provisions-TOTAL_FORMS").input_value()) - 1
        page.locator(f"#id_provisions-{number}-topic").select_option(topic)
        page.locator(f"#id_provisions-{number}-strength").select_option("2")
        # Each choice: the first letters of it, and a tabulator.
        hands.keys += 6
        hands.thoughts += 2
        page.locator(f"#id_provisions-{number}-locator").focus()
        hands.type(f"Art. {article}")
        if (topic, article) != PROVISIONS[-1]:
            hands.press("Enter")
            expect(page.locator(f"#id_provisions-{number + 1}-topic")).to_be_focused()
    hands.paste_rows("claims", CLAIMS)
    hands.send("[name=_draft]")

    expect(page.locator(".messagelist .success")).to_be_visible()
    seconds = time.monotonic() - began
    print(f"a new case: {hands.clicks} clicks, {hands.keys} keys, {seconds:.0f} s by machine")
    print(
        f"by hands {hands.seconds:.0f} s: {hands.thoughts} thoughts, {hands.copies} tables copied elsewhere"
    )
    wanted = Proposal.objects.get(author__username="fast-hands").wanted["rows"]
    counts = [len(wanted[name]) for name in ("participation", "event", "provision", "claim")]
    assert counts == [len(PARTIES), 20, len(PROVISIONS), len(ABOUT)]
    # Each claim is of a row of the same save, or of a fact.
    rows = {f"{kind}/{key}" for kind in ("participation", "event") for key in wanted[kind]}
    facts = {"ceasefire_class", "scope", "sidedness"}
    assert {claim["about"] for claim in wanted["claim"].values()} == rows | facts
    assert sorted(row["position"] for row in wanted["provision"].values()) == [*range(6)]
    assert hands.clicks * 2 <= CLICKS_BEFORE
    assert hands.keys * 2 <= KEYS_BEFORE
    assert watched.faults == []


CASE = key_of("case", "lebanon-2008")


def names(page: Page, rows: str = "participations") -> list[str]:
    return page.locator(f"#{rows}-group .closed-rows > li").all_text_contents()


@pytest.mark.parametrize(
    "language, group, kind", [("en", "participations", "participation"), ("ar", "claims", "claim")]
)
def test_rows_are_moved_by_keys_and_that_is_said(
    visitor: Callable, site: str, language: str, group: str, kind: str
) -> None:
    watched = Watched(visitor(f"mover-{language}"), site)
    page = watched.page
    page.goto(f"/{language}/admin/cases/case/{CASE}/change/#{group}-group")
    before = names(page, group)
    lines = page.locator(f"#{group}-group .closed-rows > li > button")

    lines.nth(1).focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")

    after = names(page, group)
    assert after == [before[0], before[2], before[3], before[1], *before[4:]]
    expect(lines.nth(3)).to_be_focused()
    expect(page.locator("#about-rows")).to_contain_text("4")
    with next_page(page):
        page.locator("[name=_draft]").first.click()
    rows = Proposal.objects.get(author__username=f"mover-{language}").wanted["rows"][kind]
    assert len({row["position"] for row in rows.values()}) == len(rows)
    assert names(page, group) == after
    assert watched.faults == []


def test_a_row_is_dragged_copied_deleted_and_brought_back_and_the_counts_follow(
    visitor: Callable, site: str
) -> None:
    watched = Watched(visitor("dragger"), site)
    page = watched.page
    page.goto(f"/en/admin/cases/case/{CASE}/change/#participations-group")
    before = names(page)
    count = page.locator('.parts-of-form li:has(a[href="#participations-group"]) .count')
    # Its lines stay where they are from here on.
    grips = settled(page).locator("#participations-group .grip")
    grips.nth(0).scroll_into_view_if_needed()

    grips.nth(0).hover()
    page.mouse.down()
    box = grips.nth(2).bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + box["height"] - 3, steps=6)
    page.mouse.up()
    assert names(page)[:3] == [before[1], before[2], before[0]]

    page.locator("#participations-group .closed-rows > li > button").nth(0).click()
    page.locator("#participations-0-name").wait_for(state="attached")
    page.locator("#id_participations-0-remark_en").fill("Typed, not saved")
    page.locator("#participations-0 button[value^=copy]").click()
    expect(page.locator("#id_participations-1-remark_en")).to_have_value("Typed, not saved")
    expect(page.locator("#participations-1 .select2-selection__rendered")).to_have_text(
        page.locator("#participations-0 .select2-selection__rendered").inner_text()
    )
    expect(count).to_have_text(str(len(before) + 1))
    page.locator("#id_participations-0-DELETE").check()
    expect(count).to_have_text(str(len(before)))
    page.locator("#id_participations-0-DELETE").uncheck()
    page.locator("#id_participations-1-DELETE").check()
    expect(page.locator("#participations-1 .line-of-row")).to_be_hidden()
    expect(page.locator("#participations-group .inline-heading .count")).to_have_text(str(len(before)))

    with next_page(page):
        page.locator("[name=_draft]").first.click()
    rows = Proposal.objects.get(author__username="dragger").wanted["rows"]["participation"]
    assert len(rows) == len(before)
    assert sum(row["remark_en"] == "Typed, not saved" for row in rows.values()) == 1
    assert watched.faults == []


def test_the_form_with_opened_rows_and_a_pasted_table_is_accessible_and_fits_a_phone(
    visitor: Callable, site: str
) -> None:
    watched = Watched(visitor("presser"), site)
    page = watched.page
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/ar/admin/cases/case/add/")
    page.locator('.parts-of-form a[href="#events-group"]').click()
    page.locator("#events-group .add-row button").click()
    page.locator("#events-pasting > summary").click()
    page.locator("#id_events-paste").fill("03/10/2022\tتوقيع\tحدث\n5 آذار 2021\tلا أعرف\tآخر")
    with next_page(page):
        page.locator('button[value="look:events"]').click()

    fits(page)
    # What axe itself puts into the page, the policy refuses.
    assert watched.faults == []
    grave = [one for one in barriers_on(page) if one["impact"] in {"serious", "critical"}]
    assert not [one for one in grave if one["rule"] not in OF_DJANGO], told(grave)
