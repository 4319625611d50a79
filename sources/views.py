"""The public pages of sources and pictures, and the pictures' files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Page
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from publishing import snapshots
from publishing.languages import active_language
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.models.entry_lists import title_order
from publishing.models.names import EntryNames, along_kinds_and_titles, answering
from publishing.previews import PreviewEnded, proposal_of_preview_link
from publishing.statements import objects_asked
from publishing.views import EntryDetail, QuestionedList
from publishing.views.listed import Listed, ListedPages
from publishing.views.pages import page_of
from search.ordering import sort_key
from search.queries import holds_words
from sources import facts, pictures
from sources.filters import BY_CITATIONS, COUNTED, NUMBERS_OF_ALL, SourceQuestions
from sources.models import CITING, ENTRIES_ON_A_PAGE, Claim, Image, LinkCheck, Source
from sources.vocabulary import SourceType

SOURCES_ON_A_PAGE = 150
# The facts of so few entries stand open below a source; of more, each entry is opened for itself.
MOST_OPEN = 3
# So many claims stand on a page; of more, each entry shows the first few, and leads to all of them.
MOST_CLAIMS = 60
# A file is named by its content, so it never changes.
CACHE_FOR_EVER = "public, max-age=31536000, immutable"
DO_NOT_CACHE = "private, no-store"


class SourceList(QuestionedList):
    """All sources, with how often each is cited: of a type, of a publisher, or by words."""

    template_name = "sources/source_list.html"
    cited_as = _("Sources")
    context_object_name = "sources"
    paginate_by = SOURCES_ON_A_PAGE

    def get_queryset(self) -> models.QuerySet:
        """Those that readers find, as they are asked for."""
        self.asked = SourceQuestions(self.request.GET)
        return self._answering() if self.asked.answers else Entry.objects.in_sight().of_kind("source")

    def _answering(self, *, but: str = "") -> Any:
        """Those that answer all questions but one."""
        asked = {name: value for name, value in self.asked.answers.items() if name != but}
        found: Any = Source.objects.in_sight()
        if "type" in asked:
            found = found.filter(source_type=asked["type"])
        if "publisher" in asked:
            found = found.filter(publisher=asked["publisher"])
        return found.filter(holds_words("names__folded", asked["q"])) if "q" in asked else found

    def in_order(self, entries: Any) -> Any:
        """The closest to the words first; most cited first; by title."""
        asked = self.asked.answers
        if asked.get("order") == BY_CITATIONS:
            found: Any = Source.objects.filter(pk__in=entries.order_by().values("pk"))
            return found.with_citations().order_by("-citations", title_order(), "pk")
        return answering(entries, asked["q"]) if "q" in asked else entries.along_titles("source")

    def rows_shown(self) -> models.QuerySet:
        """With how often each is cited."""
        return Source.objects.without_prose().with_citations()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The types, each with its number, and the publishers of most sources."""
        context = super().get_context_data(**kwargs)
        asked = self.asked.answers
        numbers = self._numbers()
        types, publishers = numbers["type"], _by_alphabet(numbers["publisher"])
        is_listed = asked.get("publisher") in dict(publishers)
        return {
            **context,
            "asked": asked,
            "types": [
                (value, str(label), types[value]) for value, label in SourceType.choices if value in types
            ],
            "publishers": publishers,
            "publisher_is_listed": is_listed,
        }

    def _numbers(self) -> dict[str, dict[str, int]]:
        """By question, how many sources each of its answers leaves of those that answer the others."""
        asked = self.asked.answers.keys() - {"order"}
        of_all = NUMBERS_OF_ALL.recall() if any(asked <= {name} for name in COUNTED) else {}
        return {
            name: of_all[name] if asked <= {name} else count(self._answering(but=name))
            for name, count in COUNTED.items()
        }


def _by_alphabet(numbers: dict[str, int]) -> list[tuple[str, int]]:
    language = active_language()
    return sorted(numbers.items(), key=lambda one: sort_key(one[0], language))


