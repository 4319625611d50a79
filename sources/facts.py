"""The facts of an entry that claims are about, and how well they are sourced."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.fields.columns import stem
from publishing.fields.partial_dates import PartialDate
from publishing.fields.policy import field_policy
from publishing.languages import active_language, columns_of_text
from publishing.models import Child, Entry
from publishing.models.entry import children_of, leads_to
from publishing.models.entry_lists import OF_ITS_OWN_PAGE
from publishing.policy import columns_of
from publishing.snapshots import Path, content_columns, path_to_entry, row_columns
from publishing.snapshots.at_once import Pointed, attach_entries, keys_in, rows_at_once
from publishing.statements import objects_asked
from search.ordering import sort_key
from sources.models import Claim, Source, has_pages
from sources.vocabulary import Stance


@dataclass(frozen=True)
class Coverage:
    """How many of an entry's key facts have a supporting source."""

    sourced: int
    total: int
    unsourced: tuple[str, ...]
    # Other statements on the page that have no source yet.
    others: int = 0

    @property
    def percent(self) -> int:
        """The share in whole per cents, rounded down; 100 where there is nothing to source."""
        return 100 * self.sourced // self.total if self.total else 100


@cache
def attributes(kind: type[Entry]) -> dict[str, models.Field]:
    """The facts that are columns, by name; the columns of a text in each language count as one."""
    found: dict[str, models.Field] = {}
    for column in columns_of(kind):
        name = stem(column)
        if name in field_policy(kind).facts:
            found.setdefault(name, column)
    return found


@cache
def columns_of_fact(kind: type[Entry], name: str) -> tuple[models.Field, ...]:
    """The columns that hold a fact: one, those of a text, or none where it is rows."""
    names = {name, *columns_of_text(name)}
    return tuple(column for column in content_columns(kind) if column.name in names)


def rows_of(entry: Entry) -> dict[str, list[Child]]:
    """The rows of an entry that claims may be about, by kind."""
    return {
        name: list(_rows_with_entries(model).filter(**{path_to_entry(model): entry.pk}))
        for name, model in children_of(type(entry)).items()
        if model.IS_FACT
    }


def _rows_with_entries(model: type[Child]) -> models.QuerySet:
    """The rows with the entries that they point to, which their __str__ needs."""
    named = [column.name for column in row_columns(model) if leads_to(column, Entry)]
    return model._default_manager.select_related(*named) if named else model._default_manager.all()


def choices(entry: Entry | None, kind: type[Entry], known: dict[str, list[Any]] | None = None) -> list[Any]:
    """What a claim may be about, grouped, for a select box. known: the entry's rows, where they are read."""
    columns = [(name, capfirst(str(column.verbose_name))) for name, column in attributes(kind).items()]
    grouped: list[Any] = [("", _("The entry as a whole")), (_("Facts"), columns)]
    found = known if known is not None else rows_of(entry) if entry is not None else {}
    for name, rows in found.items():
        if rows:
            heading = capfirst(str(rows[0]._meta.verbose_name_plural))
            grouped.append((heading, [*_choices_of(name, rows)]))
    return grouped


def _choices_of(kind: str, rows: list[Any]) -> Iterator[tuple[str, str]]:
    """What a claim says of each row, and what the row is called: a second one of that name has a number."""
    seen: Counter[str] = Counter()
    for row in rows:
        name = str(row)[:90]
        seen[name] += 1
        yield about_row(kind, row), f"{name} ({seen[name]})" if seen[name] > 1 else name


def about_row(kind: str, row: Any) -> str:
    """The value of `Claim.about` for the row."""
    return str(Path(row_kind=kind, key=str(row.pk)))


def label(kind: type[Entry], about: str) -> str:
    """The name of the fact that a claim is about; for a row, the name of its kind."""
    name = Path.parse(about, children_of(kind)).name
    if name in (facts := attributes(kind)):
        return capfirst(str(facts[name].verbose_name))
    if name in (rows := children_of(kind)):
        return capfirst(str(rows[name]._meta.verbose_name))
    return _("The entry as a whole")


def by_fact(claims: list[Claim]) -> dict[str, list[Claim]]:
    """The claims by what they are about; those with a supporting source come first."""
    order = {stance: number for number, stance in enumerate(Stance)}
    grouped: dict[str, list[Claim]] = {}
    supported = {claim.about for claim in claims if claim.source_id and claim.says_the_same}
    for claim in sorted(
        claims, key=lambda one: (one.source_id is None, order[Stance(one.stance)], one.position)
    ):
        claim.is_apart = _is_apart(claim, supported)
        # The reminder that a source is missing says nothing where another supports the fact.
        if claim.source_id or claim.is_apart or claim.about not in supported:
            grouped.setdefault(claim.about, []).append(claim)
    return grouped


