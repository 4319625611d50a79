"""Old records for programs that read archives of the web: Memento, RFC 7089."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.utils.http import http_date

from publishing.addresses import address_of
from publishing.models import Entry, Revision
from publishing.models.entry import kind_of
from publishing.vocabulary import ChangeClass

LINK_FORMAT = "application/link-format"
# Behind it, a second more cannot be told.
END_OF_TIME = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)


def records_of(entry: Entry) -> models.QuerySet:
    """The revisions of the entry that the public can read, oldest first, without their content."""
    found = Revision.objects.filter(entry_id=entry.pk).exclude(change_class=ChangeClass.RETRACTION)
    return found.defer("snapshot").order_by("number")


def record_at(entry: Entry, moment: datetime.datetime | None) -> Revision | None:
    """The record as it was then, or the oldest where there was none yet; without a moment the newest."""
    records = records_of(entry)
    if moment is None:
        return records.last()
    if moment >= END_OF_TIME:
        return records.last()
    return records.filter(created_at__lt=moment + datetime.timedelta(seconds=1)).last() or records.first()


def address_of_part(entry: Entry, part: str) -> str:
    """The whole address of the entry's "timemap" or "timegate"."""
    return f"{settings.SITE_URL}{address_of(f'{kind_of(entry).PAGE}-{part}', entry.slug)}"


def original_of(entry: Entry) -> str:
    """The whole address of the entry as it is now."""
    return f"{settings.SITE_URL}{entry.get_absolute_url()}"


def links_to_records(entry: Entry) -> Iterator[str]:
    """Where the old records of the entry are listed, and where one is found by its moment."""
    yield f'<{address_of_part(entry, "timegate")}>; rel="timegate"'
    yield f'<{address_of_part(entry, "timemap")}>; rel="timemap"; type="{LINK_FORMAT}"'


def links_of_record(entry: Entry) -> Iterator[str]:
    """Of what an old record is one, and where the others are."""
    yield f'<{original_of(entry)}>; rel="original"'
    yield from links_to_records(entry)


def timemap(entry: Entry, records: list[Revision]) -> str:
    """The list of all records of the entry, in the format of links."""
    this = address_of_part(entry, "timemap")
    lines = [
        f'<{original_of(entry)}>;rel="original"',
        f'<{this}>;rel="self";type="{LINK_FORMAT}"{_span(records)}',
        f'<{address_of_part(entry, "timegate")}>;rel="timegate"',
    ]
    last = len(records) - 1
    for number, record in enumerate(records):
        names = [*(["first"] if number == 0 else []), *(["last"] if number == last else []), "memento"]
        address = f"{settings.SITE_URL}{entry.get_record_url()}?as_of={record.number}"
        lines.append(f'<{address}>;rel="{" ".join(names)}";datetime="{moment_of(record)}"')
    return ",\n".join(lines) + "\n"


def _span(records: list[Revision]) -> str:
    if not records:
        return ""
    return f';from="{moment_of(records[0])}";until="{moment_of(records[-1])}"'


def moment_of(record: Revision) -> str:
    """When it was published, as headers say it."""
    return http_date(record.created_at.timestamp())
