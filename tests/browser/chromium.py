"""Where the Chromium is, and how it is started."""

import os
import shutil

ARGUMENTS = [
    "--disable-gpu",
    # A page is drawn by the thread that lays it out: nobody scrolls meanwhile, and a fifth of all time is saved.
    "--disable-threaded-compositing",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# The headless shell is the same engine without the windows, menus and panels that nobody sees here.
PROGRAMS = ("chromium-headless-shell", "chromium")


def chromium() -> str | None:
    """Where it is: what CHROMIUM says, or what is installed."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
