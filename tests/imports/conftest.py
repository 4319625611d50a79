"""A casebook of one country, its government, and the datasets as sources."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imports import actions
from imports.models import ImportBatch
from imports.reading import read_table
from imports.schemes import SCHEMES
from tests.factories import publish_actor, publish_place, publish_source
from tests.kept import kept


@kept
def ruritania() -> Any:
    """A country with its numbers in the catalogues."""
    return publish_place(slug="ruritania", title_en="Ruritania", gw_number=990, iso_code="RUR")


@kept
def government(ruritania: Any) -> Any:
    """Its government."""
    return publish_actor(
        slug="ruritania-government", title_en="King of Ruritania", actor_type="government", home=ruritania
    )


@kept
def datasets() -> dict[str, Any]:
    """The sources that the claims of imports cite, by the name of the dataset."""
    slugs = {"eth-prio": "eth-prio-ceasefires", "pax": "pa-x-v10", "ucdp": "ucdp-peace-agreements-22-1"}
    return {
        name: publish_source(slug=slug, title_en=name, source_type="dataset") for name, slug in slugs.items()
    }


@pytest.fixture
def imported(administrator: Any, datasets: dict[str, Any]) -> Callable[..., ImportBatch]:
    """Imports a file and returns its batch; with `accept`, also accepts its proposals."""

    def run(name: str, path: Path, *, release: str = "", accept: bool = False) -> ImportBatch:
        scheme = SCHEMES[name]
        batch = actions.begin(
            scheme=name,
            release=release or scheme.release,
            source=datasets[name],
            file_name=path.name,
            digest=actions.digest_of(path),
            by=administrator,
        )
        for _rows in actions.go_on(batch, actions.plan_for(batch, scheme), read_table(path)):
            pass
        while accept and actions.accept_next(batch, by=administrator):
            pass
        return batch

    return run
