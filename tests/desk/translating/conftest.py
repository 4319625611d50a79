"""A case whose translations are behind."""

from publishing.models import Entry
from tests.factories import key, publish_case, publish_change
from tests.kept import kept


@kept
def case() -> Entry:
    """A case in Arabic with a stale title, a missing finding, and a text of a row that is done."""
    case = publish_case(
        title_en="Old", title_ar="قديم", title_fr="Vieux", finding_en="It held.", finding_fr="Il a tenu.",
        rows={"provision": [{"id": key(), "text_en": "Stop.", "text_ar": "كفّ.", "text_fr": "Cessez."}]},
    )  # fmt: skip
    publish_change(case, title_en="New", title_fr="Neuf")
    return case
