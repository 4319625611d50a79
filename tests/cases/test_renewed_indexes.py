"""An index that is changed by what was published since is the same as one that is gathered again."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from cases.indexes import CASE_INDEX, CaseIndex, InitiativeIndex, ListIndex
from cases.indexes.cases import BY_NAMES
from cases.postings import positions_of
from cases.vocabulary import CeasefireClass, Outcome, PartyRole
from publishing.actions import retracting
from publishing.duplicates.actions import merge_duplicates
from publishing.models import Revision
from publishing.refusals import Refusal
from publishing.remembered import changed_since, state_of
from tests.factories import (
    an_account,
    publish_actor,
    publish_case,
    publish_change,
    publish_initiative,
    publish_place,
    publish_theme,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
ORDERS = ("newest", "signed", "lasted", "class", "outcome", "watched", *sorted(BY_NAMES))
DAYS = ("2001", "2001-05", "2001-05-17", "2010-01-01", "1999", None)
VERBS = (
    "case",
    "initiative",
    "change",
    "rows",
    "retract",
    "rename",
    "organ",
    "member",
    "type",
    "place",
    "merge",
)
Step = tuple[str, int, int]


def seen(index: ListIndex) -> dict[str, Any]:
    """All that an index can be asked, by keys and no positions."""

    def keys(bits: int) -> set[Any]:
        return {index.keys[position] for position in positions_of(bits)}

    said: dict[str, Any] = {"everything": keys(index.everything)}
    for name, postings in index.postings.items():
        said[name] = {value: keys(postings.holding(value)) for value in postings.every_value()}
        said[f"{name} recorded"] = keys(postings.recorded)
        said[f"{name} counted"] = +postings.counted(index.everything)
        said[f"{name} held"] = {
            key: {*postings.held_by(position)} for key, position in index.positions.items()
        }
    orders = ORDERS if isinstance(index, CaseIndex) else ("newest",)
    said["orders"] = {name: [index.keys[position] for position in index.order(name)] for name in orders}
    if isinstance(index, CaseIndex):
        said["unknown"] = {name: keys(index.unknown(name)) for name in orders}
        said["years"] = {
            years: keys(index.in_years(*years)) for years in ((None, 2001), (2001, None), (2002, 2010))
        }
    return said


class Casebook:
    """A few entries, and what may become of them."""

    def __init__(self) -> None:
        self.by = an_account()
        self.places = [publish_place(iso_code=code) for code in ("LBN", "YEM", "LBY")]
        self.actors = [publish_actor() for _number in range(4)]
        self.theme = publish_theme()
        self.cases = [self.new_case(number, number) for number in range(3)]
        self.initiatives = [self.new_initiative(1, 2)]

    def new_case(self, one: int, other: int) -> Any:
        """Published now."""
        return publish_case(**self.facts(one, other), rows=self.rows(one, other))

    def facts(self, one: int, other: int) -> dict[str, Any]:
        """What a case says."""
        return {
            "declared_on": DAYS[one % len(DAYS)],
            "outcome": (Outcome.values[other % len(Outcome.values)]),
            "ceasefire_class": CeasefireClass.values[(one + other) % len(CeasefireClass.values)],
            "outcome_as_of": "2020-01-01",
            "countries": [str(self.places[one % 3].pk)],
            "themes": [str(self.theme.pk)] if other % 2 else [],
        }

    def rows(self, one: int, other: int) -> dict[str, Any]:
        """Who took part, and who watched."""
        roles = [PartyRole.MEDIATOR, PartyRole.MONITOR, PartyRole.SIGNATORY]
        parts = [
            {"actor": self.actors[(one + turn) % 4], "role": roles[(other + turn) % 3]} for turn in (0, 1)
        ]
        return {"participation": parts, "mechanism": [{"actor": self.actors[other % 4]}]}

    def new_initiative(self, one: int, other: int) -> Any:
        """Published now."""
        return publish_initiative(
            main_theme=self.theme,
            began_on=DAYS[one % len(DAYS)],
            rows={
                "partner": [{"actor": self.actors[one % 4], "role": "donor"}],
                "funding": [{"actor": self.actors[other % 4]}],
            },
        )

    def take(self, step: Step) -> None:
        """One of what may happen; what the rules refuse does not, nor what is gone."""
        verb, one, other = step
        try:
            with transaction.atomic():
                self.happens(verb, one, other)
        except (Refusal, ObjectDoesNotExist):
            pass

    def happens(self, verb: str, one: int, other: int) -> None:
        """It happens now."""
        case, actor = self.cases[one % len(self.cases)], self.actors[one % 4]
        another = self.actors[(one + 1 + other % 3) % 4]
        if verb == "case":
            self.cases.append(self.new_case(one, other))
        elif verb == "initiative":
            self.initiatives.append(self.new_initiative(one, other))
        elif verb == "change":
            publish_change(case, **self.facts(one, other))
        elif verb == "rows":
            publish_change(case, self.rows(one, other))
        elif verb == "retract":
            gone = case if other % 2 else self.initiatives[one % len(self.initiatives)]
            retracting.retract(gone, by=self.by, reason="Wrong.", language="en")
        elif verb == "rename":
            publish_change(
                case if other % 2 else actor, title_en=f"Called {one} {other}", title_ar=f"اسم {other}"
            )
        elif verb == "organ":
            publish_change(actor, part_of=another if other % 2 else None)
        elif verb == "member":
            publish_change(actor, {"membership": [{"organisation": another, "since_on": DAYS[other % 4]}]})
        elif verb == "type":
            publish_change(actor, actor_type="mission" if other % 2 else "state", home=self.places[other % 3])
        elif verb == "place":
            publish_change(self.places[one % 3], iso_code=("SYR", "IRQ", "AFG")[other % 3])
        elif verb == "merge":
            merge_duplicates(another, actor, by=self.by, note="They are one.", note_language="en")


@kept
def casebook() -> Casebook:
    """Published once: each example takes back what it changed of it."""
    return Casebook()


# Each example publishes: what fails is not made smaller.
@example([("organ", 2, 3), ("type", 1, 8), ("place", 8, 8), ("case", 11, 1), ("member", 10, 4)], True)
@settings(max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.lists(
        st.tuples(st.sampled_from(VERBS), st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=6
    ),
    st.booleans(),
)
def test_whatever_was_published_is_in_it_as_if_it_were_gathered_anew(
    casebook: Casebook, steps: list[Step], one_by_one: bool
) -> None:
    casebook = copy.deepcopy(casebook)
    with transaction.atomic():
        kept_indexes: list[Any] = [CaseIndex(), InitiativeIndex()]
        before = [seen(one) for one in kept_indexes]
        earlier = [*kept_indexes]
        state = state_of(CaseIndex.MADE_OF), state_of(InitiativeIndex.MADE_OF)
        for number, step in enumerate(steps):
            casebook.take(step)
            if one_by_one or number == len(steps) - 1:
                kept_indexes = [
                    one.renewed(changed_since(of_one, one.MADE_OF) or {}, 10**6)
                    for one, of_one in zip(kept_indexes, state, strict=True)
                ]
                state = state_of(CaseIndex.MADE_OF), state_of(InitiativeIndex.MADE_OF)
                assert [seen(one) for one in kept_indexes] == [seen(CaseIndex()), seen(InitiativeIndex())]
        # Whoever still reads the one before reads what it said.
        assert [seen(one) for one in earlier] == before
        transaction.set_rollback(True)


def test_where_very_much_is_touched_all_is_read() -> None:
    case = publish_case()

    index = CaseIndex()

    assert index.renewed({"case": [case.pk]}, 0) is None


def test_after_many_revisions_or_in_another_database_nobody_knows_what_changed(monkeypatch: Any) -> None:
    case = publish_case()
    state = state_of(("case",))

    assert changed_since(state, ("case",)) == {"case": frozenset()}
    assert changed_since((state[0], "of another database"), ("case",)) is None
    assert changed_since((state[0],), ("case",)) is None
    for number in range(2):
        publish_change(case, title_en=f"Changed {number}")
    assert changed_since(state, ("case",)) == {"case": frozenset([case.pk])}
    monkeypatch.setattr("publishing.remembered.MOST_CHANGED", 1)
    assert changed_since(state, ("case",)) is None


@pytest.mark.django_db(transaction=True)
def test_after_a_publication_only_what_changed_is_read(monkeypatch: Any) -> None:
    publish_case(outcome="holding", outcome_as_of="2020")
    case = publish_case(outcome="expired", outcome_as_of="2020")
    CASE_INDEX.recall()
    read: list[Any] = []
    reads: Callable = CaseIndex.read

    def note(index: CaseIndex, keys: Any) -> Any:
        read.append(keys)
        return reads(index, keys)

    monkeypatch.setattr(CaseIndex, "read", note)
    publish_change(case, outcome="collapsed")

    index = CASE_INDEX.recall()

    assert read == [{case.pk}]
    assert index.postings["outcome"].holding("collapsed").bit_count() == 1
    assert CASE_INDEX.recall() is index
    assert Revision.objects.count() == 3
