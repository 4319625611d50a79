"""Where the Chromium is, and how it is started."""

import os
import shutil

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Where pages are looked at alone, the thread that lays them out draws them too, which saves a fifth of all time.
# Nothing can be clicked there that must be scrolled to.
LOOKING = [*ARGUMENTS, "--disable-threaded-compositing"]


# The headless shell is the same engine without the windows, menus and panels that nobody sees here.
PROGRAMS = ("chromium-headless-shell", "chromium")


def chromium() -> str | None:
    """Where it is: what CHROMIUM says, or what is installed."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
