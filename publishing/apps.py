"""The publishing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Entries, revisions and proposals."""

    name = "publishing"
    verbose_name = _("Publishing")
