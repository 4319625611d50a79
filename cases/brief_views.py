"""The brief: cases and promises that the address names, to print or to take along."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cases.briefs import MOST_CASES, MOST_PROMISES, brief_of
from cases.former_addresses import keys_of_moved
from cases.models import Case
from cases.past_pages import KeptPage, kept_page
from publishing.citing import KeptAnswer, Work
from publishing.languages import join_list
from publishing.named_entries import MOST, NamedEntryField
from publishing.requests import KNOWS_QUERY
from publishing.views.cited_pages import CitedPage
from publishing.views.entries import shortened

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _cases() -> Any:
    return Case.objects.in_sight().without_prose()


class ChooseCase(forms.Form):
    """One more case, by its name."""

    add = NamedEntryField(label=_("Add a case"), entries=_cases, required=False, takes_parts=True)


class Brief(CitedPage, TemplateView):
    """The brief, and below it the form that adds to it and takes away.

    The address holds all of it: case by case its slug, promise by promise its key.
    """

    http_method_names = ["get", "head", "options"]
    template_name = "cases/brief.html"
    page_name = "cases:brief"
    cited_as = pgettext_lazy("a few pages", "Brief")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; where somebody has typed the name of a case, a redirect to the address with it."""
        added = self._form.cleaned_data.get("add") if self._form.is_bound and self._form.is_valid() else None
        if added is None:
            return super().dispatch(request, *args, **kwargs)
        query = request.GET.copy()
        query.pop("add", None)
        if added.slug not in query.getlist("case"):
            query.appendlist("case", added.slug)
        return redirect(f"{request.path}?{query.urlencode()}")

    @cached_property
    def _form(self) -> ChooseCase:
        return ChooseCase({"add": self.request.GET["add"]} if self.request.GET.get("add") else None)

    @cached_property
    def _named(self) -> list[str]:
        return [*dict.fromkeys(self.request.GET.getlist("case"))]

    @cached_property
    def cases(self) -> list[Case]:
        """The cases that the address names, in its order."""
        return [*dict.fromkeys(self._found.values())]

    @cached_property
    def _found(self) -> dict[str, Case]:
        """The cases by the address by which each is named, in the order of these."""
        slugs = [slug for slug in self._named[:MOST_CASES] if "\0" not in slug]
        found = {case.slug: case for case in _cases().filter(slug__in=slugs)} if slugs else {}
        if moved := keys_of_moved(slugs, found.values()):
            there = {case.pk: case for case in _cases().filter(pk__in=moved.values())}
            found |= {slug: there[key] for slug, key in moved.items() if key in there}
        return {slug: found[slug] for slug in slugs if slug in found}

    @cached_property
    def _promises(self) -> dict[str, UUID]:
        """The keys of the promises that the address names."""
        found = {}
        for text in self.request.GET.getlist("provision")[: MOST_CASES * MOST_PROMISES]:
            try:
                found[text] = UUID(text)
            except ValueError:
                continue
        return found

    @cached_property
    def briefs(self) -> list[Any]:
        """What is said of each case."""
        return brief_of(self.cases, {*self._promises.values()}) if self.cases else []

    def work(self) -> Work | None:
        """The brief; None where it has no case."""
        return super().work() if self.cases else None

    def kept_answer(self) -> KeptAnswer | None:
        """The brief at the address where it stays as it is."""
        return kept_page("cases:brief-answer", self.cases, self.query_cited())

    def query_cited(self) -> str:
        """Its cases and promises."""
        promises = {one.promise.pk for brief in self.briefs for one in brief.offered}
        named = [("provision", text) for text, key in self._promises.items() if key in promises]
        return urlencode([*(("case", case.slug) for case in self.cases), *named])

    def asked_in_words(self) -> Iterable[tuple[str, str]]:
        """The titles of its cases."""
        yield gettext("Cases"), join_list([str(case) for case in self.cases])

    def _not_understood(self) -> Iterator[tuple[str, str]]:
        there = {one.promise.pk for brief in self.briefs for one in brief.offered}
        for name, values in self.request.GET.lists():
            for value in values:
                is_known = {
                    "case": value in self._found,
                    "provision": self._promises.get(value) in there,
                    "add": not value,
                }
                if not is_known.get(name, False):
                    yield name, value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The brief, the form, and what was not understood."""
        wrong = [*self._not_understood()]
        if not wrong:
            self.request.META[KNOWS_QUERY] = True
        box: Any = self._form.fields["add"]
        box.suggest(_cases().newest_first()[:MOST], "cases-to-add")
        return super().get_context_data(
            briefs=self.briefs,
            form=self._form,
            is_full=len(self.briefs) >= MOST_CASES,
            most=MOST_CASES,
            not_understood=shortened(wrong),
            **kwargs,
        )


class PastBrief(KeptPage, Brief):
    """The brief as it was after a publication."""

    kept_name = "cases:brief-answer"


class BriefAsDocument(Brief):
    """The same as a document of Word."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The document; raises BadRequest without a case, or for what it cannot say it did not understand."""
        wrong = ", ".join(f"{name} = {value}" for name, value in shortened([*self._not_understood()]))
        if wrong or not self.briefs:
            raise BadRequest(wrong or "A brief needs a case.")
        # What writes documents of Word takes long to load, and most processes never write one.
        document = import_string("cases.brief_documents.document_of")(self.briefs)
        answer = HttpResponse(document, content_type=DOCX)
        answer["Content-Disposition"] = 'attachment; filename="sulh-brief.docx"'
        return answer


class PastBriefAsDocument(KeptPage, BriefAsDocument):
    """The document of the brief as it was after a publication."""

    kept_name = "cases:brief-answer-as-document"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The document; raises BadRequest also for what was no case then."""
        if self.point and self._strangers:
            raise BadRequest(", ".join(f"{name} = {value}" for name, value in shortened(self._strangers)))
        return super().get(request, *args, **kwargs)
