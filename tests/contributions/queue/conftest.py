"""A moderator at the queue, and a second one."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import an_account


@pytest.fixture(autouse=True)
def _decisions_can_be_undone(_news_are_told_at_once: None, settings: Any) -> None:
    settings.UNDO_MINUTES = 10


@pytest.fixture
def moderator(db: None) -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)


@pytest.fixture
def second(db: None) -> Any:
    return an_account("second", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(moderator: Any) -> Client:
    client = Client()
    client.force_login(moderator)
    return client
