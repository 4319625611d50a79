"""The public pages of actors."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from cases.durations import duration_in_words
from cases.forms import ActorQuestions
from cases.models import Actor, Case, Funding, Initiative, Participation, Partner
from cases.vocabulary import ActorType, PartyRole
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.models.entry_lists import said_on_its_own_page, title_order
from publishing.models.names import answering
from publishing.remembered import Memory
from publishing.snapshots.at_once import attach_entries
from publishing.statements import objects_asked, rows_asked
from publishing.views import EntryDetail, EntryList, pages
from publishing.views.listed import few
from search.queries import holds_words
from sources import facts


class ActorList(EntryList):
    """Actors: by kind where all stand on one page, by name, or with most roles first."""

    template_name = "cases/actor_list.html"
    cited_as = _("Actors")
    context_object_name = "actors"
    paginate_by = 300

    def get_queryset(self) -> models.QuerySet:
        """Those that readers find, as they are asked for."""
        self.asked = ActorQuestions(self.request.GET)
        asked = self.asked.answers
        if "kind" not in asked and "q" not in asked:
            return Entry.objects.in_sight().of_kind("actor")
        return self._answering()

    def _answering(self, *, but: str = "") -> Any:
        """Those that answer all questions but one."""
        asked = {name: value for name, value in self.asked.answers.items() if name != but}
        found: Any = Actor.objects.in_sight()
        if "kind" in asked:
            found = found.filter(actor_type=asked["kind"])
        return found.filter(holds_words("names__folded", asked["q"])) if "q" in asked else found

    def in_order(self, entries: Any) -> Any:
        """The closest to the words first; by name; or by the number of roles."""
        asked = self.asked.answers
        if "order" not in asked:
            return answering(entries, asked["q"]) if "q" in asked else entries.along_titles("actor")
        actors: Any = Actor.objects.filter(pk__in=entries.order_by().values("pk"))
        return actors.with_roles().order_by("-roles", title_order(), "pk")

    def rows_shown(self) -> models.QuerySet:
        """With the number of their roles."""
        return Actor.objects.without_prose().with_roles()

    def not_understood(self) -> Iterable[tuple[str, str]]:
        """What the questions do not know."""
        return self.asked.not_understood

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """What is asked of it."""
        return self.asked.in_words

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The kinds, each with its number and, where all stand here, its actors."""
        context = super().get_context_data(**kwargs)
        is_whole = not context["is_paginated"] and not self.asked.answers
        groups = _by_kind(context["actors"]) if is_whole else []
        return {**context, "asked": self.asked.answers, "kinds": self._kinds(), "groups": groups}

    def _kinds(self) -> list[tuple[str, str, int]]:
        """Of each kind that there is: value, label, number."""
        is_of_all = "q" not in self.asked.answers
        numbers = KINDS_OF_ALL.recall() if is_of_all else _number_of_each_kind(self._answering(but="kind"))
        return [(value, str(label), numbers[value]) for value, label in ActorType.choices if value in numbers]


def _number_of_each_kind(actors: Any) -> dict[str, int]:
    return dict(actors.order_by().values_list("actor_type").annotate(number=models.Count("pk")))


# Readers find an actor while something of whatever kind uses it.
KINDS_OF_ALL: Memory[dict[str, int]] = Memory(
    lambda: _number_of_each_kind(Actor.objects.in_sight()), (*kinds(),)
)


def _by_kind(actors: Iterable[Actor]) -> list[tuple[str, str, list[Actor]]]:
    """Of each kind that there is: value, label, actors."""
    members: dict[str, list[Actor]] = {value: [] for value in ActorType.values}
    for actor in actors:
        members[actor.actor_type].append(actor)
    return [(value, str(label), members[value]) for value, label in ActorType.choices if members[value]]


