"""The next text to translate across all entries: stale ones first, then missing ones."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Sum
from django.http import QueryDict
from django.urls import reverse

from desk.addresses import parse_uuid
from desk.waiting_texts import waiting_translations
from publishing import rules
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Revision, TextAges, Translation
from publishing.models.entry import kinds
from publishing.numbers import parse_number
from publishing.translations.side_by_side import Wording, side_by_side

STALE, MISSING = STATES = ("stale", "missing")
COUNTED = (*STATES, "done", "words_left", "words_done")
# So many entries are looked through for a text that does not wait for review.
MAX_LOOKED_THROUGH = 20
# The parameters of the address: the kind of entry, and the text that was left behind.
KIND, AFTER, QUEUE = "kind", "after", "queue"


@dataclass(frozen=True)
class Place:
    """A text of an entry in the queue. since: when the entry became stale, in microseconds; else 0."""

    state: str
    since: int
    key: uuid.UUID
    path: str = ""

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """The place in an address; None for what is none."""
        state, _, rest = text.partition(":")
        since, _, rest = rest.partition(":")
        key, _, path = rest.partition(":")
        number, parsed = parse_number(since, max_digits=18), parse_uuid(key)
        if state not in STATES or number is None or parsed is None or len(path) > 200:
            return None
        return cls(state, number, parsed, path)

    def __str__(self) -> str:
        return f"{self.state}:{self.since}:{self.key}:{self.path}"

    @property
    def order(self) -> tuple[int, int, str]:
        """Its entry's place among all others."""
        return STATES.index(self.state), self.since, str(self.key)


@dataclass(frozen=True)
class NextText:
    """A text to translate, all texts of its entry, and where it is in the queue."""

    place: Place
    entry: Entry
    base: Revision
    wording: Wording
    wordings: list[Wording]

    @property
    def words(self) -> int:
        """How many words its source has."""
        return len(self.wording.source.split())

    @property
    def words_left(self) -> int:
        """How many words of the entry are not translated, or stale."""
        return sum(len(one.source.split()) for one in self.wordings if one.translation_status != "done")

    @property
    def words_done(self) -> int:
        """How many words of the entry are translated."""
        return sum(len(one.source.split()) for one in self.wordings if one.translation_status == "done")


@dataclass(frozen=True)
class Looked:
    """What was found: a text, or where to look further, or neither at the end of the queue."""

    text: NextText | None = None
    further: Place | None = None


def queue_address(language: str, kind: str = "", after: Place | None = None) -> str:
    """The address of the next text after this one."""
    asked = {name: str(value) for name, value in ((KIND, kind), (AFTER, after)) if value}
    path = reverse("publishing:next_translation", args=[language])
    return f"{path}?{urlencode(asked)}" if asked else path


def back_to_queue(query: QueryDict, language: str) -> str:
    """The next text, where the form of a text was opened from the queue; "" where it was not."""
    after = Place.parse(query.get(AFTER, ""))
    kind = query.get(KIND, "")
    if QUEUE not in query or after is None or language not in PAGE_LANGUAGES:
        return ""
    return queue_address(language, kind if kind in kinds() else "", after)


def find_next(language: str, kind: str, after: Place | None, by: Any) -> Looked:
    """The first text after the place that the person may translate, and that does not wait for review."""
    for looked, place in enumerate(_places(language, kind, after, by)):
        if looked == MAX_LOOKED_THROUGH:
            return Looked(further=place)
        if (found := _in_entry(place, language, after, by)) is not None:
            return Looked(found)
    return Looked()


def sums(language: str, kind: str) -> dict[str, int]:
    """How many texts are stale, missing and done in the language, and how many words are left and done."""
    counted = _of_public(language, kind).aggregate(**{name: Sum(name) for name in COUNTED})
    return {name: number or 0 for name, number in counted.items()}


def _of_public(language: str, kind: str) -> QuerySet:
    entries = Entry.objects.published()
    return Translation.objects.filter(
        language=language, entry__in=entries.filter(kind=kind) if kind else entries
    )


def _places(language: str, kind: str, after: Place | None, by: Any) -> Iterator[Place]:
    """The entries with such texts, in order, from that of the place on."""
    may = [name for name, model in kinds().items() if rules.why_not_permitted(by, "change", model) is None]
    found = _of_public(language, kind).filter(entry__kind__in=may)
    for state in STATES:
        rows = found.filter(**{f"{state}__gt": 0}).values_list("stale_since", "entry")
        places = (Place(state, _microseconds(since) if state == STALE else 0, key) for since, key in rows)
        for place in sorted(places, key=lambda one: one.order):
            if after is None or place.order >= after.order:
                yield place


def _microseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1_000_000)


def _in_entry(place: Place, language: str, after: Place | None, by: Any) -> NextText | None:
    """The first text of the entry in the state, after that of `after` if it is the same entry."""
    entry = Entry.objects.get(pk=place.key)
    base = Revision.objects.select_related("entry").get(entry=entry.pk, number=entry.revision)
    wordings = side_by_side(base, TextAges.objects.get(entry=entry.pk).ages, language)
    paths = [one.path for one in wordings]
    start = 0
    if after is not None and place.order == after.order and after.path in paths:
        start = paths.index(after.path) + 1
    waiting = waiting_translations(entry, language, by).texts
    for wording in wordings[start:]:
        if wording.translation_status == place.state and wording.path not in waiting:
            at = Place(place.state, place.since, place.key, wording.path)
            return NextText(at, entry, base, wording, wordings)
    return None
