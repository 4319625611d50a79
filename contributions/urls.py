"""Addresses of the public door."""

from django.urls import path

from contributions import views

app_name = "contributions"
urlpatterns = [
    path("propose/<slug:kind>/", views.Propose.as_view(), name="propose_new"),
    path("propose/<slug:kind>/<slug:slug>/", views.Propose.as_view(), name="propose"),
    path("propose/<slug:kind>/<slug:slug>/<path:at>/", views.Propose.as_view(), name="propose_at"),
    path("hand-in/", views.HandIn.as_view(), name="hand-in"),
    path("proposals/confirm/<str:token>/", views.ConfirmMail.as_view(), name="confirm"),
    path("proposals/<str:token>/", views.Follow.as_view(), name="follow"),
]
