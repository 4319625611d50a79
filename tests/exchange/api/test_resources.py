"""The API holds every kind of entry, also one that nobody gave a list."""

from exchange.api.resources import OF_KIND, RESOURCES
from publishing.models.entry import kinds


def test_every_kind_is_a_resource() -> None:
    assert {*OF_KIND} == {*kinds()}
    assert len(RESOURCES) == len(OF_KIND)
