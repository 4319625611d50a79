"""Every kind of page, and the desk, under axe-core: in each language, and in light and dark, wide and narrow."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from portal.starter.reading import key_of
from publishing.models.entry import kinds
from tests.browser.barriers import LOOKS, MARK, Eyes, told
from tests.browser.conftest import account
from tests.browser.public_pages import LANGUAGES, Seen
from tests.browser.watching import settled
from tests.desk.sheets import change_page, list_page
from tests.factories import edited, newest, proposal_of

pytestmark = pytest.mark.browser

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_puts_up_a_barrier(public_pages: Callable[[str], Seen], language: str) -> None:
    found = public_pages(language).barriers

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
    onlooker: Callable, desk: list[str], language: str, look: str
) -> None:
    stranger, editor = (onlooker(name, **LOOKS[look]).new_page() for name in ("", "administrator"))

    eyes = Eyes()
    found = eyes.barriers(stranger, f"/{language}/accounts/login/")
    for address in desk:
        there = eyes.barriers(editor, address.replace("/en/", f"/{language}/", 1))
        found += [one for one in there if not is_of_django(editor, one)]

    grave = [one for one in found if one["impact"] in {"serious", "critical"}]

    assert not grave, told(grave)


def is_of_django(page: Page, one: dict[str, str]) -> bool:
    """Whether the rule and the place are known."""
    where = OF_DJANGO.get(one["rule"])
    return where is not None and page.evaluate(IS_WITHIN, [one["target"], where])


# What is planted, and the rule and the element that axe names.
PLANTED = {
    "document.querySelector('main').append(new Image())": ("image-alt", "img"),
    "document.querySelector('main p').style.color = FAINT": ("color-contrast", ".prose > p"),
    "document.querySelector('.languages [lang=fr]').style.color = FAINT": ("color-contrast", "fr"),
    "document.querySelector('main').append(Object.assign(document.createElement('h6'), {textContent: 'Deep'}))": (
        "heading-order",
        "h6",
    ),
    "document.querySelector('main').append(document.createElement('input'))": ("label", "input"),
}
FAINT = "const FAINT = 'color-mix(in srgb, currentcolor 20%, transparent)'"


@pytest.mark.parametrize("look", LOOKS)
def test_planted_barriers_are_seen(visitor: Callable, look: str) -> None:
    page = visitor(**LOOKS[look]).new_page()
    eyes = Eyes()
    # All that is drawn there was seen before, and was no barrier.
    assert eyes.barriers(page, "/en/about/") == []
    page.reload()

    settled(page).evaluate("\n;".join([FAINT, *PLANTED]))

    found = [(one["rule"], one["target"]) for one in eyes.barriers_on(page)]
    for rule, element in PLANTED.values():
        assert any(rule == one and element in target for one, target in found), (rule, element, found)


FORGET = "(mark) => document.querySelectorAll(`[${mark}]`).forEach((one) => one.removeAttribute(mark))"
# Words that are drawn as others were, on a ground that is not theirs.
OUT = """document.querySelector('main').insertAdjacentHTML('afterbegin', `
    <div class=ground><div class=sheet><b>Legible</b></div></div>`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.ground { background: #333; block-size: 9rem } .sheet { background: #fff; block-size: 3rem }
        .sheet b { color: #000; display: block; inline-size: fit-content }`);
    document.adoptedStyleSheets = [sheet];"""


@pytest.mark.parametrize(
    "change, is_barrier",
    [
        ("0", False),
        ("document.querySelector('.sheet b').style.translate = '0 4rem'", True),
        ("document.querySelector('.sheet').style.background = 'transparent'", True),
        ("document.querySelector('.sheet').style.opacity = 0.1", True),
        ("document.querySelector('.sheet b').style.color = '#aaa'", True),
    ],
    ids=["as before", "outside", "another ground", "seen through", "another colour"],
)
def test_words_are_measured_again_where_anything_else_is_behind_them(
    visitor: Callable, change: str, is_barrier: bool
) -> None:
    page, eyes = visitor(color_scheme="light").new_page(), Eyes()
    page.goto("/en/about/")
    settled(page).evaluate(OUT)
    assert eyes.barriers_on(page) == []
    page.evaluate(FORGET, MARK)

    page.evaluate(change)

    assert [one["rule"] for one in eyes.barriers_on(page)] == ["color-contrast"] * is_barrier
    assert page.locator(f"[{MARK}]").count() == is_barrier
