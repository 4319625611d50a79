#!/usr/bin/env python
"""The command line of the casebook."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError

from config.call_stack import call_with_room
from config.surroundings import check_surroundings


def main(command: list[str]) -> None:
    """Run the command; what somebody can mend in the settings ends it with one line that says how."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        check_surroundings(command[1:])
        call_with_room(execute_from_command_line, command)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except (OperationalError, InterfaceError) as error:
        sys.exit(f"The database does not answer, or not now: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main(sys.argv)
