"""Addresses of the pages that join all entries; the site's own pages come last, since they match any slug."""

from django.urls import path
from django.views.decorators.http import require_safe

from portal import views
from portal.feeds import ChangesFeed
from portal.models import Page
from publishing.views.history import history_of

app_name = "portal"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("changes/", views.Changes.as_view(), name="changes"),
    path("changes/feed.xml", require_safe(ChangesFeed()), name="changes-feed"),
    path("figures/", views.Figures.as_view(), name="figures"),
    path("signed-heads/", views.SignedHeads.as_view(), name="signed-heads"),
    path("<slug:slug>/", views.PageDetail.as_view(), name="page"),
    *history_of(Page, below=""),
]
