"""The accounts app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _fill_groups(using: str, **_options: Any) -> None:
    # The models are ready only once the registry is.
    from accounts.actions import fill_groups  # noqa: PLC0415

    fill_groups(using=using)


class AccountsConfig(AppConfig):
    """Who may come in, and as what."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Give the roles their permissions whenever a migration may have made new ones."""
        post_migrate.connect(_fill_groups, sender=self)
