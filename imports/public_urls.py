"""The public addresses of errata."""

from django.urls import path

from imports import public_views

app_name = "errata"
urlpatterns = [
    path("errata/", public_views.Errata.as_view(), name="all"),
    path("errata/<slug:slug>/", public_views.ErrataOfDataset.as_view(), name="dataset"),
    path("errata/<slug:slug>/feed.xml", public_views.ErrataFeed(), name="feed"),
    path("errata/<slug:slug>.csv", public_views.ErrataFile.as_view(), name="file"),
]
