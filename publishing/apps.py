"""The publishing app."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Entries, revisions and proposals."""

    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Let each app register its functions; raises ImproperlyConfigured for a wrong registration."""
        autodiscover_modules("extensions")
        upgrades = import_module("publishing.upgrades")
        post_migrate.connect(upgrades.mark_use, sender=self)
        post_migrate.connect(upgrades.fill_search, sender=self)
