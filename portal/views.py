"""The pages that join all entries: home, the site's own pages, errors."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cases import drawings
from cases.models import Case, Initiative
from pillars.models import Pillar
from portal import doors, figures, past_answers
from portal.cards import files
from portal.filters import ChangeFilter
from portal.models import Page
from publishing import head_keys, heads
from publishing.citing import KeptAnswer, Work
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Revision, SignedHead
from publishing.models.entry import kinds
from publishing.models.revision import RevisionQuerySet
from publishing.requests import only_read, understood
from publishing.revisions import attach_sources
from publishing.views import EntryDetail, EntryList
from publishing.views.cited_pages import CitedPage

MAX_CASES = 20
# The names of the desk's pages that show a form when they are opened.
FORMS = re.compile("_(add|change)$")
# So many bars a phone shows before the others are asked for.
BARS_AT_FIRST = 8


class Home(CitedPage, TemplateView):
    """The front page: doors to the cases, pillars, cases on a line of time, latest changes."""

    http_method_names = ["get", "head", "options"]
    template_name = "portal/home.html"
    page_name = "portal:home"
    cited_as = _("An open casebook of peace practice")

    def work(self) -> Work | None:
        """The casebook as a whole; its files lie where no entry has an address."""
        work = super().work()
        return replace(work, key="sulh", files=(f"{reverse('portal:home')}home/cite", "")) if work else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest entries of each kind, and counts."""
        newest = Case.objects.in_sight().reviewed().for_list().newest_first()[:MAX_CASES]
        overview, entrances = drawings.overview(list(newest)), doors.doors()
        bars, more_bars = overview.by_country(BARS_AT_FIRST) if overview else ([], [])
        return super().get_context_data(
            page=Page.objects.in_sight().filter(slug=Page.HOME).first(),
            pillars=Pillar.objects.in_sight().order_by("position", "pk"),
            doors=entrances,
            overview=overview,
            bars=bars,
            more_bars=more_bars,
            initiatives=_newest_initiatives()[:6],
            changes=_latest_changes()[:6],
            counts={"case": entrances.cases, **doors.numbers_of_entries()},
            **kwargs,
        )


def _newest_initiatives() -> models.QuerySet:
    return Initiative.objects.in_sight().without_prose().select_related("main_theme").newest_first()


def _latest_changes() -> models.QuerySet:
    # Asked for by what is left out: an index of kinds would read all that are shown, to sort them by day.
    left_out = [name for name, kind in kinds().items() if not kind.IS_IN_LATEST_CHANGES]
    return Entry.objects.in_sight().exclude(kind__in=left_out).order_by("-changed_at", "pk")


class PageDetail(EntryDetail):
    """A page about the casebook itself."""

    model = Page
    template_name = "portal/page_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect the page “home” to the front page; only its old records are shown here."""
        home = Page.address(kwargs["slug"])
        if home != request.path and "as_of" not in request.GET:
            return redirect(home)
        return super().get(request, *args, **kwargs)


def _revisions() -> RevisionQuerySet:
    return Revision.objects.select_related("entry").defer("snapshot")


def requested_changes(request: HttpRequest, *, with_content: bool = False) -> ChangeFilter:
    """The published changes that the query of the request asks for, newest first."""
    read = Revision.objects.select_related("entry") if with_content else _revisions()
    revisions = read.in_sight().order_by("-created_at", "-pk")
    return ChangeFilter(request.GET, queryset=revisions, request=request)


class Changes(EntryList):
    """Every published change with its note; for a retracted entry the note, but not its content."""

    template_name = "portal/changes.html"
    cited_as = _("Corrections and changes")
    context_object_name = "revisions"

    def get_queryset(self) -> models.QuerySet:
        """The filtered changes."""
        self.filterset = requested_changes(self.request)
        return self.filterset.qs

    def rows_shown(self) -> models.QuerySet:
        """With their entries."""
        return _revisions()

    def counts_all(self) -> bool:
        """Everything that happened is much: only its beginning is counted."""
        return False

    def not_understood(self) -> Iterable[tuple[str, str]]:
        """What the questions of the list do not know."""
        return self.filterset.not_understood

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """The active filters."""
        return ((label, value) for label, value, _without in self.filterset.active_filters)

    def kept_answer(self) -> KeptAnswer | None:
        """What the log shows now, which an address of its own keeps."""
        return past_answers.kept_answer(self.filterset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter form, and the address of the feed with the filters that are understood."""
        several = {text for _label, text, _ways in self.filterset.ambiguous}
        wrong = [(name, value) for name, value in self.request.GET.items() if value in several]
        query = understood(self.request.GET, [*self.not_understood(), *wrong])
        query.pop("page", None)
        feed = f"{reverse('portal:changes-feed')}{'?' if query else ''}{query.urlencode()}"
        context = super().get_context_data(filter=self.filterset, feed=feed, **kwargs)
        attach_sources(context["revisions"])
        return context


class Figures(CitedPage, TemplateView):
    """Statistics of the proposals from the public."""

    http_method_names = ["get", "head", "options"]
    template_name = "portal/figures.html"
    page_name = "portal:figures"
    cited_as = _("What happened to proposals")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """By year, and by the reasons for declining."""
        return super().get_context_data(years=figures.by_year(), reasons=figures.reasons(), **kwargs)


class SignedHeads(CitedPage, TemplateView):
    """What signed heads of the chain prove, how to check them, and the newest of them."""

    http_method_names = ["get", "head", "options"]
    template_name = "portal/signed_heads.html"
    page_name = "portal:signed-heads"
    cited_as = _("How to check that history was not rewritten")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest signed head, its parts, and the public key as OpenSSL reads it."""
        newest = SignedHead.objects.first()
        head = None if newest is None else heads.read_head(newest.line)
        return super().get_context_data(
            newest=newest, head=head, pem=None if head is None else head_keys.as_pem(head.key), **kwargs
        )


@only_read
def all_signed_heads(request: HttpRequest) -> HttpResponse:
    """Every signed head, oldest first, a line each; the newest of them is the last line."""
    lines = SignedHead.objects.order_by("day").values_list("line", flat=True)
    about = (
        f"# The signed heads of the chain of revisions, oldest first. {settings.SITE_URL}/en/signed-heads/\n"
        f"# {heads.FORMAT} moment address revisions digest public-key signature\n"
    )
    text = about + "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@only_read
def card(request: HttpRequest, kind: str, slug: str, number: int, language: str) -> HttpResponse:
    """The picture of an entry in shared links; until it is drawn, the general one. Raises Http404."""
    entry = get_object_or_404(Entry.objects.in_sight(), kind=kind, slug=slug)
    if language not in PAGE_LANGUAGES or number > entry.revision:
        raise Http404
    drawn = files.content(entry.pk, number, language) if number == entry.revision else None
    if drawn is None:
        newest = reverse("card", args=[kind, slug, entry.revision, language])
        instead = redirect(newest if number < entry.revision else static(f"cards/{language}.png"))
        instead.headers["Cache-Control"] = "no-cache"
        return instead
    response = HttpResponse(drawn, content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@only_read
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: what crawlers may read."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a failed CSRF check: the form came from another site, or too late."""
    asked = request.resolver_match
    is_form = asked is not None and asked.namespace == "admin" and FORMS.search(asked.url_name or "")
    context = {"form_address": request.get_full_path() if is_form else ""}
    return render(request, "403_csrf.html", context, status=403)
