"""The public pages of cases, initiatives, actors and places."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Prefetch

from cases import codings, drawings, parties
from cases.filters import CaseFilter, InitiativeFilter
from cases.models import Actor, Assessment, Case, Initiative, Participation, Partner, Place
from pillars.models import Evidence
from publishing.views import EntryDetail, EntryList
from sources import facts
from sources.models import Claim


class FilteredList(EntryList):
    """A list with filters; the query string contains the choices."""

    model: type[Any]
    filterset_class: type[CaseFilter] | type[InitiativeFilter]

    def get_queryset(self) -> models.QuerySet:
        """The entries that match the filters."""
        self.filterset = self.filterset_class(
            self.request.GET, queryset=self.all_entries(), request=self.request
        )
        self.filterset.offer_used()
        return self.filterset.qs

    def not_understood(self) -> Iterable[tuple[str, str]]:
        """What the questions of the list do not know."""
        return self.filterset.not_understood

    def all_entries(self) -> models.QuerySet:
        """Everything that could be listed, newest first."""
        return self.model._default_manager.in_sight().newest_first().for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the filter form."""
        return super().get_context_data(filter=self.filterset, **kwargs)


class CaseList(FilteredList):
    """Ceasefire cases."""

    model = Case
    filterset_class = CaseFilter
    template_name = "cases/case_list.html"
    context_object_name = "cases"


class CaseDetail(EntryDetail):
    """A ceasefire case: its facts with their sources, its parties, provisions and breaches."""

    model = Case
    template_name = "cases/case_detail.html"

    def get_queryset(self) -> models.QuerySet:
        """With the picture."""
        return super().get_queryset().select_related("picture")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All rows of the case, each with the claims about it."""
        case = self.object
        claims = list(Claim.objects.filter(entry_id=case.pk).with_sources())
        assessments = Prefetch("assessments", Assessment.objects.order_by("assessed_on"))
        rows: dict[str, list[Any]] = {
            "participation": list(case.participations.select_related("actor")),
            "document": list(case.documents.select_related("source")),
            "provision": list(case.provisions.prefetch_related(assessments)),
            "mechanism": list(case.mechanisms.select_related("actor")),
            "event": list(case.events.all()),
            "breach": list(case.breaches.select_related("reported_by", "attributed_to")),
        }
        rows["assessment"] = [one for provision in rows["provision"] for one in provision.assessments.all()]
        facts.mark_outdated(case, claims, rows)
        grouped = facts.by_fact(claims)
        facts.attach_claims(grouped, **rows)
        return super().get_context_data(
            claims_by_fact=grouped,
            overall=grouped.get("", []),
            rows=rows,
            sides=parties.by_side(rows["participation"]),
            roles=parties.by_role(rows["participation"]),
            timeline=drawings.timeline(rows["event"], rows["breach"]),
            codings=codings.for_case(case, claims),
            cited=facts.cited(claims),
            coverage=facts.coverage(case, claims, rows),
            countries=case.countries.by_title(),
            themes=case.themes.order_by("position"),
            external_ids=case.external_ids.all(),
            evidence=Evidence.objects.about(case),
            initiatives=case.followed_by.in_sight(),
            **kwargs,
        )


class InitiativeList(FilteredList):
    """Reconstruction initiatives."""

    model = Initiative
    filterset_class = InitiativeFilter
    template_name = "cases/initiative_list.html"
    context_object_name = "initiatives"


class InitiativeDetail(EntryDetail):
    """An initiative: its partners, funding and results."""

    model = Initiative
    template_name = "cases/initiative_detail.html"

    def get_queryset(self) -> models.QuerySet:
        """With theme and case."""
        return super().get_queryset().select_related("main_theme", "follows")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All rows of the initiative, each with the claims about it."""
        initiative = self.object
        grouped = facts.by_fact(claims := list(Claim.objects.filter(entry_id=initiative.pk).with_sources()))
        rows: dict[str, list[Any]] = {
            "partner": list(initiative.partners.select_related("actor")),
            "funding": list(initiative.fundings.select_related("actor")),
            "result": list(initiative.results.select_related("reported_by")),
        }
        drawings.amounts(rows["funding"])
        facts.attach_claims(grouped, **rows)
        return super().get_context_data(
            claims_by_fact=grouped,
            overall=grouped.get("", []),
            rows=rows,
            cited=facts.cited(claims),
            partners_in_conflict=[partner for partner in rows["partner"] if partner.is_party_to_the_conflict],
            coverage=facts.coverage(initiative, claims, rows),
            countries=initiative.countries.by_title(),
            external_ids=initiative.external_ids.all(),
            evidence=Evidence.objects.about(initiative),
            **kwargs,
        )


class ActorList(EntryList):
    """Actors, by name."""

    template_name = "cases/actor_list.html"
    context_object_name = "actors"
    paginate_by = 100

    def get_queryset(self) -> models.QuerySet:
        """With the number of their roles."""
        roles = models.Count("participations", distinct=True) + models.Count("partnerships", distinct=True)
        return Actor.objects.in_sight().by_title().annotate(roles=roles)


class ActorDetail(EntryDetail):
    """An actor: its names, its memberships, its roles in cases and initiatives."""

    model = Actor
    template_name = "cases/actor_detail.html"

    def get_queryset(self) -> models.QuerySet:
        """With names and memberships."""
        actors: Any = super().get_queryset()
        return actors.select_related("home", "part_of").with_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its roles, newest case first."""
        whole = self.object.with_organs()
        parts = Participation.objects.filter(actor__in=whole).select_related("case", "actor")
        partnerships = Partner.objects.filter(actor__in=whole).select_related("initiative", "actor")
        claims = Claim.objects.filter(entry_id=self.object.pk).with_sources()
        return super().get_context_data(
            parts=parts.order_by(models.F("case__declared_on").desc(nulls_last=True), "pk"),
            partnerships=partnerships.order_by(models.F("initiative__began_on").desc(nulls_last=True), "pk"),
            claims=claims,
            organs=self.object.organs.in_sight().by_title(),
            **kwargs,
        )


class PlaceDetail(EntryDetail):
    """A place, with its cases, initiatives and actors."""

    model = Place
    template_name = "cases/place_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its cases, initiatives and actors."""
        place = self.object
        return super().get_context_data(
            cases=place.cases.in_sight().newest_first(),
            initiatives=place.initiatives.in_sight().newest_first(),
            actors=place.actors.in_sight().by_title(),
            **kwargs,
        )
