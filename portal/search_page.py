"""The search over everything that is published: its page, and what is suggested while somebody types."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.views.generic import TemplateView

from portal.search_work import TooMuchWork, counted_work
from publishing.citing import Work
from publishing.finding import Found, complete, documents, search
from publishing.languages import active_language, direction, localized
from publishing.marks import mark_of
from publishing.models import Entry, SearchDocument
from publishing.models.entry import kinds
from publishing.requests import only_read
from publishing.search_index import MOST_COUNTED
from publishing.views.cited_pages import CitedPage
from publishing.views.entries import shortened
from search.marking import in_context, marked, spans
from search.queries import MAX_LENGTH

# So many of each kind stand on the page of all kinds, and so many on a page of one.
OF_EACH_KIND, PER_PAGE = 5, 20
# So many marks make a text good enough to be shown.
MOST_MARKED = 2
# Texts that are shorter are names and numbers.
SHORT = 60
NOWHERE: list[tuple[int, int]] = []


@dataclass(frozen=True)
class Hit:
    """One answer as the page shows it. context: the part of a text that answers, and its language."""

    entry: Entry
    title: SafeString
    language: str
    context: SafeString
    context_language: str

    @property
    def context_direction(self) -> str:
        """The direction of the context."""
        return direction(self.context_language or active_language())


@dataclass(frozen=True)
class Group:
    """The answers of one kind. number: how many there are; is_more: whether even more."""

    kind: str
    label: str
    hits: Sequence[Hit]
    number: int
    is_more: bool
    is_chosen: bool = False


class Search(CitedPage, TemplateView):
    """The page of the search."""

    http_method_names = ["get", "head", "options"]
    template_name = "portal/search.html"
    page_name = "portal:search"
    cited_as = pgettext_lazy("the page", "Search")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answers; 429 with what was typed where the network's searches were too much work."""
        if not self._asked()[0][1]:
            return super().get(request, *args, **kwargs)
        try:
            with counted_work(request):
                return super().get(request, *args, **kwargs)
        except TooMuchWork as much:
            seconds = much.allowance.seconds
            context = {
                "view": self,
                "typed": self._asked()[0][1],
                "wait": seconds,
                "hidden": self._asked()[1:],
            }
            refused = render(request, self.template_name, context, status=429)
            refused.headers["Retry-After"] = str(seconds)
            return refused

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The answers, grouped by kind or of one kind alone, and what was not understood."""
        asked = self.request.GET
        typed = _readable(asked.get("q", ""))
        kind = asked.get("kind", "")
        chosen = kind if kind in kinds() else ""
        is_literal = asked.get("literal") == "1"
        found = search(typed, kind=chosen, is_literal=is_literal)
        page = Paginator([*found.keys], PER_PAGE).get_page(asked.get("page")) if chosen else None
        shown = [number for of_kind, number in found.counts.items() if chosen in ("", of_kind)]
        return super().get_context_data(
            typed=typed,
            found=found,
            is_literal=is_literal,
            groups=_groups(found, chosen, page),
            tabs=[_group(found, name, [], name == chosen) for name in found.counts],
            chosen=chosen,
            chosen_label=_label(chosen) if chosen else "",
            page_obj=page,
            number=sum(min(one, MOST_COUNTED) for one in shown),
            is_more=any(one > MOST_COUNTED for one in shown),
            is_cut=len(asked.get("q", "")) > MAX_LENGTH,
            not_understood=shortened([*self._not_understood(page)]),
            **kwargs,
        )

    def query_cited(self) -> str:
        """The words and the kind."""
        return urlencode({name: value for name, value in self._asked() if value})

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """The words, and the label of the kind."""
        asked = dict(self._asked())
        if asked["q"]:
            yield gettext("Words"), gettext("“%(name)s”") % {"name": asked["q"]}
        if asked["kind"]:
            yield gettext("Kind"), _label(asked["kind"])

    def _asked(self) -> list[tuple[str, str]]:
        asked = self.request.GET
        kind, is_literal = asked.get("kind", ""), asked.get("literal") == "1"
        return [
            ("q", _readable(asked.get("q", ""))),
            ("kind", kind if kind in kinds() else ""),
            ("literal", "1" if is_literal else ""),
        ]

    def work(self) -> Work | None:
        """The answers; None where nothing is asked."""
        return super().work() if self._asked()[0][1] else None

    def _not_understood(self, page: Page | None) -> Iterable[tuple[str, str]]:
        asked = self.request.GET
        for name, values in asked.lists():
            understood = {
                "q": True,
                "kind": values[-1] in {"", *kinds()},
                "literal": values[-1] in {"", "1"},
                "page": values[-1] in {"", str(page.number if page else 1)},
            }.get(name, False)
            # Of several values the last one counts.
            yield from ((name, value) for value in (values[:-1] if understood else values))


def _readable(typed: str) -> str:
    """Without what no page and no database can hold."""
    kept = (one for one in typed[: 2 * MAX_LENGTH] if one != "\0" and not "\ud800" <= one <= "\udfff")
    return "".join(kept)[:MAX_LENGTH].strip()


def _groups(found: Found, chosen: str, page: Page | None) -> list[Group]:
    """The kinds in the order of the best answer of each."""
    keys = _first_of_each(found.keys) if page is None else [*page.object_list]
    hits: dict[str, list[Hit]] = {}
    for document in documents(keys):
        hits.setdefault(document.kind, []).append(_hit(document, found))
    return [_group(found, kind, of_kind, kind == chosen) for kind, of_kind in hits.items()]


def _first_of_each(keys: dict[int, str]) -> list[int]:
    number: Counter[str] = Counter()
    first = []
    for key, kind in keys.items():
        number[kind] += 1
        if number[kind] <= OF_EACH_KIND:
            first.append(key)
    return first


def _group(found: Found, kind: str, hits: Sequence[Hit], is_chosen: bool) -> Group:
    number = found.counts.get(kind, 0)
    return Group(kind, _label(kind), hits, min(number, MOST_COUNTED), number > MOST_COUNTED, is_chosen)


def _label(kind: str) -> str:
    return capfirst(str(kinds()[kind]._meta.verbose_name_plural))


def _hit(document: SearchDocument, found: Found) -> Hit:
    title, wanted = localized(document.entry, "title"), found.asked.wanted
    language, context = _context(document.texts, title.text, wanted)
    return Hit(document.entry, marked(title.text, wanted), title.language, context, language)


def _context(texts: Sequence[Sequence[str]], title: str, wanted: frozenset[str]) -> tuple[str, SafeString]:
    """The part of the texts with most of what is asked; of the language of the page rather than others.

    Other names are shown where the title says nothing of what is asked.
    """
    own, best = active_language(), (0, "", "", NOWHERE)
    least = SHORT if spans(title, wanted) else 0
    others = [(language, text) for language, text in texts if text != title]
    for language, text in others:
        at = spans(text, wanted) if len(text) >= least else NOWHERE
        worth = min(len(at), MOST_MARKED) * (2 if language == own else 1)
        if worth > best[0]:
            best = worth, language, text, at
        if worth == 2 * MOST_MARKED:
            break
    _worth, language, text, at = best
    if not at:
        of_page = [text for language, text in others if language == own]
        language, text = own, next((one for one in of_page if len(one) >= SHORT), "".join(of_page[:1]))
    return ("" if language == own else language), in_context(text, at)


@only_read
def suggestions(request: HttpRequest) -> HttpResponse:
    """The titles of likely answers while somebody types, with their marks, as OpenSearch has it."""
    typed = _readable(request.GET.get("q", ""))
    try:
        with counted_work(request):
            found = {str(entry): mark_of(entry, request) for entry in complete(typed)}
    except TooMuchWork as much:
        again = {"Retry-After": str(much.allowance.seconds)}
        return JsonResponse([typed, []], status=429, headers=again, safe=False)
    return JsonResponse([typed, [*found], [*found.values()]], safe=False)


@only_read
def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description, by which browsers add our search to theirs."""
    return render(
        request,
        "portal/opensearch.xml",
        {"address": reverse("portal:search"), "suggestions": reverse("portal:search-suggestions")},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
