"""The address of the entry for practice."""

from django.contrib.admin import site
from django.urls import path

from desk.practice import practice

urlpatterns = [path("", site.admin_view(practice), name="practice")]
