"""The pages that join all entries: home, the site's own pages, errors."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from cases import drawings
from cases.models import Case, Initiative
from pillars.models import Pillar
from portal.models import Page
from publishing.models import Entry
from publishing.views import EntryDetail
from sources.models import Source

READ_KINDS = ("pillar", "case", "initiative", "page")
MOST_CASES = 20


class Home(TemplateView):
    """What this is, the cases on a line of time, the pillars, the latest changes."""

    http_method_names = ["get", "head", "options"]
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A little of everything."""
        newest = list(Case.objects.published().newest_first()[:MOST_CASES])
        return super().get_context_data(
            page=Page.objects.published().filter(slug="home").first(),
            pillars=Pillar.objects.published().order_by("position", "pk"),
            overview=drawings.overview(newest),
            initiatives=Initiative.objects.published().newest_first().for_list()[:6],
            changes=Entry.objects.published().filter(kind__in=READ_KINDS).order_by("-changed_at", "pk")[:6],
            counts={
                kind.__name__.lower(): kind._default_manager.published().count()
                for kind in (Case, Initiative, Source)
            },
            **kwargs,
        )


class PageDetail(EntryDetail):
    """A page about the casebook itself."""

    model = Page
    template_name = "portal/page_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Home has one address only, but its old records stand here."""
        home = Page.address(kwargs["slug"])
        if home != request.path and "as_of" not in request.GET:
            return redirect(home, permanent=True)
        return super().get(request, *args, **kwargs)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere, or too late."""
    return render(request, "403_csrf.html", status=403)
