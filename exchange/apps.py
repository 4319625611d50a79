"""The exchange app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Data out of the casebook."""

    name = "exchange"
    verbose_name = _("Data")
