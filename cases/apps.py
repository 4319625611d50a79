"""The cases app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Ceasefires and reconstruction."""

    name = "cases"
    verbose_name = _("Cases")
