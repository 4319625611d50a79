"""Two facts: proposed with a source and an address, confirmed, asked about, answered, decided one by one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from publishing.languages import direction
from publishing.vocabulary import ProposalState, Reason
from tests.browser.journeys import PHONE, decide, in_words, letters_to, link_in, newest, private, send, state
from tests.browser.watching import next_page

pytestmark = pytest.mark.browser

CASE = "libya-2020"
# The days that are proposed differ, for both journeys are of one casebook.
SAID = {
    "en": {
        "days": ("2020-10-21", "2020-10-24"),
        "reason": "Both days stand in the annex.",
        "name": "Amal Haddad",
        "question": "On which page of the annex?",
        "answer": "On page 4, at the top.",
        "note": "The annex gives no day for this.",
    },
    "ar": {
        "days": ("2020-10-20", "2020-10-25"),
        "reason": "اليومان مذكوران في الملحق.",
        "name": "أمل حداد",
        "question": "في أي صفحة من الملحق؟",
        "answer": "في أعلى الصفحة 4.",
        "note": "لا يذكر الملحق يوماً لذلك.",
    },
}


@pytest.mark.parametrize("language", SAID)
def test_two_facts_are_asked_about_and_decided_one_by_one(visitor: Callable, language: str) -> None:
    said, address = SAID[language], f"amal-{language}@example.org"
    declined_for = in_words(Reason.UNSOURCED, language)
    page = visitor(**PHONE).new_page()
    moderator = visitor(f"moderator-{language}", **PHONE).new_page()

    propose(page, language, address)
    one = newest()
    [confirmation] = letters_to(address)
    assert private(one, language) not in confirmation
    page.goto(link_in(confirmation))
    with next_page(page):
        page.locator("main form button").click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith(private(one, language))
    assert private(one, language) in letters_to(address)[-1]

    decide(moderator, one, language, lambda desk: ask(desk, said["question"]))
    letter = letters_to(address)[-1]
    assert said["question"] in letter
    page.goto(link_in(letter))
    expect(page.get_by_text(said["question"])).to_be_visible()
    page.locator("[name=text]").fill(said["answer"])
    with next_page(page):
        page.locator("button[value=answer]").click()
    expect(page.get_by_text(said["answer"])).to_be_visible()

    decide(moderator, one, language, lambda desk: accept_the_first(desk, said["answer"], said["note"]))
    assert state(one) == ProposalState.PARTLY_ACCEPTED
    letter = letters_to(address)[-1]
    assert declined_for in letter
    assert said["note"] in letter
    page.goto(link_in(letter))
    assert page.locator("html").get_attribute("dir") == direction(language)
    accepted, declined = (page.locator(f"li:has(.verdict.{verdict})") for verdict in ("accepted", "declined"))
    expect(accepted).to_have_count(1)
    expect(declined).to_contain_text(declined_for)
    expect(declined).to_contain_text(said["note"])

    page.locator('a[href*="/history/"]').first.click()
    expect(page.get_by_text(said["name"]).first).to_be_visible()
    page.goto(f"/{language}/cases/{CASE}/")
    expect(page.locator("main")).to_contain_text(spoken(said["days"][0], language))
    expect(page.locator("main")).not_to_contain_text(spoken(said["days"][1], language))
    page.goto(f"/{language}/changes/")
    expect(page.locator("main")).to_contain_text(said["name"])


def propose(page: Page, language: str, address: str) -> None:
    """From the entry's page: one fact, and a second one that the form shows on demand."""
    said = SAID[language]
    page.goto(f"/{language}/cases/{CASE}/?sources=open")
    page.locator('a.suggest[href$="/declared_on/"]').click()
    page.locator('[name="f:declared_on"]').fill(said["days"][0])
    with next_page(page):
        page.locator("button[name=more]").click()
    expect(page.locator('[name="f:declared_on"]')).to_have_value(said["days"][0])
    page.locator("details:has([name='f:in_force_on']) > summary").click()
    page.locator('[name="f:in_force_on"]').fill(said["days"][1])
    page.locator("[name=wants_credit]").check()
    send(
        page,
        source_reference="S/2020/1043",
        source_page="4",
        source_quotation="… 23 October 2020 …",
        reason=said["reason"],
        name=said["name"],
        mail=address,
    )


def ask(desk: Page, question: str) -> None:
    """The button beside the decision."""
    desk.locator("#decide [name=note]").fill(question)
    desk.locator("[data-verb=ask]").click()


def accept_the_first(desk: Page, answer: str, note: str) -> None:
    """Tick one of the two, and say why not the other."""
    expect(desk.get_by_text(answer)).to_be_visible()
    desk.locator('[name="accept:in_force_on"]').uncheck()
    desk.locator("#decide [name=note]").fill(note)
    desk.locator("details.more-for-steps > summary").click()
    desk.locator("[name=reason]").select_option(Reason.UNSOURCED)
    desk.locator("[data-verb=accept-some]").click()


def spoken(day: str, language: str) -> str:
    """The day as a reader meets it."""
    number = str(int(day[-2:]))
    return f"{number} October 2020" if language == "en" else f"{number} تشرين الأول/أكتوبر 2020"
