"""The portal app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Pages across all entries."""

    name = "portal"
    verbose_name = _("Pages")
