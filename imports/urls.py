"""The addresses of imports at the desk, below those of the admin."""

from django.contrib.admin import site
from django.urls import path

from imports import mapping_views, record_views, views

app_name = "imports"

urlpatterns = [
    path("", site.admin_view(views.Batches.as_view()), name="batches"),
    path("mappings/", site.admin_view(mapping_views.Mappings.as_view()), name="mappings"),
    path("mappings/<slug:name>/", site.admin_view(mapping_views.OneMapping.as_view()), name="mapping"),
    path("names/", site.admin_view(views.Names.as_view()), name="names"),
    path("names/answered/", site.admin_view(views.AnsweredNames.as_view()), name="answered_names"),
    path("records/", site.admin_view(record_views.Records.as_view()), name="records"),
    path("records/<int:number>/", site.admin_view(record_views.BeginFromRecord.as_view()), name="record"),
    path("<uuid:key>/", site.admin_view(views.Batch.as_view()), name="batch"),
    path("take-on/<uuid:key>/", site.admin_view(views.TakeOn.as_view()), name="take_on"),
]
