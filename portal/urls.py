"""Addresses of the pages that join all entries; the site's own pages come last, since they match any slug."""

from django.urls import path

from portal import answers, search_page, views
from portal.feeds import ChangesFeed
from portal.models import Page
from publishing.requests import only_read
from publishing.views.citing import citations_of
from publishing.views.history import history_of

app_name = "portal"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("changes/", views.Changes.as_view(), name="changes"),
    path("changes/feed.xml", only_read(ChangesFeed()), name="changes-feed"),
    path("changes/answers/<int:number>/", answers.AnswerOfChanges.as_view(), name="changes-answer"),
    *citations_of(answers.AnswerOfChanges, at="changes/answers/<int:number>/", name="changes-answer"),
    path("figures/", views.Figures.as_view(), name="figures"),
    path("search/", search_page.Search.as_view(), name="search"),
    path("search/suggestions/", search_page.suggestions, name="search-suggestions"),
    path("search/opensearch.xml", search_page.description, name="search-description"),
    path("signed-heads/", views.SignedHeads.as_view(), name="signed-heads"),
    *citations_of(views.Home, at="home/", name="home"),
    *citations_of(views.Changes, at="changes/", name="changes"),
    *citations_of(views.Figures, at="figures/", name="figures"),
    *citations_of(views.SignedHeads, at="signed-heads/", name="signed-heads"),
    *citations_of(search_page.Search, at="search/", name="search"),
    path("<slug:slug>/", views.PageDetail.as_view(), name="page"),
    *history_of(Page, below=""),
]
