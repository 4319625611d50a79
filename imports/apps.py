"""The imports app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Datasets of the field, into the queue of proposals."""

    name = "imports"
    verbose_name = _("Datasets")
