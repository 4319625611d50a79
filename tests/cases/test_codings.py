"""What datasets say of a case stands beside what the editors decided, and nothing else does."""

from typing import Any

from django.utils.translation import override

from cases import codings
from cases.models import Case
from publishing.fields.partial_dates import PartialDate
from sources.models import Claim, Source


def a_case(**fields: Any) -> Case:
    return Case(ceasefire_class="humanitarian_pause", sidedness="bilateral", **fields)


def says(about: str, source_type: str = "dataset") -> Claim:
    return Claim(about=about, source=Source(source_type=source_type, title_en=source_type))


def test_a_dataset_stands_beside_the_editors() -> None:
    claim = says("ceasefire_class")

    (coding,) = codings.for_case(a_case(), [claim])

    assert (coding.label, coding.editors_value, coding.claims) == ("Class", "Humanitarian pause", [claim])


def test_facts_come_in_the_order_in_which_they_are_told() -> None:
    found = codings.for_case(a_case(), [says(about) for about in reversed(Case.CODED_FACTS)])

    assert [coding.claims[0].about for coding in found] == [*Case.CODED_FACTS]


def test_several_datasets_keep_their_order() -> None:
    claims = [says("outcome"), says("scope"), says("outcome")]

    outcome, _scope = codings.for_case(a_case(), claims)

    assert outcome.claims == [claims[0], claims[2]]


def test_what_is_no_dataset_codes_nothing() -> None:
    claims = [says("outcome", "report"), says("outcome", "news"), Claim(about="outcome")]

    assert codings.for_case(a_case(), claims) == []


def test_what_datasets_do_not_code_is_left_to_its_own_place() -> None:
    claims = [says(about) for about in ("", "finding", "narrative", "event/1", "nonsense")]

    assert codings.for_case(a_case(), claims) == []


def test_a_date_is_said_as_well_as_it_is_known() -> None:
    case = a_case(declared_on=PartialDate("2008-05"), ended_on=PartialDate("2008"))

    found = codings.for_case(case, [says("declared_on"), says("ended_on"), says("in_force_on")])

    assert [(coding.label, coding.editors_value) for coding in found] == [
        ("Declared or signed", "May 2008"),
        ("In force from", "—"),
        ("Ended", "2008"),
    ]


def test_the_editors_speak_the_language_of_the_page() -> None:
    with override("fr"):
        (coding,) = codings.for_case(a_case(declared_on=PartialDate("2008-05-01")), [says("declared_on")])

    assert coding.editors_value == "1er mai 2008"
