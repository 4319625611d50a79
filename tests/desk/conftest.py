"""An editor at the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

from tests.factories import an_account


@pytest.fixture(autouse=True)
def _english() -> None:
    """Whatever language the test before it read last."""
    translation.activate("en")


@pytest.fixture
def desk(editor: Any) -> Client:
    """A browser in which an editor is signed in, who may also read what was published when."""
    editor.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="publishing", codename__startswith="view_")
    )
    return signed_in(editor)


@pytest.fixture
def other_desk(db: None) -> Client:
    """A browser in which another editor is signed in."""
    return signed_in(an_account("colleague", is_staff=True, is_superuser=True))


def signed_in(account: Any) -> Client:
    """A browser of the account."""
    client = Client()
    client.force_login(account)
    return client