@dataclass(frozen=True)
class Citing:
    """An entry that cites a source: the first of its claims that rest on it, and how many there are."""

    entry: Entry
    claims: list[Claim]
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether the others stand at an address of their own."""
        return len(self.claims) < self.total

    @property
    def question(self) -> str:
        """That address, behind the one of the source."""
        return f"?{CITING}={self.entry.pk}"


def _entries_citing(source: UUID, *one: UUID) -> models.QuerySet:
    entries = Entry.objects.in_sight().filter(claims__source=source)
    return entries.filter(pk=one[0]) if one else entries


def _cites(source: UUID, *one: UUID) -> models.Q:
    """Of the names of an entry: most entries do not cite it, which one look tells."""
    cites = models.Exists(Claim.objects.filter(source=source, entry=models.OuterRef("pk")))
    is_seen = models.Exists(Entry.objects.in_sight().filter(pk=models.OuterRef("pk")))
    return models.Q(cites) & models.Q(is_seen) & (models.Q(pk=one[0]) if one else models.Q())


def _by_kind_and_title(entries: Any) -> models.QuerySet:
    return entries.order_by("kind", title_order(), "pk")


def _all_names(_entries: Any) -> models.QuerySet:
    return EntryNames.objects.all()


def _all_entries(_entries: Any) -> models.QuerySet:
    return Entry.objects.in_sight().named_elsewhere()


def _claims_on(source: UUID, entries: tuple[UUID, ...]) -> models.QuerySet:
    return Claim.objects.filter(source=source, entry__in=entries)


def _checks_of(source: UUID) -> models.QuerySet[LinkCheck]:
    return LinkCheck.objects.filter(source=source)


CITING_ENTRIES = Listed(
    _entries_citing,
    order=_by_kind_and_title,
    among=_all_names,
    along=along_kinds_and_titles,
    is_found=_cites,
    shown=_all_entries,
)


class SourceDetail(EntryDetail):
    """A source: what it is, and who cites it for what."""

    model = Source
    template_name = "sources/source_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its links, and the claims that rest on it, entry by entry."""
        page = self._entries_that_cite_it()
        grouped = self._claims_of(page.object_list)
        is_part, total = self._citing is not None, sum(map(len, grouped.values()))
        is_cut = total > MOST_CLAIMS and not is_part
        of_each = max(MOST_CLAIMS // len(grouped), 1) if is_cut else total
        return super().get_context_data(
            citing=[self._citing_by(entry, grouped[entry.pk], of_each) for entry in page.object_list],
            is_part=is_part,
            is_open=is_part or len(page.object_list) <= MOST_OPEN,
            entries=page,
            links=self._links(),
            **kwargs,
        )

    def _entries_that_cite_it(self) -> Page:
        """The entries with claims that rest on it, by kind and title; one of them where that is asked."""
        self._citing = _key(self.request.GET.get(CITING, ""))
        one = [] if self._citing is None else [self._citing]
        return page_of(self.request, ListedPages(CITING_ENTRIES, (self.object.pk, *one), ENTRIES_ON_A_PAGE))

    def _claims_of(self, entries: Iterable[Entry]) -> dict[UUID, list[Claim]]:
        """What each of the entries says by it."""
        grouped: dict[UUID, list[Claim]] = {entry.pk: [] for entry in entries}
        for claim in objects_asked(_claims_on, self.object.pk, tuple(grouped)) if grouped else ():
            grouped[claim.entry_id].append(claim)
        return grouped

    def _citing_by(self, entry: Entry, claims: list[Any], most: int) -> Citing:
        """The entry with so many of its claims, each with the name of the fact that it is about."""
        kind, before = kinds()[entry.kind], ""
        for claim in claims[:most]:
            claim.source = self.object
            claim.fact = facts.label(kind, claim.about)
            # Rows of one position stand together, and the first has the anchor.
            claim.is_first_there = claim.anchor != before
            before = claim.anchor
        return Citing(entry, claims[:most], len(claims))

    def _links(self) -> list[tuple[str, str, LinkCheck | None]]:
        """The label of each link, its URL, and the newest check of it."""
        newest = {check.url: check for check in reversed(objects_asked(_checks_of, self.object.pk))}
        columns = [cast(models.Field, Source._meta.get_field(name)) for name in ("url", "archived_url")]
        addresses = [
            (capfirst(str(column.verbose_name)), column.value_from_object(self.object)) for column in columns
        ]
        return [(label, url, newest.get(url)) for label, url in addresses if url]


class PictureDetail(EntryDetail):
    """A picture: its author, its licence, and where it is shown."""

    model = Image
    template_name = "sources/picture_detail.html"
    context_object_name = "image"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entries that show it; in a preview, its files are requested with the preview token."""
        self.object.shown_by = getattr(self.request, "preview_token", "")
        return super().get_context_data(users=snapshots.users(self.object), **kwargs)


class PictureFile(View):
    """The file of a picture: public once it is published; before that for staff and for holders of a
    preview link."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, digest: str, width: int) -> HttpResponse:
        """The file. Raises Http404 if it does not exist or the reader may not see it."""
        content = pictures.content(digest, width)
        is_public = content is not None and Image.objects.in_sight().with_digest(digest).exists()
        if content is None or not (is_public or request.user.is_staff or _is_shown(request, digest)):
            raise Http404
        response = HttpResponse(content, content_type="image/webp")
        response.headers["Cache-Control"] = CACHE_FOR_EVER if is_public else DO_NOT_CACHE
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_shown(request: HttpRequest, digest: str) -> bool:
    """Whether it is the picture of the proposal that the preview link is for."""
    try:
        proposal = proposal_of_preview_link(token) if (token := request.GET.get("preview", "")) else None
    except PreviewEnded:
        return False
    file = proposal.wanted["fields"].get("file", "") if proposal else ""
    return str(file).startswith(f"{digest}-")
