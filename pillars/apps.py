"""The pillars app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PillarsConfig(AppConfig):
    """Reference articles."""

    name = "pillars"
    verbose_name = _("Pillars")
