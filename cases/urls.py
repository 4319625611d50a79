"""Addresses of cases, initiatives, actors and places."""

from django.urls import path

from cases import answers, brief_views, comparing, drawn_views, lists, views, views_of_actors
from cases.models import Actor, Case, Initiative, Place
from publishing.views.citing import citations_of
from publishing.views.history import history_of

app_name = "cases"
urlpatterns = [
    path("cases/", lists.CaseList.as_view(), name="cases"),
    path("cases/compare/", comparing.CaseComparison.as_view(), name="compare"),
    path("cases/map/", drawn_views.CaseMap.as_view(), name="map"),
    path("cases/timeline/", drawn_views.CaseTimeline.as_view(), name="timeline"),
    path("cases/figures/", drawn_views.CaseFigures.as_view(), name="figures"),
    path("cases/figures.csv", drawn_views.CaseFiguresAsText.as_view(), name="figures-as-text"),
    path("cases/<slug:slug>/", views.CaseDetail.as_view(), name="case"),
    path("brief/", brief_views.Brief.as_view(), name="brief"),
    path("brief.docx", brief_views.BriefAsDocument.as_view(), name="brief-as-document"),
    path("initiatives/", lists.InitiativeList.as_view(), name="initiatives"),
    path("initiatives/<slug:slug>/", views.InitiativeDetail.as_view(), name="initiative"),
    path("actors/", views_of_actors.ActorList.as_view(), name="actors"),
    path("actors/<slug:slug>/", views_of_actors.ActorDetail.as_view(), name="actor"),
    path("places/<slug:slug>/", views.PlaceDetail.as_view(), name="place"),
    path("cases/answers/<int:number>/", answers.AnswerOfCases.as_view(), name="answer"),
    *citations_of(answers.AnswerOfCases, at="cases/answers/<int:number>/", name="answer"),
    path(
        "initiatives/answers/<int:number>/", answers.AnswerOfInitiatives.as_view(), name="initiative-answer"
    ),
    *citations_of(
        answers.AnswerOfInitiatives, at="initiatives/answers/<int:number>/", name="initiative-answer"
    ),
    path("cases/compare/answers/<int:number>/", comparing.PastComparison.as_view(), name="compare-answer"),
    *citations_of(comparing.PastComparison, at="cases/compare/answers/<int:number>/", name="compare-answer"),
    path("brief/answers/<int:number>/", brief_views.PastBrief.as_view(), name="brief-answer"),
    path(
        "brief/answers/<int:number>.docx",
        brief_views.PastBriefAsDocument.as_view(),
        name="brief-answer-as-document",
    ),
    *citations_of(brief_views.PastBrief, at="brief/answers/<int:number>/", name="brief-answer"),
    *citations_of(lists.CaseList, at="cases/", name="cases"),
    *citations_of(comparing.CaseComparison, at="cases/compare/", name="compare"),
    *citations_of(brief_views.Brief, at="brief/", name="brief"),
    *citations_of(views_of_actors.ActorList, at="actors/", name="actors"),
    *citations_of(lists.InitiativeList, at="initiatives/", name="initiatives"),
    *history_of(Case, below="cases/"),
    *history_of(Initiative, below="initiatives/"),
    *history_of(Actor, below="actors/"),
    *history_of(Place, below="places/"),
]
