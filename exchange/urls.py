"""Addresses of data: that of a page, with an ending instead of the last slash."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, path

from exchange import views, views_of_releases
from exchange.api.documents import ApiPage
from exchange.codebook import names_of_kinds
from exchange.file_formats import formats_of
from exchange.lists import LISTS
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.views.citing import citations_of


def _data_of(kind: type[Entry]) -> URLPattern:
    """What is published of an entry, at the address of its page."""
    name = kind.PAGE.partition(":")[2]
    of_app: Any = import_module(f"{kind._meta.app_label}.urls")
    patterns = {one.name: one.pattern for one in of_app.urlpatterns}
    if name not in patterns:
        raise ImproperlyConfigured(f"{of_app.__name__} names no {kind.PAGE}, the page of {kind.__name__}")
    address = f"{str(patterns[name]).removesuffix('/')}.json"
    return path(address, views.EntryData.as_view(model=kind), name=kind._meta.model_name)


def _data_of_list(name: str) -> list[URLPattern]:
    """The list in each of its formats, and what describes its CSV."""
    data, endings = views.ListData.as_view(), [views.METADATA, *(one.ending for one in formats_of(name))]
    return [
        path(f"{name}.{one}", data, {"name": name, "ending": one}, name=f"{name}.{one}") for one in endings
    ]


def _comparison(ending: str) -> URLPattern:
    data = views.ComparisonData.as_view()
    return path(f"cases/compare.{ending}", data, {"ending": ending}, name=f"comparison.{ending}")


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
    *(one for name in LISTS for one in _data_of_list(name)),
    *(_comparison(one.ending) for one in formats_of("comparison")),
    *(_data_of(kinds()[name]) for name in names_of_kinds()),
]
