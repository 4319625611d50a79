"""What axe-core finds on a page: barriers to people who read it with an aid, or cannot see its colours."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.watching import settled

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
MARK_NEW = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
# By this axe names no element.
MARK = "xmlns"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS: dict[str, dict[str, Any]] = {
    "light and wide": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "light and narrow": {"color_scheme": "light", "viewport": {"width": 375, "height": 800}},
    "dark and narrow": {"color_scheme": "dark", "viewport": {"width": 375, "height": 800}},
}
# Behind words that stand on a drawn ground axe knows no contrast, and keeps silent: the ground is taken away
# while it looks. A style sheet made by script is no violation of the policy.
FIND = """async (rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":is(.site-header, .hero, .site-footer)::before { content: none !important }");
    const before = [...document.adoptedStyleSheets];
    document.adoptedStyleSheets = [...before, sheet];
    // None of the rules reads the style sheets themselves, which axe would fetch once more.
    const preload = {assets: ["media"]};
    const answer = await axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload});
    document.adoptedStyleSheets = before;
    return answer.violations.flatMap(({id, impact, nodes}) => nodes.map((node) => ({
        rule: id, impact, target: node.target.join(" "), said: node.failureSummary ?? "",
    })));
}"""


class Eyes:
    """Who looks at pages in one look, and measures the contrast of what is drawn alike on the same ground once.

    It is half of the time that axe takes, and pages consist of the same parts.
    """

    def __init__(self) -> None:
        self._seen: list[int] = []

    def barriers(self, page: Page, address: str) -> list[dict[str, str]]:
        """What axe finds there, each with the rule, the element and what to do."""
        page.goto(address)
        return self.barriers_on(settled(page))

    def barriers_on(self, page: Page) -> list[dict[str, str]]:
        """The same on the page that is open, as it looks now."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        self._seen += page.evaluate(MARK_NEW, [MARK, self._seen])
        return [{"address": page.url, **found} for found in page.evaluate(FIND, RULES)]


def barriers(page: Page, address: str) -> list[dict[str, str]]:
    """What is found there by somebody who has seen no other page."""
    return Eyes().barriers(page, address)


def barriers_on(page: Page) -> list[dict[str, str]]:
    """The same on the page that is open."""
    return Eyes().barriers_on(page)


def told(found: list[dict[str, str]]) -> str:
    """A line for each barrier."""
    return "\n".join(" · ".join(one.values()).replace("\n", " ") for one in found)
