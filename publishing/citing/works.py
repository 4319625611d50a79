"""What is cited: a page at one of its revisions, or a list as somebody asked for it."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from publishing.addresses import address_of
from publishing.languages import active_language, columns_of_text, labelled, localized
from publishing.models import Entry, Revision
from publishing.models.entry import kind_of
from publishing.requests import understood


@dataclass(frozen=True)
class Work:
    """A page as others cite it.

    title_language: the language of the title, which may be another one than that of the page.
    address: where it stays as it is cited, whole. current: where it is as it is now, whole.
    files: the path of the files that cite it, without their ending, and the query after it.
    schema: what it is in the vocabulary of schema.org.
    number, day: those of the revision; None for a list, which has no revisions.
    history: the path of the entry's history; "" for a list.
    publication: of a list that is cited as it was, the number of the publication after which; then day is
    that of the publication.
    """

    key: str
    title: str
    title_language: str
    language: str
    address: str
    current: str
    files: tuple[str, str]
    schema: str
    number: int | None = None
    day: datetime.date | None = None
    published: datetime.date | None = None
    history: str = ""
    publication: int | None = None

    @property
    def path(self) -> str:
        """The address without that of the site, for links on its own pages."""
        return self.address.removeprefix(settings.SITE_URL)

    def file(self, ending: str) -> str:
        """The path of the file with that ending that cites it."""
        path, query = self.files
        return f"{path}.{ending}{query}"


@dataclass(frozen=True)
class KeptAnswer:
    """What a list or another page answered after a publication, at an address of its own.

    number: of the publication. found, of_all: how many entries a list answers, of how many; found is None for
    a page that counts none, of_all where they are counted out of nothing, as changes are. path: of its page.
    query: the questions, as they stand in the address.
    """

    number: int
    day: datetime.date
    found: int | None
    of_all: int | None
    path: str
    query: str

    @property
    def address(self) -> str:
        """The whole address of its page."""
        return f"{settings.SITE_URL}{self.path}{'?' if self.query else ''}{self.query}"


def casebook_name() -> str:
    """Who writes and publishes all of it, in the active language."""
    return _("Sulh")


def work_of_entry(entry: Entry) -> Work:
    """The page of the entry as it is now; of the entry nothing is read that its page does not have."""
    title = localized(entry, "title")
    return _work(
        entry,
        entry.revision,
        entry.changed_at,
        title=title.text,
        title_language=title.language,
        current=f"{settings.SITE_URL}{entry.get_absolute_url()}",
    )


def work_of_revision(revision: Revision, entry: Entry) -> Work:
    """The page of the entry as it was at the revision, whose snapshot is read."""
    fields = revision.snapshot["fields"]
    # An old snapshot knows no language that came later.
    titles = SimpleNamespace(**{name: fields.get(name) or "" for name in columns_of_text("title")})
    title = localized(titles, "title")
    return _work(
        entry,
        revision.number,
        revision.created_at,
        title=title.text,
        title_language=title.language,
        current=f"{settings.SITE_URL}{entry.get_absolute_url()}",
    )


def _work(entry: Entry, number: int, moment: datetime.datetime | None, **others: Any) -> Work:
    kind = kind_of(entry)
    of_revision = address_of(f"{kind.PAGE}-revision", entry.slug, number)
    return Work(
        key=f"sulh-{kind._meta.model_name}-{entry.slug}-r{number}",
        language=active_language(),
        address=record_address(entry, number),
        files=(f"{of_revision}cite", ""),
        schema=kind.SCHEMA_TYPE,
        number=number,
        day=moment.date() if moment else None,
        published=entry.published_at.date() if entry.published_at else None,
        history=entry.get_history_url(),
        **others,
    )


def record_address(entry: Entry, number: int) -> str:
    """The whole address at which the revision of that number stays readable."""
    return f"{settings.SITE_URL}{entry.get_record_url()}?as_of={number}"


def work_of_list(
    name: str,
    path: str,
    query: str,
    asked: Iterable[tuple[str, str]],
    *,
    kept: KeptAnswer | None = None,
    schema: str = "CollectionPage",
) -> Work:
    """A list, or another page that is no entry, with what is asked of it.

    query: the questions that the list understood, as they stand in its address. asked: the same in words.
    kept: its answer, where that stays readable at an address of its own.
    """
    parts = [labelled(label, value) for label, value in asked]
    separator = pgettext("between questions", "; ")
    address = f"{settings.SITE_URL}{path}{'?' if query else ''}{query}"
    digest = hashlib.sha256(query.encode()).hexdigest()[:8]
    key = "-".join(["sulh", *path.strip("/").split("/")[1:], *([digest] if query else [])])
    title = f"{name} ({separator.join(parts)})" if parts else name
    work = Work(
        key=key,
        title=title,
        title_language=active_language(),
        language=active_language(),
        address=address,
        current=address,
        files=(f"{path}cite", f"?{query}" if query else ""),
        schema=schema,
    )
    return _with_answer(work, kept, is_asked=bool(parts)) if kept else work


def _with_answer(work: Work, kept: KeptAnswer, *, is_asked: bool) -> Work:
    # Translators: an answer of a list in its citation: “Ceasefire cases (Country: Libya): 3 of 40”.
    pattern = pgettext("title of an answer", "%(title)s: %(found)s of %(all)s")
    title = work.title
    if kept.found is not None and kept.of_all is None:
        title = labelled(title, str(kept.found))
    elif kept.found is not None and is_asked:
        title = pattern % {"title": title, "found": kept.found, "all": kept.of_all}
    return replace(
        work,
        key=f"{work.key}-p{kept.number}",
        title=title,
        address=kept.address,
        files=(f"{kept.path}cite", f"?{kept.query}" if kept.query else ""),
        day=kept.day,
        publication=kept.number,
    )


def query_understood(
    query: Any, not_understood: Iterable[tuple[str, str]], *, left_out: Iterable[str]
) -> str:
    """The query without empty questions, without those that nobody understood, and without some others."""
    kept = understood(query, not_understood)
    for name in left_out:
        kept.pop(name, None)
    return str(kept.urlencode())
