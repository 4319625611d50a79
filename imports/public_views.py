"""The public pages of errata: all datasets, one of them, its feed and its file."""

from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from exchange import formats, licence
from exchange.problems import not_understood
from imports.errata import Erratum, agreements, contradicted, datasets, errata
from publishing.feeds import NEVER, ChangesAtomFeed, valid_xml
from publishing.languages import active_language, labelled, localized
from publishing.requests import KNOWS_QUERY
from publishing.views.entries import shortened
from publishing.views.pages import KeysFirst, page_of
from sources.models import Source
from sources.vocabulary import SourceType

ON_A_PAGE, IN_THE_FEED = 50, 50
PAGE = "page"
HEAD = (
    *("case", "case_address", "fact", "dataset_says", "record", "casebook_says"),
    *("source", "source_address", "where", "quotation", "quotation_language"),
)


def _dataset(slug: str) -> Source:
    found = Source.objects.in_sight().filter(source_type=SourceType.DATASET)
    dataset: Source = get_object_or_404(found, slug=slug)
    return dataset


def _strangers(request: HttpRequest, *known: str) -> list[tuple[str, str]]:
    """What the address asks that the page does not know; a page has a number."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and not (name in known and len(values) == 1 and _is_number(value))
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


class Errata(TemplateView):
    """All datasets, each with how far it and the casebook agree."""

    http_method_names = ["get", "head", "options"]
    template_name = "imports/errata.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The datasets, by title."""
        wrong = _strangers(self.request)
        if not wrong:
            self.request.META[KNOWS_QUERY] = True
        shown = [(one, contradicted(one).count()) for one in datasets()]
        return super().get_context_data(datasets=shown, not_understood=shortened(wrong), **kwargs)


class ErrataOfDataset(TemplateView):
    """What our sources say against the records of one dataset."""

    http_method_names = ["get", "head", "options"]
    template_name = "imports/errata_of_dataset.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The errata of a page, and the agreement in figures."""
        dataset = _dataset(self.kwargs["slug"])
        wrong = _strangers(self.request, PAGE)
        if not wrong:
            self.request.META[KNOWS_QUERY] = True
        claims = KeysFirst(contradicted(dataset), ON_A_PAGE, order=_in_their_order, counts_all=False)
        page = page_of(self.request, claims)
        return super().get_context_data(
            dataset=dataset,
            agreements=agreements(dataset),
            page_obj=page,
            errata=errata(page.object_list),
            not_understood=shortened(wrong),
            **kwargs,
        )


def _in_their_order(claims: Any) -> Any:
    return claims.order_by("-entry__changed_at", "entry", "position", "pk")


class ErrataFile(View):
    """All errata of a dataset as CSV, a line for each source that says otherwise."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The file; 400 for any question."""
        if wrong := _strangers(request):
            return not_understood(wrong).answer()
        dataset = _dataset(slug)
        rows = [row for one in errata(contradicted(dataset)) for row in _rows(one)]
        response = HttpResponse(formats.csv_of(HEAD, rows), content_type="text/csv; charset=utf-8")
        response.headers["Link"] = f'<{licence.URL}>; rel="license"'
        name = f"sulh-errata-{slug}-{active_language()}.csv"
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def _rows(one: Erratum) -> list[list[str]]:
    theirs = str(localized(one.claim, "value"))
    case = [str(one.case), f"{settings.SITE_URL}{one.case.get_absolute_url()}", one.fact]
    begin = [*case, theirs, one.claim.locator, one.ours]
    return [
        [
            *begin,
            str(claim.source),
            f"{settings.SITE_URL}{claim.source.get_absolute_url()}",
            claim.locator,
            claim.quotation,
            claim.quotation_language,
        ]
        for claim in one.evidence
        if claim.source is not None
    ] or [[*begin, *[""] * 5]]


class ErrataFeed(Feed):
    """The errata of a dataset, those of the latest changed cases first."""

    feed_type = ChangesAtomFeed

    def get_object(self, request: HttpRequest, slug: str) -> Source:
        """The dataset."""
        return _dataset(slug)

    def title(self, dataset: Source) -> str:
        """The title of the feed."""
        return valid_xml(labelled(_("Sulh: errata"), str(dataset)))

    def link(self, dataset: Source) -> str:
        """The page with the same errata."""
        return f"{settings.SITE_URL}{reverse('errata:dataset', args=[dataset.slug])}"

    def feed_url(self, dataset: Source) -> str:
        """The address of the feed."""
        return f"{settings.SITE_URL}{reverse('errata:feed', args=[dataset.slug])}"

    def items(self, dataset: Source) -> list[Erratum]:
        """The latest."""
        return errata(contradicted(dataset)[:IN_THE_FEED])

    def item_title(self, one: Erratum) -> str:
        """The case and the fact."""
        return valid_xml(labelled(str(one.case), one.fact))

    def item_description(self, one: Erratum) -> str:
        """What the dataset says, and what our sources say."""
        return valid_xml(
            _("The dataset: %(theirs)s (%(record)s). The casebook: %(ours)s.")
            % {"theirs": localized(one.claim, "value"), "record": one.claim.locator, "ours": one.ours}
        )

    def item_extra_kwargs(self, one: Erratum) -> dict[str, Any]:
        """No more than the summary."""
        return {"content": ""}

    def item_link(self, one: Erratum) -> str:
        """The case."""
        return f"{settings.SITE_URL}{one.case.get_absolute_url()}"

    def item_guid(self, one: Erratum) -> str:
        """The claim, which keeps its key."""
        return f"urn:uuid:{one.claim.pk}"

    def item_updateddate(self, one: Erratum) -> Any:
        """When the case was last changed."""
        return one.case.changed_at or NEVER
