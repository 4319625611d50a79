"""Addresses of cases, initiatives, actors and places."""

from django.urls import path

from cases import brief_views, drawn_views, views
from cases.models import Actor, Case, Initiative, Place
from publishing.views.history import history_of

app_name = "cases"
urlpatterns = [
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/map/", drawn_views.CaseMap.as_view(), name="map"),
    path("cases/timeline/", drawn_views.CaseTimeline.as_view(), name="timeline"),
    path("cases/figures/", drawn_views.CaseFigures.as_view(), name="figures"),
    path("cases/figures.csv", drawn_views.CaseFiguresAsText.as_view(), name="figures-as-text"),
    path("cases/<slug:slug>/", views.CaseDetail.as_view(), name="case"),
    path("brief/", brief_views.Brief.as_view(), name="brief"),
    path("brief.docx", brief_views.BriefAsDocument.as_view(), name="brief-as-document"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiatives"),
    path("initiatives/<slug:slug>/", views.InitiativeDetail.as_view(), name="initiative"),
    path("actors/", views.ActorList.as_view(), name="actors"),
    path("actors/<slug:slug>/", views.ActorDetail.as_view(), name="actor"),
    path("places/<slug:slug>/", views.PlaceDetail.as_view(), name="place"),
    *history_of(Case, below="cases/"),
    *history_of(Initiative, below="initiatives/"),
    *history_of(Actor, below="actors/"),
    *history_of(Place, below="places/"),
]
