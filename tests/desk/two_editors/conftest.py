"""An entry that two people edit, and a conflict between them."""

from typing import Any

import pytest
from django.test import Client

from tests.desk.sheets import Sheet
from tests.factories import publish_actor
from tests.kept import kept


@kept
def actor() -> Any:
    return publish_actor(
        description_en="Before", description_ar="قبل", rows={"alias": [{"name": "First name"}]}
    )


@pytest.fixture
def conflict(actor: Any, desk: Client, other_desk: Client) -> str:
    """The address of a conflict on the finding; each side has other changes too."""
    mine = Sheet.of(desk, actor, description_en="Mine", title_ar="My place", public_note="My note")
    Sheet.of(other_desk, actor, description_en="Theirs", title_fr="Leur lieu").save()
    return mine.save().url