class ActorDetail(EntryDetail):
    """An actor: its names, its memberships, its roles in cases and initiatives."""

    model = Actor
    template_name = "cases/actor_detail.html"

    def get_queryset(self) -> models.QuerySet:
        """With its home and what it is part of."""
        return super().get_queryset().select_related("home", "part_of")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its roles, newest case first, and what it gave."""
        pointers = {"organs": _organs, "below_these": _below_organs, "further_below": _further_below}
        rows, near = facts.rows_with_entries(
            self.object, "alias", "membership", "claim", members=_members, **pointers
        )
        below = [*near["organs"], *near.pop("below_these")]
        whole = self._whole(below, near.pop("further_below"))
        numbers = rows_asked(_numbers_of_cases(pages.MOST_COUNTED + 1), tuple(whole))
        parts = self._parts(whole, numbers[0][-1] if numbers else 0)
        partnerships = self._partnerships(whole)
        self._name_actors([*parts.object_list, *partnerships.object_list], below)
        return super().get_context_data(
            parts=parts,
            roles=_roles({role: number for role, number, _of_all in numbers}),
            partnerships=partnerships,
            aliases=rows["alias"],
            memberships=rows["membership"],
            claims=rows["claim"],
            **near,
            **kwargs,
        )

    def _whole(self, below: list[Entry], further: list[Entry]) -> list[UUID]:
        """The keys of the actor and of all that is part of it, however far below."""
        if further:
            return self.object.with_organs()
        return [*dict.fromkeys(one.pk for one in (self.object, *below))]

    def _name_actors(self, rows: list[Any], below: list[Entry]) -> None:
        """Give each row its actor: most are the actor of the page, or one that is read already."""
        known: dict[UUID, Entry] = {one.pk: one for one in (self.object, *below)}
        others = tuple({row.actor_id for row in rows} - known.keys())
        known |= {one.pk: one for one in (objects_asked(_named, others) if others else ())}
        attach_entries(rows, known)

    def _parts(self, whole: list[UUID], number: int) -> Page:
        """Its roles and those of its organs, case by case, the newest case first. number: of these cases."""
        page = self.newest_of(_cases_of_actors, tuple(whole), number=number)
        cases = tuple(case.pk for case in page.object_list)
        roles: dict[UUID, list[Participation]] = {}
        for part in objects_asked(_parts_in, tuple(whole), cases) if cases else ():
            roles.setdefault(part.case_id, []).append(part)
        for case in page.object_list:
            case.lasted = duration_in_words(case)
            for part in roles[case.pk]:
                part.case = case
        page.object_list = [part for case in page.object_list for part in roles[case.pk]]
        return page

    def _partnerships(self, whole: list[UUID]) -> Page:
        """Its part in initiatives, the newest first; with each, once, what it gave there."""
        page = self.page_of(few(_partnerships_of), tuple(whole), parameter="initiatives")
        initiatives = tuple({one.initiative_id for one in page.object_list})
        given: dict[tuple[Any, Any], list[Funding]] = {}
        for funding in objects_asked(_given_to, tuple(whole), initiatives) if initiatives else ():
            given.setdefault((funding.initiative_id, funding.actor_id), []).append(funding)
        for partner in page.object_list:
            partner.given = given.pop((partner.initiative_id, partner.actor_id), [])
        return page


Keys = tuple[UUID, ...]


def _roles(numbers: dict[str, int]) -> list[tuple[str, str, int]]:
    """In how many cases it had each role: value, label, number."""
    return [(value, str(label), numbers[value]) for value, label in PartyRole.choices if value in numbers]


def _cases_of_actors(actors: Keys) -> models.QuerySet:
    return Case.objects.filter(participations__actor__in=actors)


def _parts_in(actors: Keys, cases: Keys) -> models.QuerySet[Participation]:
    return Participation.objects.filter(actor__in=actors, case__in=cases).order_by("pk")


class NumberOf(RawSQL):
    """How many rows another queryset has: the same beside each row, whatever these are grouped by."""

    def __init__(self, rows: models.QuerySet) -> None:
        sql, params = rows.query.sql_with_params()
        super().__init__(f"SELECT COUNT(*) FROM ({sql}) counted", params)  # noqa: S608 (compiled by Django)

    def get_group_by_cols(self) -> list[Any]:
        """None."""
        return []


@cache
def _numbers_of_cases(most: int) -> Callable[[Keys], models.QuerySet]:
    """Each role, in how many cases they had it, and in how many they had any: of these at `most` so many."""

    def rows(actors: Keys) -> models.QuerySet:
        parts = Participation.objects.filter(actor__in=actors).order_by()
        of_all = NumberOf(parts.values("case").distinct()[:most])
        numbers = parts.values_list("role").annotate(number=models.Count("case", distinct=True))
        return numbers.annotate(of_all=of_all)

    return rows


def _partnerships_of(actors: Keys) -> models.QuerySet[Partner]:
    found = Partner.objects.filter(actor__in=actors).select_related("initiative")
    lean = found.defer(*said_on_its_own_page(Initiative, "initiative__"))
    return lean.order_by(models.F("initiative__began_on").desc(nulls_last=True), "pk")


def _named(actors: Keys) -> models.QuerySet[Entry]:
    return Entry.objects.filter(pk__in=actors).named_elsewhere()


def _given_to(actors: Keys, initiatives: Keys) -> models.QuerySet[Funding]:
    return Funding.objects.filter(actor__in=actors, initiative__in=initiatives)


def _members(key: UUID) -> models.QuerySet:
    """In the order of their memberships."""
    in_order = ("memberships__position", "memberships__pk")
    return Actor.objects.filter(memberships__organisation=key, is_in_use=True).order_by(*in_order)


def _organs(key: UUID) -> models.QuerySet:
    return Actor.objects.in_sight().filter(part_of=key).by_title()


def _below_organs(key: UUID) -> models.QuerySet:
    return Actor.objects.in_sight().filter(part_of__part_of=key).order_by("pk")


def _further_below(key: UUID) -> models.QuerySet:
    return Actor.objects.in_sight().filter(part_of__part_of__part_of=key).order_by("pk")
