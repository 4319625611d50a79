"""The ceasefire with which a new editor practises; it never happened."""

import uuid
from typing import Any

from django.utils.translation import gettext, override

from cases.models import Case
from cases.vocabulary import CeasefireClass, Outcome, Scope, Sidedness, Written
from publishing import rules, snapshots
from publishing.languages import PAGE_LANGUAGES, column_in
from publishing.snapshots import Snapshot


def practice_case(by: Any) -> Snapshot | None:
    """A made-up case in all languages; None for those who may not add cases."""
    if rules.why_not_permitted(by, "add", Case):
        return None
    key = uuid.uuid4()
    snapshot = snapshots.empty(Case, key)
    snapshot["fields"] |= {
        "slug": f"practice-{key.hex[:8]}",
        "ceasefire_class": CeasefireClass.HUMANITARIAN_PAUSE.value,
        "scope": Scope.LOCAL.value,
        "written": Written.UNWRITTEN.value,
        "sidedness": Sidedness.BILATERAL.value,
        "outcome": Outcome.UNKNOWN.value,
    }
    for language in PAGE_LANGUAGES:
        with override(language):
            snapshot["fields"] |= {
                column_in(language, "title"): gettext("Practice: the truce of the two gardens"),
                column_in(language, "finding"): gettext(
                    "Two neighbours agreed to share a well for thirty days; this never happened."
                ),
            }
    return snapshot
