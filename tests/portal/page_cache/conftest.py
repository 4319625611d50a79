"""A page, and a cache that several processes share."""

import pytest
from django.core.cache.backends.locmem import LocMemCache

from portal.page_cache.shared import SharedPages
from tests.factories import (
    publish_case,
)


@pytest.fixture
def page() -> str:
    """The address of a page."""
    return publish_case(slug="a-truce", title_en="A truce").get_absolute_url()


@pytest.fixture
def shared() -> SharedPages:
    """A cache that several processes would share."""
    return SharedPages(LocMemCache("shared pages", {}), "this-release")
