"""The page of an entry of any kind; redirects from old addresses; lists; shared previews."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.views.generic import DetailView, ListView

from publishing import mementos, old_records
from publishing.citing import KeptAnswer, Work, work_of_entry, work_of_list
from publishing.citing.described import signposts
from publishing.citing.works import query_understood
from publishing.languages import active_language
from publishing.models import Entry, OldSlug, Translation
from publishing.models.entry_lists import EntryQuerySet
from publishing.previews import PreviewEnded, preview, proposal_of_preview_link
from publishing.questions import Questions
from publishing.requests import KNOWS_QUERY, understood
from publishing.statements import Values, objects_asked
from publishing.views.listed import Listed, ListedPages, newest
from publishing.views.pages import KeysFirst, page_of

# So many questions that were not understood are listed.
MOST_LISTED = 10
# So long may others keep the page of an old record.
OLD_RECORD_SECONDS = 3600
# So many rows of each list stand on the page of an entry.
PER_PAGE = 50


class EntryDetail(DetailView):
    """The page of an entry, as it is now or as it was.

    An old address redirects to the new one; the page of a retracted entry shows the reason. An entry that
    nothing public uses has a page for the desk alone.
    """

    http_method_names = ["get", "head", "options"]
    shows_out_of_sight = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; a redirect from an old address; 410 for a retracted entry."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if response := self._moved(request, kwargs["slug"]) or respelled(request, self.kind):
                return response
            return self._not_public(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The entry as it is; with `as_of` in the query, as it was."""
        if "as_of" in request.GET:
            return self._as_of(request)
        response = super().get(request, *args, **kwargs)
        if is_citable(request, self.object):
            links = (*signposts(work_of_entry(self.object)), *mementos.links_to_records(self.object))
            response.headers["Link"] = ", ".join(links)
        return response

    def get_queryset(self) -> models.QuerySet:
        """The published entries, each with its number of stale texts in the active language."""
        stale_texts = Translation.objects.stale_texts(active_language())
        entries: EntryQuerySet = self.model._default_manager.all()
        shown = entries.published() if self.shows_out_of_sight else entries.in_sight()
        return shown.annotate(stale_texts=stale_texts)

    def get_object(self, queryset: models.QuerySet | None = None) -> Entry:
        """The entry at the address; raises Http404 where there is none. Its statement is compiled once."""
        view: Any = type(self)
        one_of = _at_address(view, self.shows_out_of_sight, active_language())
        found = objects_asked(one_of, self.kwargs["slug"])
        if not found:
            raise Http404
        return found[0]

    def page_of(
        self, listed: Listed, *values: Values, parameter: str = "page", number: int | None = None
    ) -> Page:
        """The page of one of its lists that the address asks for by that parameter.

        number: how many rows there are, where that is known.
        """
        return page_of(self.request, ListedPages(listed, values, PER_PAGE, number), parameter)

    def newest_of(self, found: Callable[..., Any], *values: Values, **known: Any) -> Page:
        """Likewise of entries of one kind, the newest first. found: a function of a module."""
        return self.page_of(newest(found), *values, **known)

    def _as_of(self, request: HttpRequest) -> HttpResponse:
        entry = self.get_object()
        try:
            when = old_records.parse_when(request.GET["as_of"])
        except ValueError as error:
            raise BadRequest(str(error)) from error
        revision = old_records.revision_at(entry, when)
        if revision is None:
            return TemplateResponse(request, "publishing/no_record.html", {"entry": entry}, status=404)
        page = old_records.page_as_of(revision, request)
        if page is None:
            return redirect(revision)
        # A revision stays as it is. What is cached ends soon after the entry was retracted.
        may_be_kept = {"public": True, "max_age": OLD_RECORD_SECONDS}
        patch_cache_control(page, **may_be_kept if old_records.is_settled(when) else {"no_cache": True})
        page.headers["Memento-Datetime"] = mementos.moment_of(revision)
        page.headers["Link"] = ", ".join(mementos.links_of_record(revision.entry))
        return page

    def _moved(self, request: HttpRequest, slug: str) -> HttpResponseBase | None:
        entry = entry_at_old_address(self.kind, slug)
        if entry is None:
            return None
        if "as_of" in request.GET:
            return redirect(f"{entry.get_record_url()}?{request.GET.urlencode()}")
        return redirect(entry.get_absolute_url())

    def _not_public(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The reason of a retraction; for the desk, the page of an entry that nothing public uses."""
        entry = Entry.objects.filter(kind=self.kind, slug=kwargs["slug"]).first()
        if entry is None or (entry.is_out_of_sight and not may_see_out_of_sight(request)):
            raise Http404
        if entry.is_retracted:
            return TemplateResponse(request, "410.html", {"entry": entry}, status=410)
        if self.shows_out_of_sight or entry.is_in_use:
            raise Http404
        self.shows_out_of_sight = True
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    @property
    def kind(self) -> str:
        """The name of the kind of entry."""
        return self.model._meta.model_name or ""


@cache
def _at_address(
    view: type[EntryDetail], shows_out_of_sight: bool, _language: str
) -> Callable[[str], models.QuerySet]:
    """The entries of a slug, as the view of that kind reads them."""
    of_kind = view()
    of_kind.shows_out_of_sight = shows_out_of_sight
    return lambda slug: of_kind.get_queryset().filter(slug=slug)


def is_citable(request: Any, entry: Entry) -> bool:
    """Whether the page shows the entry as readers find it now: no preview, no old record."""
    is_shown_otherwise = getattr(request, "is_preview", False) or getattr(request, "old_record", None)
    return not (is_shown_otherwise or entry.is_out_of_sight or entry.is_retracted)


def respelled(request: HttpRequest, kind: str) -> HttpResponseBase | None:
    """To the same page under the address that differs in capitals alone; nothing where there is none."""
    at: Any = request.resolver_match
    slug = at.kwargs["slug"]
    found = Entry.objects.in_sight().filter(kind=kind, slug__iexact=slug).exclude(slug=slug)
    # Where several do, none of them is meant more than the others.
    if len(meant := found[:2]) != 1:
        return None
    address = reverse(at.view_name, kwargs={**at.kwargs, "slug": meant[0].slug})
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response = redirect(f"{address}{query}")
    response.headers["Cache-Control"] = "no-store"
    return response


def entry_at_old_address(kind: str, slug: str) -> Entry | None:
    """The entry that had the address before; None if there is none.

    Redirects to it are temporary: browsers keep others for ever, also when the entry takes its address back.
    """
    old = OldSlug.objects.filter(kind=kind, slug=slug).select_related("entry").first()
    return old.entry if old is not None else None


def may_see_out_of_sight(request: HttpRequest) -> bool:
    """Whether the reader sees entries that nothing public uses: whoever works at the desk does."""
    return bool(request.user.is_staff)


class EntryList(ListView):
    """A list of entries; an invalid page number shows the nearest page."""

    http_method_names = ["get", "head", "options"]
    paginate_by: int | None = 25
    # What it is called where somebody cites it; "" where nobody needs to.
    cited_as: str | Promise = ""
    # The names of what can be asked of it in the address, besides the page.
    questions: tuple[str, ...] = ()

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        """As in Django, but keys first, and without a 404 for an invalid page number."""
        paginator = KeysFirst(
            queryset,
            page_size,
            order=self.in_order,
            shown=self.rows_shown(),
            counts_all=self.counts_all(),
        )
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def in_order(self, entries: Any) -> Any:
        """What is listed, in its order; by default it has one."""
        return entries

    def rows_shown(self) -> models.QuerySet | None:
        """What a page shows of each, where that is more than what is found."""
        return None

    def counts_all(self) -> bool:
        """Whether the list says how many there are even where they are many."""
        return True

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """What is asked of it: each question with its answer, in words."""
        return ()

    def work(self) -> Work | None:
        """The list as others cite it; None where nobody needs to."""
        if not self.cited_as:
            return None
        query = query_understood(self.request.GET, self.not_understood(), left_out=["page"])
        path = self.request.path.rpartition("/")[0]
        return work_of_list(
            str(self.cited_as), f"{path}/", query, self.asked_in_words(), kept=self.kept_answer()
        )

    def kept_answer(self) -> KeptAnswer | None:
        """What it answers now, where that stays readable; None where nobody keeps it."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what stands in the address and was not understood."""
        context = super().get_context_data(**kwargs)
        page = context.get("page_obj")
        wrong = [*self.not_understood()]
        asked = self.request.GET.get("page", "")
        if asked and asked != (str(page.number) if page else ""):
            wrong.append(("page", asked))
        if not wrong:
            self.request.META[KNOWS_QUERY] = True
        self.request.understood = understood(self.request.GET, wrong)  # type: ignore[attr-defined]
        return {**context, "not_understood": shortened(wrong)}

    def not_understood(self) -> Iterable[tuple[str, str]]:
        """Each question that nobody can answer, with its value."""
        for name, values in self.request.GET.lists():
            if name not in {"page", *self.questions}:
                yield from ((name, value) for value in values)


class QuestionedList(EntryList):
    """A list that takes plain questions, which `get_queryset` reads into `asked`."""

    asked: Questions

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """What is asked of it."""
        return self.asked.in_words

    def not_understood(self) -> Iterable[tuple[str, str]]:
        """What the questions do not know."""
        return self.asked.not_understood


def shortened(questions: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first few, none longer than a line."""
    return [
        (Truncator(name).chars(40), Truncator(value).chars(80)) for name, value in questions[:MOST_LISTED]
    ]


def shared_preview(request: HttpRequest, token: str) -> HttpResponseBase:
    """The preview of a proposal, for anybody with a valid link; 410 for a revoked or expired one."""
    try:
        proposal = proposal_of_preview_link(token) if request.method in {"GET", "HEAD"} else None
    except PreviewEnded:
        ended = TemplateResponse(request, "publishing/preview_ended.html", status=410)
        ended.headers["Cache-Control"] = "no-store, private"
        return ended
    if proposal is None:
        raise Http404
    return preview(proposal, request, active_language(), token)
