"""Addresses of sources and pictures."""

from django.urls import path

from publishing.views.citing import citations_of
from publishing.views.history import history_of
from sources import views
from sources.models import Image, Source

app_name = "sources"
urlpatterns = [
    path("sources/", views.SourceList.as_view(), name="sources"),
    path("sources/<slug:slug>/", views.SourceDetail.as_view(), name="source"),
    path("pictures/<slug:slug>/", views.PictureDetail.as_view(), name="picture"),
    *citations_of(views.SourceList, at="sources/", name="sources"),
    *history_of(Source, below="sources/"),
    *history_of(Image, below="pictures/"),
]
