"""Two entries that are the same thing: what is said to somebody who writes the second one."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from publishing.models import Entry


def is_there_already(twin: Entry, address: str) -> Any:
    """That the entry is there, with a link to it; safe HTML."""
    link = format_html('<a href="{}"><bdi>{}</bdi></a>', address, twin)
    return format_html(_("It is already here: {link}."), link=link)
