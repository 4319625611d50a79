"""For tests of the web server."""

from collections.abc import Iterator

import pytest

from portal.page_cache.front import Application
from tests.portal.raw import served


@pytest.fixture
def port(application: Application) -> Iterator[int]:
    """Where the application of the module is served."""
    with served(application) as port:
        yield port
