"""Every address of the casebook."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import RedirectView

from config.health import healthz, readyz
from portal.sitemaps import SITEMAPS, index
from portal.views import all_signed_heads, card, robots
from publishing.requests import in_no_language
from publishing.views import shared_preview
from sources.views import PictureFile

if settings.METRICS_TOKEN:
    from config.metrics.page import metrics

urlpatterns = [
    *([path("metrics", metrics, name="metrics")] if settings.METRICS_TOKEN else []),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", in_no_language(robots), name="robots"),
    path("sitemap.xml", in_no_language(index), name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        in_no_language(sitemap, "p"),
        {"sitemaps": SITEMAPS, "template_name": "portal/sitemap.xml"},
        name="sitemap-part",
    ),
    path("signed-heads.txt", in_no_language(all_signed_heads), name="all_signed_heads"),
    path("api/v1/", include("exchange.api.urls")),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg", permanent=True), name="favicon"),
    path("media/<slug:digest>-<int:width>.webp", PictureFile.as_view(), name="picture_file"),
    path("cards/<slug:kind>/<slug:slug>/<int:number>-<slug:language>.png", card, name="card"),
    *i18n_patterns(
        path("admin/comments/", include("desk.discussion_urls")),
        path("admin/practice/", include("desk.practice_urls")),
        path("admin/translations/", include("desk.urls")),
        path("admin/datasets/", include("imports.urls")),
        path("admin/", admin.site.urls),
        path("preview/<str:token>/", shared_preview, name="preview"),
        path("accounts/", include("accounts.urls")),
        *([path("", include(f"{settings.PUBLIC_DOOR}.urls"))] if settings.PUBLIC_DOOR else []),
        path("", include("pillars.urls")),
        path("", include("cases.urls")),
        path("", include("sources.urls")),
        path("", include("imports.public_urls")),
        path("", include("exchange.urls")),
        path("", include("portal.urls")),
    ),
]

handler400 = "config.views.not_readable"
handler500 = "config.views.failed"
# The answer of the sign-in after too many attempts.
handler429 = "config.views.too_often"
