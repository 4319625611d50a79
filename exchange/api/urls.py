"""Addresses of the API."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from exchange.api import documents, reconciliation, releases, rows, views
from exchange.api.resources import RESOURCES


class ResourceName(StringConverter):
    """The name of a kind of entry in the API."""

    regex = "|".join(RESOURCES)


class Suggested(StringConverter):
    """What the reconciliation service suggests."""

    regex = "entity|type|property"


register_converter(ResourceName, "resource")
register_converter(Suggested, "suggested")

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
    path("releases", releases.Releases.as_view(), name="releases"),
    path("releases/<str:version>", releases.Releases.as_view(), name="release"),
    path("releases/<str:version>/changes", releases.ChangesOfRelease.as_view(), name="changes-of-release"),
    path("reconciliation", reconciliation.Service.as_view(), name="reconciliation"),
    path("reconciliation/suggest/<suggested:what>", reconciliation.Suggest.as_view(), name="suggest"),
    path("reconciliation/properties", reconciliation.ProposeProperties.as_view(), name="properties"),
    path("reconciliation/view/<uuid:key>", reconciliation.View.as_view(), name="view"),
    path("reconciliation/preview/<uuid:key>", reconciliation.Preview.as_view(), name="preview"),
    path("<path:rest>", views.NothingHere.as_view(), name="nothing"),
]
