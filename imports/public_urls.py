"""The public addresses of errata."""

from django.urls import path
from django.views.decorators.http import require_safe

from imports import public_views

app_name = "errata"
urlpatterns = [
    path("errata/", public_views.Errata.as_view(), name="all"),
    path("errata/<slug:slug>/", public_views.ErrataOfDataset.as_view(), name="dataset"),
    path("errata/<slug:slug>/feed.xml", require_safe(public_views.ErrataFeed()), name="feed"),
    path("errata/<slug:slug>.csv", public_views.ErrataFile.as_view(), name="file"),
]
