"""The pictures of the casebook in docs/pictures/: `python -m tests.browser.pictures` while `make run` serves it."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from config.env import ROOT
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.watching import settled

FOLDER = ROOT / "docs" / "pictures"
MAX_BYTES = 150_000
# File: address, width, height and colour scheme.
PICTURES = {
    "home-en.webp": ("en/", 1280, 1000, "light"),
    "case-ar.webp": ("ar/cases/lebanon-2008/", 768, 1100, "light"),
    "pillar-en-dark.webp": ("en/pillars/ceasefire-implementation/", 1280, 1000, "dark"),
}


def main(site: str = "http://localhost:8000/") -> None:
    """Take all of them from the casebook at that address."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=ARGUMENTS, chromium_sandbox=False
        )
        for name, (address, width, height, scheme) in PICTURES.items():
            save(taken(browser, f"{site}{address}", width, height, scheme), FOLDER / name)
        browser.close()


def taken(browser: Browser, address: str, width: int, height: int, scheme: str) -> bytes:
    """What stands in such a window, as PNG."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    settled(page)
    picture = page.screenshot()
    page.close()
    return picture


def save(picture: bytes, path: Path) -> None:
    """Write it small; lines of text stay sharp."""
    Image.open(BytesIO(picture)).save(path, "WEBP", quality=82, method=6)
    size = path.stat().st_size
    assert size <= MAX_BYTES, f"{path.name} has {size} bytes"
    sys.stdout.write(f"{path.relative_to(ROOT)}: {size} bytes\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