def _is_apart(claim: Claim, supported: set[str]) -> bool:
    """Whether it states something without a source, on a fact that the source of another supports."""
    return not claim.source_id and claim.says_something and claim.about in supported


def rows_with_entries(
    entry: Entry, *kinds: str, **pointers: Pointed
) -> tuple[dict[str, list[Any]], dict[str, list[Entry]]]:
    """The rows of these kinds with the entries that they point to, and the entries that the entry leads to.

    In three queries. Entries other than sources are read without the columns of their kind.
    """
    rows, keys = rows_at_once(entry, *kinds, **pointers)
    all_rows = [row for several in rows.values() for row in several]
    sources = keys_in(all_rows, Source)
    others = (keys_in(all_rows, Entry) | {key for several in keys.values() for key in several}) - sources
    found: dict[UUID, Entry] = {one.pk: one for one in _asked(_sources_in_full, sources)}
    found |= {one.pk: one for one in _asked(_entries, others)}
    attach_entries(all_rows, found)
    return rows, {name: [found[key] for key in several] for name, several in keys.items()}


def _asked(build: Callable[..., models.QuerySet], keys: set[UUID]) -> list[Any]:
    return objects_asked(build, tuple(keys)) if keys else []


def _sources_in_full(keys: tuple[UUID, ...]) -> models.QuerySet:
    return Source.objects.filter(pk__in=keys).defer(*OF_ITS_OWN_PAGE).annotate(has_pages=has_pages())


def _entries(keys: tuple[UUID, ...]) -> models.QuerySet:
    return Entry.objects.filter(pk__in=keys).named_elsewhere()


def cited(claims: list[Claim]) -> list[Source]:
    """The sources of the claims, each once, ordered by title in the reader's language."""
    found = {claim.source_id: claim.source for claim in claims if claim.source}
    language = active_language()
    return sorted(found.values(), key=lambda source: sort_key(str(source.title_localized), language))


def attach_claims(grouped: dict[str, list[Claim]], **rows: list[Any]) -> None:
    """Set `claims` on each row to the claims about it; the keyword is the kind of the rows."""
    for kind, members in rows.items():
        for row in members:
            row.claims = grouped.get(about_row(kind, row), [])


def mark_outdated(entry: Entry, claims: list[Claim], rows: dict[str, list[Any]]) -> None:
    """Mark each claim whose source is older than the judgement that it is about: it does not support it."""
    dates = {name: getattr(entry, column) for name, column in type(entry).AS_OF.items()}
    for kind, children in rows.items():
        dates |= {about_row(kind, row): getattr(row, row.AS_OF) for row in children if row.AS_OF}
    for claim in claims:
        written_on = claim.source.published_on if claim.source else None
        claim.is_outdated = is_before(written_on, dates.get(claim.about))


def is_before(source: PartialDate | None, judgement: PartialDate | None) -> bool:
    """Whether a source of the one date is surely older than a judgement as of the other."""
    return source is not None and judgement is not None and source.latest < judgement.earliest


def coverage(entry: Entry, claims: list[Claim], rows: dict[str, list[Any]]) -> Coverage:
    """How many of the entry's key facts have a supporting source.

    A key fact is a column that is not empty, or each row of a kind. `entry` is an instance of its own kind.
    """
    keys: list[str] = []
    for name in type(entry).KEY_FACTS:
        if name in rows:
            keys += [about_row(name, row) for row in rows[name]]
        elif name not in children_of(type(entry)) and _has_value(entry, name):
            keys.append(name)
    supported = {claim.about for claim in claims if claim.source_id and claim.says_the_same}
    unsourced = tuple(key for key in keys if key not in supported)
    others = {claim.about for claim in claims if not claim.source_id} - {*keys, *supported}
    apart = [claim for claim in claims if _is_apart(claim, supported)]
    return Coverage(len(keys) - len(unsourced), len(keys), unsourced, len(others) + len(apart))


def _has_value(entry: Entry, name: str) -> bool:
    texts = (getattr(entry, column, None) for column in columns_of_text(name))
    return bool(getattr(entry, name, None)) or any(texts)
