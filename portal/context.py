"""The context processor of the site."""

from django.conf import settings
from django.http import HttpRequest

from publishing.languages import PAGE_LANGUAGES


def site(request: HttpRequest) -> dict[str, object]:
    """The address of the site, and its languages."""
    return {"SITE_URL": settings.SITE_URL, "PAGE_LANGUAGES": PAGE_LANGUAGES}
