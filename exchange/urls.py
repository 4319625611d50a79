"""Addresses of data: that of a page, with an ending instead of the last slash."""

from typing import Any

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from cases.models import Actor, Case, Initiative, Place
from exchange import views, views_of_releases
from exchange.api.documents import ApiPage
from exchange.lists import LISTS
from pillars.models import Pillar, Term, Theme
from portal.models import Page
from publishing.models import Entry
from publishing.views.citing import citations_of
from sources.models import Image, Source


class Ending(StringConverter):
    """The ending of a file that a list is sent as."""

    regex = r"csv-metadata\.json|csv|json|xlsx"


class EndingOfComparison(StringConverter):
    """Likewise of a comparison."""

    regex = r"csv|json|xlsx"


class EndingOfPlaces(StringConverter):
    """Likewise of what is on the map."""

    regex = r"csv-metadata\.json|csv|json|xlsx|geojson"


register_converter(Ending, "ending")
register_converter(EndingOfComparison, "comparison_ending")
register_converter(EndingOfPlaces, "ending_of_places")


def _data_of(kind: type[Entry], below: str) -> URLPattern:
    entry: Any = views.EntryData.as_view(model=kind)
    return path(f"{below}<slug:slug>.json", entry, name=kind._meta.model_name)


def _data_of_list(name: str, ending: str = "ending") -> URLPattern:
    return path(f"{name}.<{ending}:ending>", views.ListData.as_view(), {"name": name}, name=name)


app_name = "exchange"
urlpatterns = [
    path("api/", ApiPage.as_view(), name="api"),
    path("codebook/", views.Codebook.as_view(), name="codebook"),
    *citations_of(views.Codebook, at="codebook/", name="codebook"),
    path("releases/", views_of_releases.ReleaseList.as_view(), name="releases"),
    path("releases/compare/", views_of_releases.ReleaseDifference.as_view(), name="release-difference"),
    path("releases.json", views_of_releases.ReleaseData.as_view(), name="releases-data"),
    path(
        "releases/compare.json",
        views_of_releases.ReleaseDifferenceData.as_view(),
        name="release-difference-data",
    ),
    path("releases/<str:version>.json", views_of_releases.ReleaseData.as_view(), name="release-data"),
    path("codebook.csv", views.CodebookData.as_view(), {"ending": "csv"}, name="codebook-csv"),
    path("codebook.json", views.CodebookData.as_view(), {"ending": "json"}, name="codebook-json"),
    *(_data_of_list(name) for name in LISTS if name != "cases"),
    _data_of_list("cases", "ending_of_places"),
    path("cases/compare.<comparison_ending:ending>", views.ComparisonData.as_view(), name="comparison"),
    _data_of(Case, "cases/"),
    _data_of(Initiative, "initiatives/"),
    _data_of(Actor, "actors/"),
    _data_of(Place, "places/"),
    _data_of(Source, "sources/"),
    _data_of(Image, "pictures/"),
    _data_of(Pillar, "pillars/"),
    _data_of(Theme, "themes/"),
    _data_of(Term, "glossary/"),
    _data_of(Page, ""),
]
