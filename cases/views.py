"""The public pages of cases, initiatives and places."""

from typing import Any
from uuid import UUID

from django.db import models

from cases import codings, drawings, maps, parties
from cases.glance import glance
from cases.models import Actor, Case, Funding, Initiative, Place
from cases.summaries import summary_of
from cases.timelines import case_timeline
from pillars.models import Evidence, Theme
from publishing.statements import objects_asked
from publishing.views import EntryDetail
from publishing.views.listed import few
from sources import facts
from sources.folds import FoldsSources

# So many amounts stand below an initiative in the list of a place.
AMOUNTS_IN_LIST = 3


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
            evidence=objects_asked(Evidence.objects.about, case.pk),
            **near,
            **kwargs,
        )


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
            evidence=objects_asked(Evidence.objects.about, initiative.pk),
            **near,
            **kwargs,
        )


class PlaceDetail(EntryDetail):
    """A place: all that the casebook has of it, in a sentence, on a map, on a line of time and in lists."""

    model = Place
    template_name = "cases/place_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its cases, initiatives and actors, and what is drawn and said of them."""
        place, key = self.object, self.object.pk
        cases = self.newest_of(_cases_of_place, key)
        initiatives = self.newest_of(_initiatives_of_place, key, parameter="initiatives")
        _with_amounts(initiatives.object_list)
        actors = self.page_of(few(_actors_of_place), key, parameter="actors")
        return super().get_context_data(
            summary=summary_of(place, cases, initiatives, actors),
            map=maps.place_map(place, cases.object_list),
            cases=cases,
            timeline=case_timeline([*cases.object_list], is_of_one=True),
            initiatives=initiatives,
            actors=actors,
            **kwargs,
        )


def _cases_of_place(key: UUID) -> models.QuerySet:
    return Case.objects.filter(countries=key)


def _initiatives_of_place(key: UUID) -> models.QuerySet:
    return Initiative.objects.filter(countries=key)


def _actors_of_place(key: UUID) -> models.QuerySet:
    return Actor.objects.filter(home=key).in_sight().named_elsewhere().by_title()


def _with_amounts(initiatives: Any) -> None:
    """Set the first amounts of each initiative, and how many others there are."""
    amounts: dict[UUID, list[Funding]] = {}
    keys = tuple(initiative.pk for initiative in initiatives)
    for funding in objects_asked(_amounts_of, keys) if keys else ():
        amounts.setdefault(funding.initiative_id, []).append(funding)
    for initiative in initiatives:
        found = amounts.get(initiative.pk, [])
        initiative.first_amounts = found[:AMOUNTS_IN_LIST]
        initiative.more_amounts = len(found[AMOUNTS_IN_LIST:])


def _amounts_of(initiatives: tuple[UUID, ...]) -> models.QuerySet[Funding]:
    return Funding.objects.filter(initiative__in=initiatives).select_related("actor")
