"""What is seen on the public pages, each of which is opened once in a language and looked at in every window."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext

from publishing.languages import PAGE_LANGUAGES
from tests.browser.addresses import PUBLIC, UNANSWERED
from tests.browser.barriers import DRAWN, LOOKS, RULES, barriers_on
from tests.browser.reflow import WINDOWS, Screen, hidden
from tests.browser.watching import Watched, settled

# All tests of a language go to one process, which has opened its pages.
LANGUAGES = [
    pytest.param(language, marks=pytest.mark.xdist_group(f"pages in {language}"))
    for language in PAGE_LANGUAGES
]
# All rules are asked in one look of each language, and in each look of one.
WIDE = "light and wide"
IN_EACH_LOOK = "ar"


@dataclass
class Seen:
    """What is wrong with pages: their faults, their barriers in each look, and what each window hides."""

    faults: list[str]
    barriers: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {look: [] for look in LOOKS})
    hidden: dict[str, list[str]] = field(default_factory=lambda: {window: [] for window in WINDOWS})


def look_at_all(profile: BrowserContext, site: str, language: str) -> Seen:
    """Open every kind of page in the language."""
    watched = Watched(profile, site)
    screen, seen = Screen(watched.page), Seen(watched.faults)
    for address in PUBLIC:
        look_at(watched, screen, f"/{language}/{address}", seen)
    # To the browser it is an error that such a page has nothing to answer.
    seen.faults = [*watched.faults]
    for address in UNANSWERED:
        look_at(watched, screen, f"/{language}/{address}", seen)
    return seen


def look_at(watched: Watched, screen: Screen, address: str, seen: Seen) -> None:
    """Open the page, and look at it from wide to narrow."""
    page = watched.page
    watched.visit(address)
    for name, look in LOOKS.items():
        page.emulate_media(color_scheme=look["color_scheme"])
        page.set_viewport_size(look["viewport"])
        rules = RULES if name == WIDE or address.startswith(f"/{IN_EACH_LOOK}/") else DRAWN
        seen.barriers[name] += barriers_on(settled(page), rules)
    for name, window in WINDOWS.items():
        screen.show(window)
        seen.hidden[name] += [f"{address}: {what}" for what in hidden(page)]
