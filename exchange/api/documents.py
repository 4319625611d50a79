"""What the API says about itself: for programs as OpenAPI, for people as a page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from exchange.api import description, encoding, parameters
from exchange.api.asking import MOST_QUERIES
from exchange.api.base import ApiView
from exchange.api.resources import OF_CHANGES, OF_CLAIMS, RESOURCES, ROOT
from publishing.models import Release
from sources.models import Claim

OTHERS = ("claims", "changes", "vocabularies", "releases")


class Index(ApiView):
    """Where everything is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The addresses of the lists and of the description."""
        self.refuse_strangers(())
        lists = {name: f"{settings.SITE_URL}{ROOT}{name}" for name in (*RESOURCES, *OTHERS)}
        here = f"{settings.SITE_URL}{reverse('api:openapi')}"
        about = {**encoding.about(), "description": here, "lists": lists}
        return self.sent(about, [f'<{here}>; rel="service-desc"; type="application/json"'])


class OpenApi(ApiView):
    """The description for programs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """OpenAPI 3.1."""
        self.refuse_strangers(())
        return self.sent(description.openapi())


class ApiPage(TemplateView):
    """The description for people: what there is, what it can be asked, and links that ask it."""

    http_method_names = ["get", "head", "options"]
    template_name = "exchange/api.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each list with its questions."""
        others = [
            ("claims", Claim._meta.verbose_name_plural, OF_CLAIMS, "stance=differs"),
            ("changes", _("Changes"), OF_CHANGES, "change=correction"),
            ("vocabularies", _("Vocabularies"), (), ""),
            ("releases", Release._meta.verbose_name_plural, (), ""),
        ]
        limits = settings.DATA_LIMITS
        newest = Release.objects.first()
        return super().get_context_data(
            root=ROOT,
            resources=[*RESOURCES.values()],
            others=others,
            about_lists=[parameters.HOW_MANY, parameters.CURSOR, parameters.FIELDS, parameters.AS_OF_A_DAY],
            differences=f"{ROOT}releases/{newest}/changes" if newest else "",
            about_differences=[parameters.SINCE, parameters.HOW_MANY, parameters.CURSOR],
            about_entries=[parameters.AS_OF, parameters.FIELDS],
            requests=limits["requests_in_a_minute"],
            most_queries=MOST_QUERIES,
            example="libya-2020",
            **kwargs,
        )
