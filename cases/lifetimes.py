"""How long each ceasefire held until it collapsed: by the editors, and by each dataset that codes its end.

A ceasefire that ended otherwise, or holds, held at least so long. What cannot be counted has a reason.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.durations import Duration, Undated, duration_of
from cases.models import Case
from cases.survival import Life
from cases.vocabulary import Outcome
from publishing.fields.partial_dates import PartialDate
from publishing.fields.written_dates import NoSuchDay, NotADate, read_date
from sources.models import Claim
from sources.vocabulary import Stance


class Uncounted(models.TextChoices):
    """Why nothing is known of how long a ceasefire held until it collapsed."""

    NEVER_TOOK_EFFECT = "never_took_effect", _("It never took effect.")
    NO_START = "no_start", _("Its start is not known.")
    NO_END = "no_end", _("The day of its end is not known.")
    DISPUTED = "disputed", _("Whether it holds is disputed.")
    NO_OUTCOME = "no_outcome", _("What became of it is not known.")
    SEVERAL = "several", _("The dataset codes several ceasefires in its place, which ended differently.")


@dataclass(frozen=True)
class Lifetime:
    """What one coding says of one case: its life, or why it is not counted."""

    case: Case
    life: Life | None
    reason: Uncounted | None = None


@dataclass(frozen=True)
class Codebook:
    """How a dataset says in its records whether and when a ceasefire ended; read in the claims about it.

    sources: how the addresses of its sources begin. until: the last day that it knows. code: finds the code
    of the end. going_on, collapsed, otherwise, never: what the codes mean; any other is an unknown end.
    """

    name: str
    sources: str
    until: datetime.date
    code: re.Pattern[str]
    going_on: frozenset[str]
    collapsed: frozenset[str]
    otherwise: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


CODEBOOKS = (
    Codebook(
        "ETH/PRIO",
        "eth-prio-ceasefires",
        datetime.date(2020, 12, 31),
        re.compile(r"\bended\s*=?\s*([−-]?[0-9])"),
        going_on=frozenset({"0"}),
        collapsed=frozenset({"2"}),
        otherwise=frozenset({"1", "4"}),
        never=frozenset({"3"}),
    ),
    Codebook(
        "UCDP",
        "ucdp-peace-agreements",
        datetime.date(2021, 12, 31),
        re.compile(r"\b(not coded as ended|no end coded|agreement ended)\b"),
        going_on=frozenset({"not coded as ended", "no end coded"}),
        collapsed=frozenset({"agreement ended"}),
    ),
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"(?:[0-9]{{1,2}} )?(?:{_MONTHS}) [0-9]{{4}}")
_BEGINNINGS, _ENDS = ("in_force_on", "declared_on"), ("ended_on", "outcome")


def by_the_editors(cases: Iterable[Case]) -> list[Lifetime]:
    """What the casebook itself says of each case."""
    return [_of_the_editors(case) for case in cases]


def by_the_datasets(cases: Sequence[Case]) -> dict[Codebook, list[Lifetime]]:
    """What each dataset says of those of the cases whose end it codes."""
    claims = _claims(cases)
    by_key = {case.pk: case for case in cases}
    found: dict[Codebook, list[Lifetime]] = {}
    for book in CODEBOOKS:
        texts_by_case = {
            key: texts for (name, key), texts in claims.items() if name == book.name and key in by_key
        }
        found[book] = [_of_a_dataset(book, by_key[key], texts) for key, texts in texts_by_case.items()]
        found[book] = [one for one in found[book] if one.reason != Uncounted.NO_OUTCOME]
    return found


def _of_the_editors(case: Case) -> Lifetime:
    if case.outcome == Outcome.DISPUTED:
        return Lifetime(case, None, Uncounted.DISPUTED)
    if case.outcome == Outcome.UNKNOWN:
        return Lifetime(case, None, Uncounted.NO_OUTCOME)
    duration = duration_of(case)
    if isinstance(duration, Duration):
        return Lifetime(case, Life(duration.days, case.outcome == Outcome.COLLAPSED))
    reasons = {
        Undated.NEVER: Uncounted.NEVER_TOOK_EFFECT,
        Undated.NO_START: Uncounted.NO_START,
        Undated.NO_END: Uncounted.NO_END,
    }
    return Lifetime(case, None, reasons[duration])


Texts = dict[str, list[str]]


def _claims(cases: Sequence[Case]) -> dict[tuple[str, UUID], Texts]:
    """What the datasets say, by dataset and case, then by fact; context is not about the case itself."""
    of_datasets = models.Q()
    for book in CODEBOOKS:
        of_datasets |= models.Q(source__slug__startswith=book.sources)
    claims = Claim.objects.filter(of_datasets, about__in=(*_BEGINNINGS, *_ENDS)).exclude(
        stance=Stance.CONTEXT
    )
    rows = claims.order_by("entry", "position", "pk").values_list(
        "source__slug", "entry", "about", "value_en"
    )
    known = {case.pk for case in cases}
    found: dict[tuple[str, UUID], Texts] = defaultdict(lambda: defaultdict(list))
    for slug, entry, about, value in rows:
        if entry in known:
            name = next(book.name for book in CODEBOOKS if slug.startswith(book.sources))
            found[name, entry][about].append(value)
    return found


def _of_a_dataset(book: Codebook, case: Case, texts: Texts) -> Lifetime:
    coded = " · ".join(text for about in _ENDS for text in texts.get(about, ()))
    codes = {code.lower().replace("−", "-") for code in book.code.findall(coded.lower())}
    if not codes:
        return Lifetime(case, None, Uncounted.NO_OUTCOME)
    if len({_meaning(book, code) for code in codes}) > 1:
        return Lifetime(case, None, Uncounted.SEVERAL)
    code = min(codes)
    if code in book.never:
        return Lifetime(case, None, Uncounted.NEVER_TOOK_EFFECT)
    start = _one_date(texts, _BEGINNINGS) or case.in_force_on or case.declared_on
    end = PartialDate.of(book.until) if code in book.going_on else _one_date(texts, _ENDS)
    if start is None:
        return Lifetime(case, None, Uncounted.NO_START)
    if end is None or code not in book.going_on | book.collapsed | book.otherwise:
        return Lifetime(case, None, Uncounted.NO_END)
    days = (_middle(end) - _middle(start)) if start.earliest <= end.latest else 0.0
    return Lifetime(case, Life(max(days, 0.0), code in book.collapsed))


def _meaning(book: Codebook, code: str) -> int:
    meanings = (book.going_on, book.collapsed, book.otherwise, book.never)
    return next((place for place, codes in enumerate(meanings) if code in codes), len(meanings))


def _one_date(texts: Texts, facts: Iterable[str]) -> PartialDate | None:
    """The date that the first of the facts names that names any; None where it names several."""
    for fact in facts:
        dates = {date for text in texts.get(fact, ()) for date in _DATE.findall(text)}
        if dates:
            return _read(dates.pop()) if len(dates) == 1 else None
    return None


def _read(text: str) -> PartialDate | None:
    try:
        return PartialDate(read_date(text).text)
    except (NotADate, NoSuchDay):
        return None


def _middle(date: PartialDate) -> float:
    return (date.earliest.toordinal() + date.latest.toordinal()) / 2
