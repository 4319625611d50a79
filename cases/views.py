"""The public pages of cases, initiatives, actors and places."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db import models

from cases import codings, drawings, parties
from cases.filters import CaseFilter, InitiativeFilter
from cases.glance import glance
from cases.models import Actor, Case, Initiative, Participation, Partner, Place
from pillars.models import Evidence, Theme
from publishing.models import Entry
from publishing.views import EntryDetail, EntryList
from sources import facts
from sources.folds import FoldsSources


class FilteredList(EntryList):
    """A list with filters; the query string contains the choices."""

    model: type[Any]
    filterset_class: type[CaseFilter] | type[InitiativeFilter]

    def get_queryset(self) -> models.QuerySet:
        """The entries that match the filters."""
        entries = self.model._default_manager.in_sight()
        self.filterset = self.filterset_class(self.request.GET, queryset=entries, request=self.request)
        self.filterset.offer_used()
        return self.filterset.qs

    def in_order(self, entries: Any) -> Any:
        """As is asked for; by default newest first."""
        return self.filterset.in_order(entries)

    def rows_shown(self) -> models.QuerySet:
        """With what an item of the list shows."""
        return self.model._default_manager.for_list()

    def counts_all(self) -> bool:
        """Of a question the answers are counted no further than their number matters."""
        return not self.filterset.asks

    def met_among(self) -> models.QuerySet | None:
        """All of them, where rows of other tables say which are found."""
        return self.model._default_manager.in_sight() if self.filterset.asks_of_rows else None

    def not_understood(self) -> Iterable[tuple[str, str]]:
        """What the questions of the list do not know."""
        return self.filterset.not_understood

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the filter form."""
        return super().get_context_data(filter=self.filterset, **kwargs)


class CaseList(FilteredList):
    """Ceasefire cases."""

    model = Case
    filterset_class = CaseFilter
    template_name = "cases/case_list.html"
    context_object_name = "cases"


def _countries_of_case(key: UUID) -> models.QuerySet:
    return Place.objects.filter(cases=key).by_title()


def _themes_of_case(key: UUID) -> models.QuerySet:
    return Theme.objects.filter(cases=key).order_by("position", "pk")


def _initiatives_after(key: UUID) -> models.QuerySet:
    in_order = (models.F("began_on").asc(nulls_last=True), "pk")
    return Initiative.objects.in_sight().filter(follows=key).order_by(*in_order)


def _countries_of_initiative(key: UUID) -> models.QuerySet:
    return Place.objects.filter(initiatives=key).by_title()


class CaseDetail(FoldsSources, EntryDetail):
    """A ceasefire case: its facts with their sources, its parties, provisions and breaches."""

    model = Case
    template_name = "cases/case_detail.html"

    def get_queryset(self) -> models.QuerySet:
        """With the picture."""
        return super().get_queryset().select_related("picture")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All rows of the case, each with the claims about it."""
        case = self.object
        rows, near = facts.rows_with_entries(
            case,
            *("participation", "document", "provision", "assessment", "mechanism", "event", "breach"),
            *("claim", "externalid"),
            countries=_countries_of_case,
            themes=_themes_of_case,
            initiatives=_initiatives_after,
        )
        claims, external_ids = rows.pop("claim"), rows.pop("externalid")
        for provision in rows["provision"]:
            provision.assessed = [one for one in rows["assessment"] if one.provision_id == provision.pk]
        facts.mark_outdated(case, claims, rows)
        grouped = facts.by_fact(claims)
        facts.attach_claims(grouped, **rows)
        sides = parties.by_side(rows["participation"])
        return super().get_context_data(
            claims_by_fact=grouped,
            overall=grouped.get("", []),
            rows=rows,
            glance=glance(case, rows, sides, claims),
            sides=sides,
            roles=parties.by_role(rows["participation"]),
            timeline=drawings.timeline(rows["event"], rows["breach"]),
            codings=codings.for_case(case, claims),
            cited=facts.cited(claims),
            coverage=facts.coverage(case, claims, rows),
            external_ids=external_ids,
            evidence=Evidence.objects.about(case),
            **near,
            **kwargs,
        )


class InitiativeList(FilteredList):
    """Reconstruction initiatives."""

    model = Initiative
    filterset_class = InitiativeFilter
    template_name = "cases/initiative_list.html"
    context_object_name = "initiatives"


class InitiativeDetail(FoldsSources, EntryDetail):
    """An initiative: its partners, funding and results."""

    model = Initiative
    template_name = "cases/initiative_detail.html"

    def get_queryset(self) -> models.QuerySet:
        """With theme and case."""
        return super().get_queryset().select_related("main_theme", "follows")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All rows of the initiative, each with the claims about it."""
        initiative = self.object
        rows, near = facts.rows_with_entries(
            initiative,
            *("partner", "funding", "result", "claim", "externalid"),
            countries=_countries_of_initiative,
        )
        claims, external_ids = rows.pop("claim"), rows.pop("externalid")
        grouped = facts.by_fact(claims)
        drawings.amounts(rows["funding"])
        facts.attach_claims(grouped, **rows)
        return super().get_context_data(
            claims_by_fact=grouped,
            overall=grouped.get("", []),
            rows=rows,
            cited=facts.cited(claims),
            partners_in_conflict=[partner for partner in rows["partner"] if partner.is_party_to_the_conflict],
            coverage=facts.coverage(initiative, claims, rows),
            external_ids=external_ids,
            evidence=Evidence.objects.about(initiative),
            **near,
            **kwargs,
        )


