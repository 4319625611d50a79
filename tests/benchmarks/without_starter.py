"""`manage.py run` for a test's small casebook: `python -m tests.benchmarks.without_starter`.

Without the starter content, and with a worker that has nothing to do: what it does is not measured.
"""

import os
import sys
from typing import Any

import django
from django.core.management import call_command, execute_from_command_line

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from portal.management.commands import run  # noqa: E402 (needs the apps)

IDLE = "import os, time\nparent = os.getppid()\nwhile os.getppid() == parent: time.sleep(0.2)"


def all_but_the_starter(name: str, *args: Any, **options: Any) -> None:
    """As Django calls commands, except for the one that publishes for half a minute."""
    if name != "load_starter":
        call_command(name, *args, **options)


def become_idle() -> None:
    """Turn this process into one that is listed as the worker, and ends with its parent."""
    os.setpgrp()
    os.execv(sys.executable, [sys.executable, "-c", IDLE, "work", "--with-parent"])  # noqa: S606 (all of it is here)


if __name__ == "__main__":
    run.call_command = all_but_the_starter  # type: ignore[assignment]
    run._become_worker = become_idle
    execute_from_command_line([sys.argv[0], "run"])
