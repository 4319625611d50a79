"""The desk app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The screens of the editors' desk that all kinds of entries share."""

    name = "desk"
    verbose_name = _("Desk")
