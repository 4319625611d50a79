"""Clients of editors who are signed in."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

from tests.factories import an_account


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
