"""Which permissions each role has: the only list, used to fill the groups and by the tests."""

from django.db import models

from accounts.vocabulary import Role
from publishing.models import Proposal
from publishing.models.entry import kinds

# Permissions on proposals beyond Django's add, change, delete and view.
DECIDING = ("publishing.decide_proposal", "publishing.override_rule")
ACCOUNTS = (
    *("auth.view_user", "auth.change_user", "auth.view_group"),
    *("accounts.add_invitation", "accounts.view_invitation", "accounts.view_mail"),
    "accounts.view_addresschange",
    *("mfa.view_authenticator", "mfa.delete_authenticator"),
)


def permissions_of(role: Role) -> frozenset[str]:
    """All permissions of the role, as `app.codename`."""
    if role == Role.ADMINISTRATOR:
        return frozenset(ACCOUNTS)
    editing = _of_all_kinds("add") | _of_all_kinds("change") | {_permission("view", Proposal)}
    if role == Role.EDITOR:
        return editing
    return editing | _of_all_kinds("delete") | {*DECIDING}


def privileged_permissions() -> frozenset[str]:
    """The permissions that need a second factor: all that an editor does not have."""
    everything = frozenset().union(*(permissions_of(role) for role in Role))
    return everything - permissions_of(Role.EDITOR)


def _of_all_kinds(verb: str) -> frozenset[str]:
    return frozenset(_permission(verb, kind) for kind in kinds().values())


def _permission(verb: str, model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"
