"""How long each ceasefire held is read as its coding says it, and what cannot be counted has a reason."""

from typing import Any
from uuid import uuid4

import pytest

from cases import lifetimes, plots
from cases.lifetimes import CODEBOOKS, Lifetime, Uncounted
from cases.models import Case
from cases.survival import Life
from tests.cases.drawn import partial
from tests.factories import publish_case, publish_source

ETH, UCDP = CODEBOOKS


def a_case(
    declared: str = "2020-01-01", ended: str = "", outcome: str = "collapsed", as_of: str = ""
) -> Case:
    return Case(
        declared_on=partial(declared),
        ended_on=partial(ended),
        outcome=outcome,
        outcome_as_of=partial(as_of),
    )


def by_the_editors(case: Case) -> Lifetime:
    [found] = lifetimes.by_the_editors([case])
    return found


@pytest.mark.parametrize(
    "case, life",
    [
        (a_case(ended="2020-01-11"), Life(10, True)),
        (a_case(ended="2020-01-11", outcome="expired"), Life(10, False)),
        (a_case(ended="2020-01-11", outcome="superseded_by_settlement"), Life(10, False)),
        (a_case(outcome="holding", as_of="2020-01-31"), Life(30, False)),
        (a_case(ended="2020-02"), Life(45, True)),
    ],
    ids=["collapsed", "expired", "settled", "holding", "in a month"],
)
def test_the_editors_coding_is_counted(case: Case, life: Life) -> None:
    assert by_the_editors(case).life == life


@pytest.mark.parametrize(
    "case, reason",
    [
        (a_case(), Uncounted.NO_END),
        (a_case(declared="", ended="2020"), Uncounted.NO_START),
        (a_case(outcome="disputed", as_of="2021"), Uncounted.DISPUTED),
        (a_case(outcome="never_took_effect", as_of="2021"), Uncounted.NEVER_TOOK_EFFECT),
        (a_case(outcome="unknown"), Uncounted.NO_OUTCOME),
    ],
)
def test_what_the_editors_do_not_know_is_not_counted(case: Case, reason: Uncounted) -> None:
    assert by_the_editors(case) == Lifetime(case, None, reason)


# --- datasets ----------------------------------------------------------------------------


def of_a_dataset(case: Case, **said: Any) -> list[Lifetime]:
    return [one for found in lifetimes.by_the_datasets([case]).values() for one in found]


def published(slug: str = "eth-prio-ceasefires", stance: str = "supports", **said: str) -> Case:
    """A case declared on 1 January 2019, and what the source says of its facts."""
    source = publish_source(slug=slug)
    claims = [
        {"about": about, "value_en": value, "source": source, "stance": stance}
        for about, value in said.items()
    ]
    return publish_case(
        declared_on="2019-01-01", outcome="unknown", rows={"claim": claims or [{"source": source}]}
    )


@pytest.mark.django_db
@pytest.mark.every_database
@pytest.mark.parametrize(
    "said, life",
    [
        ({"outcome": "Did not end (ended = 0; data up to 2020)"}, Life(730, False)),
        ({"outcome": "Did not end (ended 0)"}, Life(730, False)),
        ({"ended_on": "Collapsed on 11 January 2019 (ended = 2)"}, Life(10, True)),
        ({"ended_on": "11 January 2019", "outcome": "Expired (ended = 1)"}, Life(10, False)),
        (
            {"in_force_on": "In effect on 3 January 2019", "outcome": "ended = 4, 13 January 2019"},
            Life(10, False),
        ),
    ],
    ids=["did not end", "as others write it", "collapsed", "expired", "its own start"],
)
def test_a_dataset_is_read_by_its_codes(said: dict[str, str], life: Life) -> None:
    [found] = of_a_dataset(published(**said))

    assert found.life == life


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize(
    "said, reason",
    [
        ({"outcome": "End unknown (ended = −1)"}, Uncounted.NO_END),
        ({"outcome": "End unclear (ended = -1; data up to 2020)"}, Uncounted.NO_END),
        ({"outcome": "Never took effect (ended = 3)"}, Uncounted.NEVER_TOOK_EFFECT),
        ({"outcome": "The first ended = 2, the second ended = 0"}, Uncounted.SEVERAL),
        ({"outcome": "ended = 2 on 3 May 2019, or on 4 May 2019"}, Uncounted.NO_END),
        ({"outcome": "ended = 2, on 31 February 2019"}, Uncounted.NO_END),
    ],
)
def test_what_a_dataset_does_not_know_is_not_counted(said: dict[str, str], reason: Uncounted) -> None:
    [found] = of_a_dataset(published(**said))

    assert (found.life, found.reason) == (None, reason)


