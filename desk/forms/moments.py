"""A day and a time, asked for in two fields."""

from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext_lazy as _


def date_and_time() -> AdminSplitDateTime:
    """Two fields, each with a name of its own."""
    widget = AdminSplitDateTime()
    for part, name in zip(widget.widgets, (_("Date"), _("Time")), strict=True):
        part.attrs["aria-label"] = name
    return widget
