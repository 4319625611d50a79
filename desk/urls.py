"""The addresses of the translation desk, below those of the admin."""

from django.contrib.admin import site
from django.urls import path

from desk.translation_queue import TranslationQueue
from desk.translations import TranslationBoard, TranslationDesk

app_name = "publishing"

urlpatterns = [
    path("", site.admin_view(TranslationBoard.as_view()), name="translations"),
    path("next/<slug:language>/", site.admin_view(TranslationQueue.as_view()), name="next_translation"),
    path("<uuid:key>/<slug:language>/", site.admin_view(TranslationDesk.as_view()), name="translation"),
]
