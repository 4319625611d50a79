"""The people at a review, and its addresses."""

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import reverse

from publishing.models import Proposal
from tests.factories import an_account

PROVENANCE = {"note": "A better word.", "note_language": "en", "change_class": "correction"}


def an_editor(name: str) -> Any:
    """An editor who may also view the proposals of others."""
    editor = an_account(name, is_staff=True)
    wanted = ["change_theme", "add_theme", "view_theme", "view_proposal"]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    return editor


def a_moderator(name: str) -> Any:
    moderator = an_editor(name)
    moderator.user_permissions.add(Permission.objects.get(codename="decide_proposal"))
    return moderator


def at(proposal: Proposal, name: str, *args: Any) -> str:
    return reverse(f"admin:publishing_proposal_{name}", args=[proposal.pk, *args])
