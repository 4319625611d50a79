"""The address of what is said at the desk about an entry."""

from django.contrib.admin import site
from django.urls import path

from desk.discussion import DiscussionPage

app_name = "discussion"

urlpatterns = [path("<uuid:key>/", site.admin_view(DiscussionPage.as_view()), name="page")]