class ActorList(EntryList):
    """Actors, by name."""

    template_name = "cases/actor_list.html"
    context_object_name = "actors"
    paginate_by = 100

    def get_queryset(self) -> models.QuerySet:
        """Those that readers find."""
        return Entry.objects.in_sight().of_kind("actor")

    def in_order(self, entries: Any) -> Any:
        """By name."""
        return entries.along_titles("actor")

    def rows_shown(self) -> models.QuerySet:
        """With the number of their roles."""
        return Actor.objects.without_prose().with_roles()


class ActorDetail(EntryDetail):
    """An actor: its names, its memberships, its roles in cases and initiatives."""

    model = Actor
    template_name = "cases/actor_detail.html"

    def get_queryset(self) -> models.QuerySet:
        """With its home and what it is part of."""
        return super().get_queryset().select_related("home", "part_of")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its roles, newest case first."""
        rows, near = facts.rows_with_entries(
            self.object, "alias", "membership", "claim", members=_members, organs=_organs
        )
        whole = self.object.with_organs()
        partnerships = Partner.objects.filter(actor__in=whole).select_related("initiative", "actor")
        by_initiative = models.F("initiative__began_on").desc(nulls_last=True)
        return super().get_context_data(
            parts=self._parts(whole),
            partnerships=self.page_of(
                partnerships.order_by(by_initiative, "pk"), "initiatives", are_few=True
            ),
            aliases=rows["alias"],
            memberships=rows["membership"],
            claims=rows["claim"],
            **near,
            **kwargs,
        )

    def _parts(self, whole: list[UUID]) -> Page:
        """Its roles and those of its organs, case by case, the newest case first."""
        page = self.newest_of(Case.objects.filter(participations__actor__in=whole))
        parts = Participation.objects.filter(actor__in=whole, case__in=page.object_list)
        roles: dict[UUID, list[Participation]] = {}
        for part in parts.select_related("actor").order_by("pk"):
            roles.setdefault(part.case_id, []).append(part)
        for case in page.object_list:
            for part in roles[case.pk]:
                part.case = case
        page.object_list = [part for case in page.object_list for part in roles[case.pk]]
        return page


def _members(key: UUID) -> models.QuerySet:
    """In the order of their memberships."""
    in_order = ("memberships__position", "memberships__pk")
    return Actor.objects.filter(memberships__organisation=key, is_in_use=True).order_by(*in_order)


def _organs(key: UUID) -> models.QuerySet:
    return Actor.objects.in_sight().filter(part_of=key).by_title()


class PlaceDetail(EntryDetail):
    """A place, with its cases, initiatives and actors."""

    model = Place
    template_name = "cases/place_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its cases, initiatives and actors."""
        place = self.object
        return super().get_context_data(
            cases=self.newest_of(place.cases),
            initiatives=self.newest_of(place.initiatives, "initiatives"),
            actors=self.page_of(place.actors.in_sight().without_prose().by_title(), "actors", are_few=True),
            **kwargs,
        )
