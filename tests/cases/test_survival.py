"""The curve of how long things last equals what is published, and what another library computes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.survival import Curve, Life, Step, kaplan_meier

# Weeks in remission of the 21 children with leukaemia who were given 6-MP: E. J. Freireich and others, Blood
# 21 (1963), 699-716; the example of D. Collett, Modelling Survival Data, and of the manuals of R and SAS.
ENDED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
LOST = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
# Week, at risk, estimate; and the interval on the scale log(-log), as PROC LIFETEST of SAS prints it.
PUBLISHED = (
    (6, 21, 0.8571, 0.6197, 0.9516),
    (7, 17, 0.8067, 0.5631, 0.9228),
    (10, 15, 0.7529, 0.5032, 0.8894),
    (13, 12, 0.6902, 0.4316, 0.8491),
    (16, 11, 0.6275, 0.3675, 0.8049),
    (22, 7, 0.5378, 0.2678, 0.7468),
    (23, 6, 0.4482, 0.1881, 0.6801),
)


def lives(ended: tuple[float, ...], lost: tuple[float, ...] = ()) -> list[Life]:
    return [*(Life(one, True) for one in ended), *(Life(one, False) for one in lost)]


some_lives = st.lists(st.builds(Life, st.integers(0, 60).map(float), st.booleans()), min_size=1, max_size=40)


def test_it_equals_the_published_example():
    curve = kaplan_meier(lives(ENDED, LOST))

    found = [
        (step.days, step.at_risk, round(step.share, 4), round(step.low or 0, 4), round(step.high or 0, 4))
        for step in curve.steps
    ]
    assert found == [*PUBLISHED]
    assert (curve.number, curve.ended, curve.median, curve.until) == (21, 9, 23, 35)


def test_whoever_is_lost_on_a_day_was_watched_on_that_day():
    curve = kaplan_meier(lives(ended=(5,), lost=(5,)))

    assert curve.steps[0].at_risk == 2
    assert curve.steps[0].share == 0.5


def test_where_all_have_ended_there_is_no_interval():
    curve = kaplan_meier(lives(ended=(1, 2)))

    assert curve.steps[-1] == Step(2, 1, 1, 0.0, None, None)


def test_where_none_has_ended_all_last():
    curve = kaplan_meier(lives(ended=(), lost=(3, 9)))

    assert (curve.steps, curve.median) == ((), None)
    assert curve.at(9) == Step(9, 1, 0, 1.0, None, None)


def test_nothing_is_said_beyond_the_last_life():
    curve = kaplan_meier(lives(ENDED, LOST))

    assert curve.at(36) is None
    assert kaplan_meier([]) == Curve((), ())
    assert kaplan_meier([]).at(0) is None


def test_of_a_day_between_two_ends_the_earlier_one_counts():
    said = kaplan_meier(lives(ENDED, LOST)).at(12)

    assert said is not None
    assert (round(said.share, 4), said.at_risk, said.ended) == (0.7529, 12, 5)


@given(some_lives)
def test_the_share_never_grows_and_lies_in_its_interval(drawn):
    shares = [1.0]

    for step in kaplan_meier(drawn).steps:
        assert 0 <= step.share <= shares[-1]
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= step.share <= step.high <= 1
        shares.append(step.share)


@given(some_lives)
def test_without_losses_it_is_the_plain_share_of_those_left(drawn):
    ended = [Life(one.days, True) for one in drawn]

    for step in kaplan_meier(ended).steps:
        left = sum(one.days > step.days for one in ended)
        assert step.share == pytest.approx(left / len(ended))
