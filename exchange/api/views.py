"""Lists of entries, and single entries, as programs read them."""

import datetime
import json
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext_lazy as _

from exchange.api import cursors, encoding, parameters
from exchange.api.base import ApiView
from exchange.api.encoding import Selection
from exchange.api.resources import OF_KIND, RESOURCES, Resource, address_of_entry
from exchange.lists import Answer, NotUnderstood
from exchange.problems import Problem, not_understood
from exchange.tables import KEY_BYTES, packed, unpacked
from publishing import old_records
from publishing.models import ChainHead, Entry, Revision
from publishing.numbers import parse_number
from publishing.requests import replayed
from publishing.views.entries import entry_at_old_address
from publishing.vocabulary import ChangeClass

ABOUT_PAGES = ("cursor", "limit")


class ListView(ApiView):
    """A list in pages, each with the address of the next."""

    def refuse_strangers(self, known: Iterable[str]) -> None:
        """As everywhere; and what is asked with nothing, which would be answered as if it were not asked."""
        super().refuse_strangers(known)
        empty: list[tuple[str, str]] = [(name, "") for name, some in self.request.GET.lists() if "" in some]
        if empty:
            raise not_understood(empty)

    def limit(self) -> int:
        """How many the page has at most."""
        asked = self.one("limit")
        if asked is None:
            return parameters.LIMIT
        number = parse_number(asked)
        if number is None or not 1 <= number <= parameters.MOST:
            raise not_understood([("limit", asked)])
        return number

    def cursor(self) -> cursors.Cursor | None:
        """Where the page begins; None for the first."""
        asked = self.one("cursor")
        try:
            return None if asked is None else cursors.read(asked, self.question)
        except cursors.NoCursor:
            raise no_cursor(str(asked)) from None

    @property
    def question(self) -> str:
        """What is asked, as a cursor names it."""
        return cursors.question_of(self.request.path, self.request.GET)

    def page(self, about: dict[str, Any], items: list[bytes], after: Any, position: int = 0) -> HttpResponse:
        """The page; after: the key behind which the next begins, or None where there is none."""
        address = None
        if after is not None:
            query = self.request.GET.copy()
            query["cursor"] = str(cursors.Cursor(str(after), position, self.question))
            address = f"{settings.SITE_URL}{self.request.path}?{query.urlencode()}"
        links = [f'<{address}>; rel="next"'] if address else []
        return self.sent(encoding.page(about, items, address), links)


def no_cursor(asked: str) -> Problem:
    """It belongs to another question, or is none at all."""
    if re.fullmatch(cursors.SHAPE, asked) is None:
        return not_understood([("cursor", asked)])
    return Problem(
        409,
        _("This cursor belongs to another question. Begin without it."),
        not_understood=[{"name": "cursor", "value": asked}],
    )


class EntryListView(ListView):
    """The entries of a kind that answer, in the order of their page."""

    resource: Resource

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """A page of them; as of a day, all that was public then."""
        self.resource = RESOURCES[name]
        self.refuse_strangers({*self.resource.names, *ABOUT_PAGES, "fields", "as_of"})
        limit, cursor, selection = self.limit(), self.cursor(), _selection(self, self.resource.kind)
        day = self._day()
        about, keys = self._found() if day is None else self._public_on(day)
        start = 0 if cursor is None else cursor.begins_at(keys)
        end = start + limit
        wanted = unpacked(keys[start * KEY_BYTES : end * KEY_BYTES])
        rows = self._rows(wanted, day)
        items = [encoding.item(rows[key], selection) for key in wanted if key in rows]
        has_more = len(keys) > end * KEY_BYTES
        return self.page(about, items, wanted[-1] if has_more else None, end)

    def _day(self) -> datetime.date | None:
        asked = self.one("as_of")
        if asked is None:
            return None
        filters = [(name, one) for name in self.resource.names for one in self.request.GET.getlist(name)]
        if filters:
            raise Problem(400, _("Filters answer for today only; leave them out, or “as_of”."))
        when = _when(asked)
        if isinstance(when, int):
            raise not_understood([("as_of", asked)])
        return when

    def _found(self) -> tuple[dict[str, Any], bytes]:
        query = QueryDict(mutable=True)
        for name in self.resource.names:
            if values := self.request.GET.getlist(name):
                query.setlist(name, values)
        try:
            answer = Answer(self.resource.name, replayed(self.request, query=query), self.resource.listed)
        except NotUnderstood as error:
            raise not_understood(error.questions) from None
        number_of_all = answer.number_of_all
        about = {"number": answer.number, "number_of_all": number_of_all, "head_of_the_chain": answer.head}
        return about, answer.keys

    def _public_on(self, day: datetime.date) -> tuple[dict[str, Any], bytes]:
        """All that was published by then and that readers find still; its order never changes."""
        kind = str(self.resource.kind._meta.model_name)
        found = Entry.objects.in_sight().of_kind(kind).filter(published_at__lt=_end_of(day)).order_by("pk")
        keys, head = packed(found), ChainHead.objects.get(pk=1).digest
        number = len(keys) // KEY_BYTES
        return {"number": number, "as_of": day.isoformat(), "head_of_the_chain": head}, keys

    def _rows(self, keys: list[UUID], day: datetime.date | None) -> dict[UUID, Any]:
        revisions = encoding.packed_revisions()
        if day is None:
            return {one.entry_id: one for one in revisions.newest_of_all(keys)}  # type: ignore[attr-defined]
        by_then = Revision.objects.filter(entry_id__in=keys, created_at__lt=_end_of(day)).order_by("number")
        newest = {
            key: (pk, change) for key, pk, change in by_then.values_list("entry_id", "pk", "change_class")
        }
        public = [pk for pk, change in newest.values() if change != ChangeClass.RETRACTION]
        return {one.entry_id: one for one in revisions.filter(pk__in=public)}


