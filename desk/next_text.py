"""The next text to translate across all entries: stale ones first, then missing ones."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Sum
from django.http import QueryDict
from django.urls import reverse

from desk.addresses import parse_uuid
from desk.skipped_texts import SkippedTexts
from desk.waiting_texts import waiting_translations
from publishing import rules
from publishing.languages import PAGE_LANGUAGES, active_language
from publishing.models import Entry, Revision, TextAges, Translation
from publishing.models.entry import kinds
from publishing.numbers import parse_number
from publishing.translations.side_by_side import Wording, side_by_side

STALE, MISSING = STATES = ("stale", "missing")
COUNTED = (*STATES, "done", "words_left", "words_done")
IS_BEHIND = Q(stale__gt=0) | Q(missing__gt=0)
# So many entries are searched for a text that does not wait for review.
MAX_SEARCHED = 20
# The parameters of the address: the kind of entry, the text before, whether the search began again at the
# first entry, and whether a form was opened from the queue.
KIND, AFTER, AROUND, QUEUE = "kind", "after", "around", "queue"


@dataclass(frozen=True)
class QueuePosition:
    """A text of an entry in the queue. since: when the entry became stale, in microseconds; else 0."""

    state: str
    since: int
    key: uuid.UUID
    path: str = ""

    @classmethod
    def parse(cls, text: str) -> "QueuePosition | None":
        """The position in an address; None if it is not valid."""
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
        """The sort key of its entry among all others."""
        return STATES.index(self.state), self.since, str(self.key)


@dataclass(frozen=True)
class NextText:
    """A text to translate, all texts of its entry, and where it is in the queue."""

    position: QueuePosition
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
class SearchResult:
    """What was found: a text, or the address where the search goes on, or neither if nothing is left.

    is_skipped: whether the person skipped it before, and nothing else is left.
    """

    text: NextText | None = None
    further: str = ""
    is_skipped: bool = False


def queue_address(
    language: str, kind: str = "", after: QueuePosition | None = None, *, is_around: bool = False
) -> str:
    """The address of the next text after this one."""
    values = ((KIND, kind), (AFTER, after), (AROUND, "1" if is_around else ""))
    asked = {name: str(value) for name, value in values if value}
    path = reverse("publishing:next_translation", args=[language])
    return f"{path}?{urlencode(asked)}" if asked else path


def back_to_queue(query: QueryDict, language: str) -> str:
    """The next text, where the form of a text was opened from the queue; "" where it was not."""
    after = QueuePosition.parse(query.get(AFTER, ""))
    kind = query.get(KIND, "")
    if QUEUE not in query or after is None or language not in PAGE_LANGUAGES:
        return ""
    return queue_address(language, kind if kind in kinds() else "", after)


def find_next(
    language: str, kind: str, after: QueuePosition | None, by: Any, *, is_around: bool = False
) -> SearchResult:
    """The first text after the position that the person may translate, and that does not wait for review.

    After the last one the queue begins again; what the person skipped comes when nothing else is left.
    """
    skipped = SkippedTexts.of(by, language)
    result = _search(language, kind, after, by, skipped, is_around=is_around)
    if result is None and after is not None and not is_around:
        result = _search(language, kind, None, by, skipped, is_around=True)
    return result or _find_skipped(language, kind, by, skipped)


def _search(
    language: str, kind: str, after: QueuePosition | None, by: Any, skipped: SkippedTexts, *, is_around: bool
) -> SearchResult | None:
    for number, position in enumerate(_positions(language, kind, after, by)):
        if number == MAX_SEARCHED:
            return SearchResult(further=queue_address(language, kind, position, is_around=is_around))
        if (found := _in_entry(position, language, after, by, skipped)) is not None:
            return SearchResult(found)
    return None


def _find_skipped(language: str, kind: str, by: Any, skipped: SkippedTexts) -> SearchResult:
    """What the person skipped longest ago, of what is still to be translated."""
    behind = _of_public(language, kind).filter(entry__in=skipped.entries, entry__kind__in=_kinds_of(by))
    since = dict(behind.filter(IS_BEHIND).values_list("entry", "stale_since"))
    entries = [*dict.fromkeys(key for key, _path in skipped.oldest_first if key in since)][:MAX_SEARCHED]

    @cache
    def texts_of(key: uuid.UUID) -> _Texts:
        """Read once, however many of its texts were skipped: others may have translated all but the last."""
        return _Texts.of(key, language, by)

    for key, path in skipped.oldest_first:
        for wording in texts_of(key).to_do if key in entries else ():
            if wording.path == path:
                at = _microseconds(since[key]) if wording.translation_status == STALE else 0
                return SearchResult(texts_of(key).next_text(wording, at), is_skipped=True)
    return SearchResult()


def text_at(position: QueuePosition, language: str, by: Any) -> NextText | None:
    """The text at the position, if it is still to be translated, and the person may."""
    if not _of_public(language, "").filter(entry=position.key, entry__kind__in=_kinds_of(by)).exists():
        return None
    texts = _Texts.of(position.key, language, by)
    found = (one for one in texts.to_do if one.path == position.path)
    return next((texts.next_text(wording, position.since) for wording in found), None)


def sums(language: str, kind: str) -> dict[str, int]:
    """How many texts are stale, missing and done in the language, and how many words are left and done."""
    counted = _of_public(language, kind).aggregate(**{name: Sum(name) for name in COUNTED})
    return {name: number or 0 for name, number in counted.items()}


def language_to_translate(by: Any) -> str:
    """A language with a text that the person may translate, that of the page first; or ""."""
    behind = Translation.objects.filter(entry__in=Entry.objects.published().filter(kind__in=_kinds_of(by)))
    behind = behind.filter(IS_BEHIND)
    languages = sorted(PAGE_LANGUAGES, key=lambda code: code != active_language())
    return next((code for code in languages if behind.filter(language=code).exists()), "")


def _kinds_of(by: Any) -> list[str]:
    """The kinds of entries that the person may change."""
    return [name for name, model in kinds().items() if rules.why_not_permitted(by, "change", model) is None]


def _of_public(language: str, kind: str) -> QuerySet:
    entries = Entry.objects.published()
    return Translation.objects.filter(
        language=language, entry__in=entries.filter(kind=kind) if kind else entries
    )


def _positions(language: str, kind: str, after: QueuePosition | None, by: Any) -> Iterator[QueuePosition]:
    """The entries with such texts, in order, from the position on."""
    found = _of_public(language, kind).filter(entry__kind__in=_kinds_of(by))
    for state in STATES:
        rows = found.filter(**{f"{state}__gt": 0}).values_list("stale_since", "entry")
        positions = (
            QueuePosition(state, _microseconds(since) if state == STALE else 0, key) for since, key in rows
        )
        for position in sorted(positions, key=lambda one: one.order):
            if after is None or position.order >= after.order:
                yield position


def _microseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1_000_000)


@dataclass(frozen=True)
class _Texts:
    """All texts of an entry, and those to translate: missing or stale, and not waiting for review."""

    entry: Entry
    base: Revision
    wordings: list[Wording]
    to_do: list[Wording]

    @classmethod
    def of(cls, key: uuid.UUID, language: str, by: Any) -> Self:
        entry = Entry.objects.get(pk=key)
        base = Revision.objects.select_related("entry").get(entry=entry.pk, number=entry.revision)
        wordings = side_by_side(base, TextAges.objects.get(entry=entry.pk).ages, language)
        waiting = waiting_translations(entry, language, by).texts
        to_do = [one for one in wordings if one.translation_status in STATES and one.path not in waiting]
        return cls(entry, base, wordings, to_do)

    def next_text(self, wording: Wording, since: int) -> NextText:
        position = QueuePosition(wording.translation_status, since, self.entry.pk, wording.path)
        return NextText(position, self.entry, self.base, wording, self.wordings)


def _in_entry(
    position: QueuePosition, language: str, after: QueuePosition | None, by: Any, skipped: SkippedTexts
) -> NextText | None:
    """The first text of the entry in the state, after that of `after` if it is the same entry."""
    texts = _Texts.of(position.key, language, by)
    paths = [one.path for one in texts.wordings]
    start = 0
    if after is not None and position.order == after.order and after.path in paths:
        start = paths.index(after.path) + 1
    left = {*paths[start:]} - skipped.paths_in(position.key)
    for wording in texts.to_do:
        if wording.translation_status == position.state and wording.path in left:
            return texts.next_text(wording, position.since)
    return None
