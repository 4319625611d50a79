"""A page that is opened once is looked at in every window: what one of them alone shows is seen there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.barriers import Eyes
from tests.browser.public_pages import Seen, look_at
from tests.browser.reflow import Screen
from tests.browser.watching import Watched

pytestmark = pytest.mark.browser

# Faint where it is dark and narrow, cut off where it is magnified, too wide on a telephone.
PLANTED = """
@media (prefers-color-scheme: dark) and (max-width: 400px) {
  main p { color: color-mix(in srgb, currentcolor 20%, transparent); }
}
@media (max-height: 300px) {
  main p { inline-size: 1rem; overflow: hidden; white-space: nowrap; }
}
@media (width: 375px) {
  main { min-inline-size: 500px; }
}
"""


# Where the faint words are looked at: in Arabic alone, for the other two are light.
@pytest.mark.parametrize("language, is_dark", [("en", False), ("ar", True), ("fr", False)])
def test_what_one_window_alone_shows_is_seen_there(
    visitor: Callable, site: str, language: str, is_dark: bool
) -> None:
    profile = visitor()
    profile.route("**/planted.css", lambda route: route.fulfill(content_type="text/css", body=PLANTED))
    profile.route("**/about/", with_planted_styles)
    watched = Watched(profile, site)
    seen = Seen(watched.faults)

    look_at(watched, Screen(watched.page), f"/{language}/about/", seen, Eyes())

    assert len(seen.faults) == 1
    assert "too wide at 375px" in seen.faults[0]
    assert {one["rule"] for one in seen.barriers} == ({"color-contrast"} if is_dark else set())
    assert seen.hidden["320 pixels"] == []
    assert seen.hidden["four times"] != []


def with_planted_styles(route: Route) -> None:
    answer = route.fetch()
    body = answer.text().replace("</head>", '<link rel="stylesheet" href="/planted.css"></head>')
    route.fulfill(response=answer, body=body)
