"""Addresses of the pages that join all entries; the site's own come last, since any word may name one."""

from django.urls import path

from portal import views
from portal.models import Page
from publishing.history_urls import history_of

app_name = "portal"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("<slug:slug>/", views.PageDetail.as_view(), name="page"),
    *history_of(Page, below=""),
]
