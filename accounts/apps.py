"""The accounts app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _fill_groups(using: str, **_options: Any) -> None:
    # The models can be imported only once the app registry is ready.
    from accounts.actions import fill_groups  # noqa: PLC0415

    fill_groups(using=using)


class AccountsConfig(AppConfig):
    """Accounts, roles and sign-in."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Give the roles their permissions after each migration, which may have created new ones."""
        post_migrate.connect(_fill_groups, sender=self)
