"""What is seen on the public pages, each of which is opened once in a language and looked at in every window."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext

from publishing.languages import PAGE_LANGUAGES
from tests.browser.addresses import PUBLIC, UNANSWERED
from tests.browser.barriers import LOOKS, Eyes
from tests.browser.reflow import WINDOWS, Screen, hidden
from tests.browser.watching import Watched, settled

# All tests of a language go to one process, which has opened its pages.
LANGUAGES = [
    pytest.param(language, marks=pytest.mark.xdist_group(f"pages in {language}"))
    for language in PAGE_LANGUAGES
]
# In each language a page is asked for barriers in one look. So it is asked in light and in dark, wide and narrow, and
# in both directions, and what it is made of in every language, without asking six times how the same page is drawn.
# The longest words, which are French, stand in the narrowest window.
LOOK_IN = {"ar": "dark and narrow", "fr": "light and narrow"}
USUAL = "light and wide"


@dataclass
class Seen:
    """What is wrong with pages: their faults, their barriers, and what each window hides."""

    faults: list[str]
    barriers: list[dict[str, str]] = field(default_factory=list)
    hidden: dict[str, list[str]] = field(default_factory=lambda: {window: [] for window in WINDOWS})


def look_at_all(profile: BrowserContext, site: str, language: str) -> Seen:
    """Open every kind of page in the language."""
    watched = Watched(profile, site)
    screen, seen, eyes = Screen(watched.page), Seen(watched.faults), Eyes()
    for address in PUBLIC:
        look_at(watched, screen, f"/{language}/{address}", seen, eyes)
    # To the browser it is an error that such a page has nothing to answer.
    seen.faults = [*watched.faults]
    for address in UNANSWERED:
        look_at(watched, screen, f"/{language}/{address}", seen, eyes)
    return seen


def look_at(watched: Watched, screen: Screen, address: str, seen: Seen, eyes: Eyes) -> None:
    """Open the page, and look at it from wide to narrow."""
    page, look = watched.page, LOOKS[LOOK_IN.get(address.split("/")[1], USUAL)]
    watched.visit(address)
    page.emulate_media(color_scheme=look["color_scheme"])
    page.set_viewport_size(look["viewport"])
    seen.barriers += eyes.barriers_on(settled(page))
    for name, window in WINDOWS.items():
        screen.show(window)
        seen.hidden[name] += [f"{address}: {what}" for what in hidden(page)]