@pytest.mark.django_db
@pytest.mark.one_database
def test_another_dataset_is_read_by_its_own_words() -> None:
    going_on = published(
        "ucdp-peace-agreements-22-1", outcome="Agreement not coded as ended (data up to 2021)"
    )
    ended = published("ucdp-peace-agreements", outcome="Agreement ended", ended_on="12 January 2019")

    assert [one.life for one in of_a_dataset(going_on)] == [Life(1095, False)]
    assert [one.life for one in of_a_dataset(ended)] == [Life(11, True)]


@pytest.mark.django_db
@pytest.mark.one_database
def test_what_is_only_context_or_says_nothing_of_an_end_is_no_coding() -> None:
    context = published(stance="context", outcome="ended = 2 on 3 May 2019")
    silent = published("eth-prio-ceasefires-2", declared_on="1 January 2019")
    other = published("a-newspaper", outcome="ended = 2 on 3 May 2019")

    assert [of_a_dataset(case) for case in (context, silent, other)] == [[], [], []]


# --- panels ------------------------------------------------------------------------------


def lifetimes_of(*days: int, ended: bool = True) -> list[Lifetime]:
    return [Lifetime(Case(pk=uuid4()), Life(float(one), ended)) for one in days]


def test_few_lives_make_no_curve() -> None:
    few, enough = (
        plots.panel("", lifetimes_of(*range(10, 10 + number)))
        for number in (plots.FEWEST_COUNTED - 1, plots.FEWEST_COUNTED)
    )

    assert (few.lines, few.rows) == ([], [])
    assert enough.lines


def test_the_table_ends_where_few_are_watched() -> None:
    panel = plots.panel("", lifetimes_of(*[400] * 6, *[900] * 4, ended=False))

    assert [row.time for row in panel.rows] == ["30 days", "6 months", "1 year"]
    assert [row.at_risk for row in panel.rows] == [10, 10, 10]


def test_beside_a_dataset_stand_the_editors_on_the_same_cases() -> None:
    cases = [Case(pk=uuid4()) for _number in range(10)]
    said = [Lifetime(case, Life(100, False)) for case in cases[:9]]
    editors = [Lifetime(case, Life(50, True)) for case in cases[1:]]

    panel = plots.panel("ETH/PRIO", said, editors)

    assert panel.curve.number == 9
    assert panel.editors is not None
    assert (panel.editors.number, panel.editors.ended) == (8, 8)


def test_each_reason_has_its_number_and_the_first_few_names() -> None:
    many = [Lifetime(a_case(), None, Uncounted.NO_END)] * (plots.MOST_NAMED + 3)

    [group] = plots.panel("", many).uncounted

    assert (group.number, len(group.named), group.further) == (plots.MOST_NAMED + 3, plots.MOST_NAMED, 3)


def test_shares_are_said_in_whole_per_cent() -> None:
    assert [plots.in_per_cent(share) for share in (1.0, 0.4482, 0.005)] == ["100%", "45%", "0%"]


def test_outcomes_are_tallied_with_the_most_frequent_first() -> None:
    bars = plots.tally({"holding": 1, "collapsed": 3})

    assert [(bar.outcome, bar.share, bar.length) for bar in bars] == [
        ("collapsed", "75%", 100),
        ("holding", "25%", pytest.approx(33.3, abs=0.1)),
    ]
    assert plots.tally({}) == []
