"""A developer fills a database with cases that nobody agreed to; in a casebook of readers that is refused."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.models import Actor, Case, Participation
from portal.synthetic.chance import Chance, Zipf
from portal.synthetic.entries import SyntheticCasebook
from publishing.models import Entry
from sources.models import Source
from tests.factories import publish_theme

CASES = 20


@pytest.fixture(autouse=True)
def _on_a_developers_machine(settings: Any) -> None:
    settings.DEVELOPMENT = True


@pytest.mark.every_database
@pytest.mark.django_db
def test_synthetic_cases_stand_in_the_chain_and_what_they_point_to_is_in_sight() -> None:
    call_command("make_cases", CASES)

    call_command("verify")
    assert Case.objects.in_sight().count() == CASES
    assert Participation.objects.values("case").distinct().count() == CASES
    assert Actor.objects.in_sight().exists()
    assert Source.objects.in_sight().exists()


@pytest.mark.one_database
@pytest.mark.django_db
def test_nothing_synthetic_is_published_beside_what_is_true_unless_somebody_says_so() -> None:
    publish_theme()

    with pytest.raises(CommandError, match="already"):
        call_command("make_cases", 1)
    call_command("make_cases", 1, "--beside")
    with pytest.raises(CommandError, match="seed"):
        call_command("make_cases", 1, "--beside")
    call_command("make_cases", 1, "--beside", "--seed=2")

    assert Case.objects.count() == 2


@pytest.mark.one_database
@pytest.mark.django_db
def test_nothing_synthetic_is_published_where_readers_are(settings: Any) -> None:
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError):
        call_command("make_cases", 1)

    assert not Entry.objects.exists()


def test_the_same_seed_makes_the_same_entries() -> None:
    once, again, other = ([*SyntheticCasebook(3, seed=seed).snapshots()] for seed in (7, 7, 8))

    assert once == again
    assert not {one["id"] for one in once} & {one["id"] for one in other}


def test_the_first_of_many_is_chosen_as_often_as_is_said() -> None:
    among, chance = [str(number) for number in range(500)], Chance(1)
    zipf = Zipf(among, chosen=4, share=0.2)

    chosen = Counter(one for _time in range(1_000) for one in zipf.some(chance))

    assert 150 < chosen["0"] < 250
    assert chosen["0"] > chosen["9"] > chosen["99"]
