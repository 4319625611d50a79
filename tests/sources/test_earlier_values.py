"""When a fact changes, what its sources said of the old value supports the new one only if somebody checked."""

from typing import Any

import pytest

from publishing.actions import publishing
from publishing.vocabulary import ChangeClass
from sources import facts
from sources.models import Claim
from tests.factories import (
    an_account,
    edited,
    key,
    newest,
    proposal_of,
    publish_actor,
    publish_case,
    publish_source,
    with_rows,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CLAIM, BREACH, OF_BREACH = key(), key(), key()


@kept
def case() -> Any:
    source = publish_source(title_en="The agreement")
    claims = [
        {"id": CLAIM, "source": source, "about": "declared_on"},
        {"id": key(), "source": source, "about": "finding"},
        {"id": OF_BREACH, "source": source, "about": f"breach/{BREACH}"},
    ]
    rows = {
        "breach": [{"id": BREACH, "killed": 3, "reported_by": publish_actor(), "began_on": "2021-05-02"}],
        "claim": claims,
    }
    return publish_case(declared_on="2020-10-23", finding_en="It held.", finding_fr="Il a tenu.", rows=rows)


def publish_edit(case: Any, rows: Any = None, *, said: Any = None, **fields: Any) -> None:
    proposal = proposal_of(edited(case, rows, **fields), base=newest(case), **(said or {}))
    publishing.publish(proposal, by=an_account())


def claim(about: str) -> Claim:
    return Claim.objects.get(about=about)


def test_a_source_of_the_old_date_does_not_support_the_new_one(case):
    publish_edit(case, declared_on="2020-10-24")

    left = claim("declared_on")
    assert (left.stance, left.value_en) == ("earlier", "23 October 2020")
    assert (left.value_ar, left.value_fr) == ("23 تشرين الأول/أكتوبر 2020", "23 octobre 2020")


def test_it_counts_no_longer(case):
    before = facts.coverage(case, list(Claim.objects.filter(entry=case)), {}).unsourced
    publish_edit(case, declared_on="2020-10-24")
    case.refresh_from_db()

    after = facts.coverage(case, list(Claim.objects.filter(entry=case)), {}).unsourced
    assert ("declared_on" in before, "declared_on" in after) == (False, True)


def test_who_checked_the_sources_keeps_them(case):
    publish_edit(case, declared_on="2020-10-24", said={"sources_confirmed": True})

    assert claim("declared_on").stance == "supports"


def test_a_claim_that_is_changed_with_its_fact_is_of_the_new_value(case):
    rows = {
        "claim": [
            {"id": CLAIM, "source": claim("declared_on").source, "about": "declared_on", "locator": "p. 2"}
        ]
    }
    publish_edit(case, rows, declared_on="2020-10-24")

    assert claim("declared_on").stance == "supports"


def test_a_new_claim_of_a_value_that_another_has_changed_meanwhile_is_of_the_earlier_one(case):
    source = publish_source()
    late = proposal_of(
        edited(case, {"claim": [{"source": source, "about": "declared_on"}]}), base=newest(case)
    )
    publish_edit(case, declared_on="2020-10-24", said={"sources_confirmed": True})
    publishing.publish(late, by=an_account())

    assert Claim.objects.get(source=source, about="declared_on").stance == "earlier"


def test_a_number_in_a_row_counts_as_its_fact(case):
    changed = with_rows(edited(case), {})
    changed["rows"]["breach"][BREACH]["killed"] = 5
    publishing.publish(proposal_of(changed, base=newest(case)), by=an_account())

    left = claim(f"breach/{BREACH}")
    assert (left.stance, left.value_en) == ("earlier", "killed: 3")


@pytest.mark.parametrize(
    "fields, change_class, stance",
    [
        ({"finding_en": "It did not hold."}, ChangeClass.CORRECTION, "earlier"),
        ({"finding_en": "It  held."}, ChangeClass.TYPO, "supports"),
        ({"finding_fr": "Il tenait."}, ChangeClass.CORRECTION, "supports"),
        ({"finding_ar": "صمد."}, ChangeClass.CORRECTION, "supports"),
        ({"scope": "local"}, ChangeClass.CORRECTION, "supports"),
    ],
    ids=["another text", "a typing error", "a translation put better", "a new translation", "another fact"],
)
def test_a_text_changes_with_its_own_language(case, fields, change_class, stance):
    publish_edit(case, **fields, said={"change_class": change_class})

    assert claim("finding").stance == stance
