"""The contributions app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    """The public door: proposals of people without an account."""

    name = "contributions"
    verbose_name = _("Proposals from the public")
