"""What a narrow window hides of a page, be it small or magnified."""

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.watching import settled

HIDDEN = (Path(__file__).parent / "reflow.js").read_text(encoding="utf-8")


class Window(NamedTuple):
    """Its width and height, and how many pixels of the screen draw one of the page."""

    width: int
    height: int
    scale: int


WINDOWS = {
    # A window of 1280 x 1024, magnified to 400 %. It comes first: whatever is opened next is drawn as in the last.
    "four times": Window(320, 256, 4),
    "320 pixels": Window(320, 640, 1),
}


def hidden(page: Page) -> list[str]:
    """What the window hides of the page that is open, also of what is folded away."""
    found: list[str] = settled(page).evaluate(HIDDEN)
    return found


class Screen:
    """Shows the page that is open in one window after the other."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session = page.context.new_cdp_session(page)

    def show(self, window: Window) -> None:
        """Show the page in the window."""
        width, height, scale = window
        # Playwright itself knows no other scale for a page that is open.
        self.page.set_viewport_size({"width": width, "height": height})
        self._session.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False},
        )
        assert tuple(self.page.evaluate("[innerWidth, innerHeight, devicePixelRatio]")) == window
