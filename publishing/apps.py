"""The publishing app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Entries, revisions and proposals."""

    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Let each app register in the hooks of publishing and the desk; what cannot be stops the start."""
        autodiscover_modules("extensions")
