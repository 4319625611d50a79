"""Addresses of pillars, themes and the glossary."""

from django.urls import path

from pillars import views
from pillars.models import Pillar, Term, Theme
from publishing.views.citing import citations_of
from publishing.views.history import history_of

app_name = "pillars"
urlpatterns = [
    path("pillars/", views.PillarList.as_view(), name="pillars"),
    path("pillars/<slug:slug>/", views.PillarDetail.as_view(), name="pillar"),
    path("themes/", views.ThemeList.as_view(), name="themes"),
    path("themes/<slug:slug>/", views.ThemeDetail.as_view(), name="theme"),
    path("glossary/", views.TermList.as_view(), name="terms"),
    path("glossary/<slug:slug>/", views.TermDetail.as_view(), name="term"),
    *citations_of(views.PillarList, at="pillars/", name="pillars"),
    *citations_of(views.ThemeList, at="themes/", name="themes"),
    *citations_of(views.TermList, at="glossary/", name="terms"),
    *history_of(Pillar, below="pillars/"),
    *history_of(Theme, below="themes/"),
    *history_of(Term, below="glossary/"),
]
