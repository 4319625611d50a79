"""Addresses of the API."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from exchange.api import documents, rows, views
from exchange.api.resources import RESOURCES


class ResourceName(StringConverter):
    """The name of a kind of entry in the API."""

    regex = "|".join(RESOURCES)


register_converter(ResourceName, "resource")

app_name = "api"
urlpatterns = [
    path("", documents.Index.as_view(), name="index"),
    path("openapi.json", documents.OpenApi.as_view(), name="openapi"),
    path("<resource:name>", views.EntryListView.as_view(), name="entries"),
    path("<resource:name>/<str:key>", views.EntryView.as_view(), name="entry"),
    path("<resource:name>/<str:key>/revisions", views.RevisionsOfEntry.as_view(), name="revisions"),
    path("entries/<str:key>", views.EntryView.as_view(), {"name": ""}, name="any-entry"),
    path("claims", rows.Claims.as_view(), name="claims"),
    path("changes", rows.Changes.as_view(), name="changes"),
    path("vocabularies", rows.Vocabularies.as_view(), name="vocabularies"),
    path("vocabularies/<str:name>", rows.Vocabularies.as_view(), name="vocabulary"),
    path("<path:rest>", views.NothingHere.as_view(), name="nothing"),
]
