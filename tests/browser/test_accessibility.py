"""Every kind of page, and the desk, under axe-core: in each language, in light and in dark, wide and narrow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from portal.starter.reading import key_of
from publishing.languages import PAGE_LANGUAGES
from publishing.models.entry import kinds
from tests.browser.addresses import EVERY_KIND
from tests.browser.conftest import account
from tests.browser.watching import settled
from tests.desk.sheets import change_page, list_page
from tests.factories import edited, newest, proposal_of

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, Any]] = {
    "light and wide": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark and narrow": {"color_scheme": "dark", "viewport": {"width": 375, "height": 800}},
}
# Behind words that stand on a drawn ground axe knows no contrast, and keeps silent: the ground is taken away.
# A style sheet made by script is no violation of the policy.
WITHOUT_DRAWN_GROUND = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":is(.site-header, .hero, .site-footer)::before { content: none !important }");
    document.adoptedStyleSheets = [sheet];
}"""
LOOK = """async (rules) => {
    const answer = await axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
    return answer.violations.flatMap(({id, impact, nodes}) => nodes.map((node) => ({
        rule: id, impact, target: node.target.join(" "), said: node.failureSummary ?? "",
    })));
}"""
IS_WITHIN = "([target, others]) => document.querySelector(target)?.closest(others) !== null"
# What Django's own desk does, by rule: where, and why it is not ours to mend.
OF_DJANGO = {
    # The field to look for an entry in, which select2 draws without a name; its box has one.
    "label": ".select2-search__field",
    # The list of the entries chosen, between whose items select2 puts its field.
    "list": ".select2-selection__rendered",
    # The box to choose one entry in, which select2 names by what is chosen, and not at all while it is empty.
    "aria-input-field-name": ".select2-selection",
    # The field to search a list with: its label is a picture, with a name.
    "label-title-only": "#searchbar",
}


def barriers(page: Page, address: str) -> list[dict[str, str]]:
    """What axe finds there, each with the rule, the element and what to do."""
    page.goto(address)
    settled(page)
    page.evaluate(WITHOUT_DRAWN_GROUND)
    page.evaluate(AXE)
    return [{"address": address, **found} for found in page.evaluate(LOOK, RULES)]


def told(found: list[dict[str, str]]) -> str:
    """A line for each barrier."""
    return "\n".join(" · ".join(one.values()).replace("\n", " ") for one in found)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_no_page_puts_up_a_barrier(visitor: Callable, language: str, look: dict[str, Any]) -> None:
    page = visitor(**look).new_page()

    found = [one for address in EVERY_KIND for one in barriers(page, f"/{language}/{address}")]

    assert not found, told(found)


@pytest.fixture
def desk(site: str) -> list[str]:
    """The pages where editors spend their time."""
    case = kinds()["case"].objects.get(pk=key_of("case", "lebanon-2008"))
    opened = change_page(case)
    history = opened.replace("change", "history")
    proposal = proposal_of(edited(case, title_fr="Un titre"), by=account("administrator"), base=newest(case))
    return [
        reverse("admin:index"), list_page("case"), opened, history, newest(case).get_admin_url(),
        reverse("admin:publishing_proposal_change", args=[proposal.pk]),
        reverse("publishing:translations"), reverse("publishing:translation", args=[case.pk, "fr"]) + "?all=1",
    ]  # fmt: skip


# Each direction and each scheme once: a form of the desk holds thousands of elements.
@pytest.mark.parametrize("language, look", [("en", "light and wide"), ("ar", "dark and narrow")])
def test_no_page_of_the_desk_puts_up_a_serious_barrier(
    visitor: Callable, desk: list[str], language: str, look: str
) -> None:
    stranger, editor = (visitor(name, **LOOKS[look]).new_page() for name in ("", "administrator"))

    found = barriers(stranger, f"/{language}/accounts/login/")
    for address in desk:
        there = barriers(editor, address.replace("/en/", f"/{language}/", 1))
        found += [one for one in there if not is_of_django(editor, one)]

    grave = [one for one in found if one["impact"] in {"serious", "critical"}]

    assert not grave, told(grave)


def is_of_django(page: Page, one: dict[str, str]) -> bool:
    """Whether the rule and the place are known."""
    where = OF_DJANGO.get(one["rule"])
    return where is not None and page.evaluate(IS_WITHIN, [one["target"], where])


PLANTED = {
    "a picture without words": ("document.querySelector('main').append(new Image())", "image-alt"),
    "faint text": (
        "document.querySelector('main p').style.color = 'color-mix(in srgb, currentcolor 20%, transparent)'",
        "color-contrast",
    ),
    "faint text in the header": (
        "document.querySelector('.languages a').style.color = 'color-mix(in srgb, currentcolor 20%, transparent)'",
        "color-contrast",
    ),
    "a heading that skips a level": (
        "document.querySelector('main').append(document.createElement('h6'));"
        "document.querySelector('h6').textContent = 'Deep'",
        "heading-order",
    ),
    "a field without a name": (
        "document.querySelector('main').append(document.createElement('input'))",
        "label",
    ),
}


@pytest.mark.parametrize("script, rule", PLANTED.values(), ids=PLANTED)
def test_a_planted_barrier_is_seen(visitor: Callable, script: str, rule: str) -> None:
    page = visitor(**LOOKS["dark and narrow"]).new_page()
    page.goto("/en/about/")
    settled(page)
    page.evaluate(WITHOUT_DRAWN_GROUND)
    page.evaluate(AXE)

    page.evaluate(script)

    assert rule in {found["rule"] for found in page.evaluate(LOOK, RULES)}