class EntryView(ApiView):
    """One entry, by its address or its key; as it was with `as_of`."""

    def get(self, request: HttpRequest, name: str, key: str) -> HttpResponse:
        """The entry with what it points to; 410 for a retracted one, 404 where nothing is or was public."""
        self.refuse_strangers({"as_of", "fields"})
        kind = str(RESOURCES[name].kind._meta.model_name) if name else ""
        entry = _entry_of(kind, key)
        if isinstance(entry, str):
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return HttpResponseRedirect(f"{address_of_entry(kind, entry)}{query}")
        return self._sent(_shown(entry))

    def _sent(self, entry: Entry) -> HttpResponse:
        asked, selection = self.one("as_of"), _selection(self, OF_KIND[entry.kind].kind)
        revisions: Any = encoding.packed_revisions()
        if asked is None:
            revision = revisions.newest_of(entry.pk)
        else:
            found = old_records.revision_at(entry, _when(asked))
            if found is None:
                raise Problem(404, _("Nothing was public then."))
            revision = revisions.get(pk=found.pk)
        pointed = encoding.pointed_at(json.loads(encoding.text_of(revision)))
        item = encoding.item(revision, selection, **encoding.about(), entries=pointed)
        pages = encoding.pages_of(entry).items()
        return self.sent(
            item + b"\n", [f'<{page}>; rel="alternate"; hreflang="{one}"' for one, page in pages]
        )


class RevisionsOfEntry(ListView):
    """Every revision of an entry, oldest first, without the content."""

    def get(self, request: HttpRequest, name: str, key: str) -> HttpResponse:
        """A page of them; of a retracted entry the notes too."""
        self.refuse_strangers(ABOUT_PAGES)
        entry = _entry_of(str(RESOURCES[name].kind._meta.model_name), key)
        if isinstance(entry, str):
            return HttpResponseRedirect(
                f"{address_of_entry(RESOURCES[name].kind._meta.model_name or '', entry)}/revisions"
            )
        limit, cursor = self.limit(), self.cursor()
        found = Revision.objects.filter(entry_id=entry.pk).select_related("entry").defer("snapshot")
        rows = [*found.filter(number__gt=cursor.position if cursor else 0).order_by("number")[: limit + 1]]
        items = [encoding.change(one) for one in rows[:limit]]
        last = rows[limit - 1] if len(rows) > limit else None
        return self.page({"number": entry.revision}, items, last and entry.pk, last.number if last else 0)


def _entry_of(kind: str, key: str) -> Entry | str:
    """The entry that readers find, or that was retracted; of an old address the slug of today."""
    found = Entry.objects.filter(kind=kind) if kind else Entry.objects.all()
    try:
        entry = found.filter(pk=UUID(key)).first()
    except ValueError:
        entry = found.filter(slug=key).first() if kind else None
        if entry is None and (moved := entry_at_old_address(kind, key)) is not None:
            return str(moved.slug)
    if entry is None or entry.is_out_of_sight:
        raise Problem(404, _("Nothing is at this address."))
    return entry


def _shown(entry: Entry) -> Entry:
    if entry.is_retracted:
        reason = entry.retraction_reason
        raise Problem(
            410,
            _("This entry was retracted: %(why)s"),
            {"why": reason},
            reason=reason,
            reason_language=entry.retraction_language,
        )
    return entry


def _selection(view: ApiView, kind: type[Entry]) -> Selection | None:
    """Which fields are asked for; None where all are."""
    asked = view.one("fields")
    if asked is None:
        return None
    selection, unknown = encoding.selection_of(kind, asked.split(","))
    if unknown:
        raise not_understood([("fields", one) for one in unknown])
    return selection


def _when(asked: str) -> old_records.When:
    try:
        return old_records.parse_when(asked)
    except ValueError:
        raise not_understood([("as_of", asked)]) from None


def _end_of(day: datetime.date) -> datetime.datetime:
    """When the next day begins."""
    midnight = datetime.datetime.combine(day, datetime.time.min, tzinfo=datetime.UTC)
    try:
        return midnight + datetime.timedelta(days=1)
    except OverflowError:
        return midnight


class NothingHere(ApiView):
    """404 for any other address below the API."""

    def get(self, request: HttpRequest, rest: str = "") -> HttpResponse:
        """Nothing."""
        raise Problem(404, _("Nothing is at this address."))
