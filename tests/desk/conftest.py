"""Clients of editors who are signed in."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

from publishing.actions import drafting
from publishing.models import Entry, Proposal
from tests.factories import an_account, edited, key, publish_theme
from tests.kept import kept


@pytest.fixture(autouse=True)
def _english() -> None:
    """English, whatever language an earlier test activated."""
    translation.activate("en")


@pytest.fixture
def desk(editor: Any) -> Client:
    """The client of an editor who may also view the history."""
    editor.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="publishing", codename__startswith="view_")
    )
    return signed_in(editor)


@pytest.fixture
def other_desk(db: None) -> Client:
    """The client of another editor."""
    return signed_in(an_account("colleague", is_staff=True, is_superuser=True))


def signed_in(account: Any) -> Client:
    """A client with the account signed in."""
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def leila(db: None) -> Any:
    return _an_editor("leila")


@pytest.fixture
def omar(db: None) -> Any:
    return _an_editor("omar")


@kept
def talked_about() -> Entry:
    return publish_theme(title_en="Justice", summary_en="Courts.")


@pytest.fixture
def new_draft(leila: Any) -> Proposal:
    wanted = edited(publish_theme(slug="copied"), slug="brand-new", title_en="Brand new")
    return drafting.begin_draft(
        {**wanted, "id": key()}, by=leila, base=None, note="New.", note_language="en", change_class="addition"
    )


def _an_editor(name: str) -> Any:
    account = an_account(name, is_staff=True, email=f"{name}@example.org")
    wanted = ("add_theme", "change_theme", "view_theme", "add_case", "change_case")
    account.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return account
