"""When a page is whole, and what it must never do: complain, call elsewhere, or run over its edge."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Request

WIDTHS = (375, 1280)
HEIGHT = 800
TELL_VIOLATIONS = """
    addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A font is asked for when a layout needs it, so the layout comes first.
FONTS_ARE_THERE = """async () => {
    document.documentElement.getBoundingClientRect();
    await document.fonts.ready;
}"""


def settled(page: Page) -> Page:
    """The page, after its style sheets, scripts and fonts have come; what is measured earlier is not what is shown."""
    while True:
        page.wait_for_load_state("load")
        try:
            page.evaluate(FONTS_ARE_THERE)
        except Error as error:
            # It went on by itself, to a page that has to settle too.
            if "because of a navigation" not in str(error):
                raise
        else:
            return page


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """The block opens another page; when the block ends, that page has loaded."""
    with page.expect_navigation():
        yield
    settled(page)


class Watched:
    """A page that keeps a list of all its faults."""

    def __init__(self, profile: BrowserContext, site: str) -> None:
        self.host = urlsplit(site).netloc
        self.faults: list[str] = []
        self._at = ""
        profile.add_init_script(TELL_VIOLATIONS)
        self.page: Page = profile.new_page()
        self.page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("request", lambda asked: self._leaves(asked.url))
        self.page.on("requestfailed", self._failed)
        self.page.on(
            "response", lambda got: self._note(f"{got.status} {got.url}") if got.status >= 400 else None
        )

    def visit(self, address: str) -> None:
        """Load it, and look at it at each width."""
        self._at = address
        self.page.goto(address)
        settled(self.page)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            if (excess := self.page.evaluate(TOO_WIDE)) > 0:
                self._note(f"{excess}px too wide at {width}px")

    def _failed(self, asked: Request) -> None:
        # What the browser was still loading when somebody went on is no fault of the page.
        if asked.failure != "net::ERR_ABORTED":
            self._note(f"failed: {asked.url} {asked.failure}")

    def _leaves(self, address: str) -> None:
        if urlsplit(address).scheme in {"http", "https"} and urlsplit(address).netloc != self.host:
            self._note(f"asks another host: {address}")

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self._at}: {fault}")
