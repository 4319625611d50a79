"""The order in which the desk's first page and its sidebar name what can be worked on."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Each part of the work: its key, its name, and its models in their order. What is named nowhere comes last.
PARTS: tuple[tuple[str, Promise | str, tuple[str, ...]], ...] = (
    (
        "entries",
        _("The casebook"),
        (
            *("cases.case", "cases.initiative", "pillars.pillar", "sources.source", "sources.image"),
            *("pillars.term", "cases.actor", "cases.place", "pillars.theme", "portal.page"),
        ),
    ),
    ("proposals", _("Proposals"), ("contributions.contribution", "publishing.proposal")),
    ("log", _("History"), ("publishing.entry", "publishing.revision", "admin.logentry")),
    (
        "accounts",
        _("Accounts"),
        (
            *("auth.user", "accounts.invitation", "accounts.addresschange", "mfa.authenticator"),
            *("auth.group", "accounts.mail"),
        ),
    ),
)
LAST: tuple[str, Promise | str] = ("settings", _("Settings"))


def in_order_of_work(apps: Iterable[dict[str, Any]], address: str) -> list[dict[str, Any]]:
    """The apps of Django's admin as parts of the work, in their order; without parts that have no models.

    address: that of the desk's first page.
    """
    found = {model["model"]._meta.label_lower: model for app in apps for model in app["models"]}
    parts = []
    for key, name, labels in PARTS:
        models = [found.pop(label) for label in labels if label in found]
        parts.append(_part(key, name, models, address))
    parts.append(_part(*LAST, [*found.values()], address))
    return [part for part in parts if part["models"]]


def _part(key: str, name: Promise | str, models: list[dict[str, Any]], address: str) -> dict[str, Any]:
    return {
        "app_label": key,
        "name": name,
        "app_url": f"{address}#{key}",
        "has_module_perms": True,
        "models": models,
    }
