"""The chain of digests: every revision is linked to the one before, and changes are detected."""

from typing import Any

import pytest

from publishing.actions import retracting, steps
from publishing.models import ChainHead, Revision
from tests.factories import (
    publish_case,
    publish_change,
    publish_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def test_every_revision_is_linked_to_the_one_before_and_the_head_to_the_last(editor: Any) -> None:
    case = publish_case(
        rows={"provision": [{"text_ar": "وقف إطلاق النار"}]}, latitude="32.9", longitude="13.18"
    )
    publish_theme()
    publish_change(case, finding_en="Changed")
    retracting.retract(case, by=editor, reason="Wrong.", language="en")

    chain = list(Revision.objects.order_by("pk"))

    assert [one.previous_digest for one in chain] == ["", *(one.digest for one in chain[:-1])]
    assert [one.digest for one in chain] == [steps.digest(one) for one in chain]
    assert ChainHead.objects.get().digest == chain[-1].digest


@pytest.mark.parametrize(
    "tampered",
    [
        {"note": "Otherwise."},
        {"number": 7},
        {"change_class": "typo"},
        {"snapshot": {}},
        {"note_language": "fr"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_revision_no_longer_fits_its_digest(tampered: dict[str, Any]) -> None:
    publish_theme()
    Revision.objects.update(**tampered)

    revision = Revision.objects.get()

    assert steps.digest(revision) != revision.digest


def test_a_credited_name_can_be_erased_and_the_chain_holds() -> None:
    publish_theme()
    Revision.objects.update(credit="Somebody else")

    revision = Revision.objects.get()

    assert steps.digest(revision) == revision.digest
