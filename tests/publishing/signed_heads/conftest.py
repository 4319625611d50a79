"""A key that signs the chain, and a line that a reader kept."""

from pathlib import Path
from typing import Any

import pytest

from publishing import head_keys
from publishing.actions.publishing_heads import publish_head
from tests.factories import publish_case, publish_change
from tests.publishing.signed_heads.chain import TODAY


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> Path:
    """The key of this casebook, which is in no database."""
    settings.HEAD_KEY, settings.HEADS_FILE = tmp_path / "head-key.pem", tmp_path / "heads.txt"
    settings.SITE_URL = "https://casebook.example"
    head_keys.write_new_key(settings.HEAD_KEY)
    return settings.HEAD_KEY


@pytest.fixture
def kept(key: Path) -> str:
    """A line that a reader kept, of a chain of four revisions."""
    publish_case()
    case = publish_case()
    publish_change(case, finding_en="Changed once")
    head = publish_head(TODAY)
    assert head is not None
    return str(head)
