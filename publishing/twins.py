"""The message for somebody who adds an entry that exists already."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from publishing.models import Entry


def is_there_already(twin: Entry, address: str) -> Any:
    """That the entry exists, with a link to it; safe HTML."""
    link = format_html('<a href="{}"><bdi>{}</bdi></a>', address, twin)
    return format_html(_("There is already {link}."), link=link)
