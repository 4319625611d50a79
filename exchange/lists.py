"""What a list answers to a question, as data: the same filters as its page, from the same view."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import lists as cases
from cases import views_of_actors as actors
from cases.models import Actor, Case, Initiative
from exchange import licence
from exchange.tables import KEY_BYTES, Table, packed
from pillars import views as pillars
from pillars.models import Term
from publishing.languages import active_language
from publishing.models import ChainHead, Entry
from publishing.views import EntryList
from sources import views as sources
from sources.models import Source


@dataclass(frozen=True)
class ListOfEntries:
    """A list with a page: its view, and the kind of its entries."""

    title: Any
    view: type[EntryList]
    kind: type[Entry]


LISTS = {
    "cases": ListOfEntries(_("Ceasefire cases"), cases.CaseList, Case),
    "initiatives": ListOfEntries(_("Reconstruction initiatives"), cases.InitiativeList, Initiative),
    "actors": ListOfEntries(_("Actors"), actors.ActorList, Actor),
    "sources": ListOfEntries(_("Sources"), sources.SourceList, Source),
    "glossary": ListOfEntries(_("Glossary"), pillars.TermList, Term),
}


class NotUnderstood(Exception):
    """What stands in the address and nobody can answer: names and values."""

    def __init__(self, questions: list[tuple[str, str]]) -> None:
        super().__init__(questions)
        self.questions = questions


class Answer:
    """The entries that a question finds: their keys in the order of the list, and what is said of them.

    Raises NotUnderstood; a wrong subset is worse than none. of: a list that has no files.
    """

    def __init__(self, name: str, request: HttpRequest, of: ListOfEntries | None = None) -> None:
        self.name, self.of, self.request = name, of or LISTS[name], request
        self.language = active_language()
        self._page: Any = self.of.view()
        self._page.setup(request)
        found = self._page.get_queryset()
        if wrong := [*self._not_understood()]:
            raise NotUnderstood(wrong)
        self.keys = packed(self._page.in_order(found) if isinstance(found, QuerySet) else found)
        self.head = ChainHead.objects.get(pk=1).digest
        self.asked_at = timezone.now()

    def _not_understood(self) -> Iterator[tuple[str, str]]:
        yield from self._page.not_understood()
        # Data has no pages, and a name that several entries have asks for none of them.
        yield from (("page", value) for value in self.request.GET.getlist("page"))
        if filters := self._filters:
            yield from ((label, text) for label, text, _ways in filters.ambiguous)

    @property
    def _filters(self) -> Any:
        return getattr(self._page, "filterset", None)

    @property
    def number(self) -> int:
        """How many entries answer."""
        return len(self.keys) // KEY_BYTES

    @cached_property
    def number_of_all(self) -> int:
        """Of how many."""
        return self.of.kind._default_manager.in_sight().count()

    def table(self, *, with_prose: bool = True) -> Table:
        """The columns, and a reader of the rows."""
        return Table(self.of.kind, self.language, with_prose=with_prose)

    @property
    def file_name(self) -> str:
        """What a saved file is called: the list, the day, the head of the chain, the language."""
        return f"sulh-{self.name}-{self.asked_at:%Y-%m-%d}-{self.head[:8] or '0'}-{self.language}"

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the file says about itself."""
        query = self.request.GET.urlencode()
        page = self.request.path.rpartition("/")[0] + f"/{self.name}/"
        return {
            "title": str(self.of.title),
            "question": dict(self._asked()),
            "page": f"{settings.SITE_URL}{page}{'?' if query else ''}{query}",
            "language": self.language,
            "number": self.number,
            "number_of_all": self.number_of_all,
            "n_of_n": gettext("Entries: %(number)s of %(all)s")
            % {"number": self.number, "all": self.number_of_all},
            "asked_at": self.asked_at.isoformat(timespec="seconds"),
            "head_of_the_chain": self.head,
            "licence": licence.NAME,
            "licence_address": licence.URL,
            "not_covered": gettext(licence.EXCEPT),
        }

    def _asked(self) -> Iterable[tuple[str, str]]:
        if self._filters:
            return self._page.asked_in_words()
        asked = getattr(self._page, "asked", None)
        return asked.answers.items() if asked else ()
