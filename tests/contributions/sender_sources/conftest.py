"""A case with a date from a source."""

from typing import Any

from tests.factories import publish_case, publish_source
from tests.kept import kept


@kept
def case() -> Any:
    source = publish_source(title_en="The agreement")
    return publish_case(
        declared_on="2020-10-23", rows={"claim": [{"source": source, "about": "declared_on"}]}
    )
