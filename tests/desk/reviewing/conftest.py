"""A theme, and a proposal to change it that waits for a review."""

import pytest

from publishing.actions import drafting, reviewing
from publishing.models import Entry, Proposal
from tests.desk.reviewing.reviews import PROVENANCE, an_editor
from tests.factories import edited, newest, publish_theme
from tests.kept import kept


@kept
def theme() -> Entry:
    return publish_theme(title_en="Truce")


@pytest.fixture
def proposal(theme: Entry) -> Proposal:
    author = an_editor("author")
    wanted = edited(theme, title_fr="Trêve", summary_en="It held.")
    draft = drafting.begin_draft(wanted, by=author, base=newest(theme), **PROVENANCE)
    return reviewing.submit(draft, by=author)
