"""`manage.py run` without the starter content, for a test's small casebook: `python -m tests.benchmarks.without_starter`."""

import os
import sys
from typing import Any

import django
from django.core.management import call_command, execute_from_command_line

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from portal.management.commands import run  # noqa: E402 (needs the apps)


def all_but_the_starter(name: str, *args: Any, **options: Any) -> None:
    """As Django calls commands, except for the one that publishes for half a minute."""
    if name != "load_starter":
        call_command(name, *args, **options)


if __name__ == "__main__":
    run.call_command = all_but_the_starter  # type: ignore[assignment]
    execute_from_command_line([sys.argv[0], "run"])
