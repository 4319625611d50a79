"""The comments on fields of an entry, as the pages of the desk show them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.hooks import Item, Panel
from publishing import comparison, rules, snapshots
from publishing.models import Entry, FieldComment, FieldThread, Presence, Proposal, Revision, Watch
from publishing.models.entry import kinds
from publishing.people import display_name
from publishing.snapshots import Path, Snapshot


@dataclass(frozen=True)
class ShownThread:
    """A thread, the name of its field, its comments, and what was typed as a reply and refused."""

    thread: FieldThread
    label: str
    comments: list[FieldComment]
    typed: str = ""


@dataclass(frozen=True)
class Discussion:
    """All that is said at the desk about an entry, or about the draft of a new one.

    fields: path and name of each field that can be commented on. refusal: of what was sent last, if it was.
    """

    address: str
    open: list[ShownThread]
    resolved: list[ShownThread]
    fields: list[tuple[str, str]]
    may_watch: bool
    is_watched: bool
    refusal: str = ""
    sent: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """What is talked about: an entry, or the draft of a new one; and the snapshots that name its rows."""

    entry: Entry | None
    draft: Proposal | None
    kind: str
    snapshots: tuple[Snapshot, ...]

    @classmethod
    def of(cls, entry: Entry | None, draft: Proposal | None) -> "Subject":
        """The subject of the form of the entry, or of the draft; a draft of an entry is about that entry."""
        found = [snapshots.conformed(draft.wanted)] if draft is not None else []
        about = draft.base.entry if entry is None and draft is not None and draft.base else entry
        if about is None and draft is not None and draft.revision is not None:
            about = draft.revision.entry
        if about is not None:
            newest = Revision.objects.filter(entry=about.pk).order_by("-number").first()
            found += [snapshots.conformed(newest.snapshot)] if newest else []
        kind = about.kind if about is not None else draft.kind  # type: ignore[union-attr]
        return cls(about, draft, kind, tuple(found))

    @property
    def new_draft(self) -> Proposal | None:
        """The draft, if its entry was never published."""
        return self.draft if self.entry is None else None

    @property
    def address(self) -> str:
        """The page of all that is said about it."""
        key = self.entry.pk if self.entry is not None else self.draft.pk  # type: ignore[union-attr]
        return reverse("discussion:page", args=[key])

    def has(self, text: str) -> bool:
        """Whether the text is the path of a field or row that it has now; "" is the whole entry."""
        if not text:
            return True
        path = Path.parse(text, self.snapshots[0]["rows"])
        if str(path) != text:
            return False
        if not path.row_kind:
            return not path.member and path.column in self._columns
        rows = (snapshot["rows"].get(path.row_kind, {}) for snapshot in self.snapshots)
        return any(path.key in of_kind and path.column in {"", *of_kind[path.key]} for of_kind in rows)

    @property
    def _columns(self) -> list[str]:
        """The columns and sets that editors write, in the order of the model."""
        written = [column.name for column in snapshots.content_columns(kinds()[self.kind])]
        return [*written, *(name for name in self.snapshots[0]["fields"] if name not in written)]

    def labels(self) -> "Labels":
        """The names of its fields."""
        return Labels(self.kind, self.snapshots)

    def fields(self) -> list[tuple[str, str]]:
        """The path and the name of each of its own fields."""
        labels = self.labels()
        return [(name, labels.of(name)) for name in self._columns]


class Labels:
    """The names of fields and rows in words."""

    def __init__(self, kind: str, compared: tuple[Snapshot, ...]) -> None:
        self._describer = comparison.Describer(kind, *compared)

    def of(self, text: str) -> str:
        """The name of what the path leads to; of a row that was removed, its kind."""
        if not text:
            return _("The whole entry")
        path = Path.parse(text, self._describer.compared.rows)
        try:
            if path.row_kind and self._describer.compared.row_values(path) is None:
                kind = self._describer.names.row_kind(path)
                return _("%(kind)s that was removed") % {"kind": kind}
            return capfirst(self._describer.label(path))
        except (FieldDoesNotExist, KeyError):
            return text


def discussion_of(
    subject: Subject, by: Any, *, refusal: str = "", sent: dict[str, str] | None = None
) -> Discussion | None:
    """What is said about the subject; None for those who may not read it."""
    if rules.why_not_discuss(subject.new_draft, by):
        return None
    sent = sent or {}
    labels = subject.labels()
    found = FieldThread.objects.about(subject.entry, subject.draft)
    shown = [
        ShownThread(
            thread,
            labels.of(thread.path),
            list(thread.comments.all()),
            sent.get("text", "") if sent.get("thread") == str(thread.pk) else "",
        )
        for thread in found.select_related("resolved_by").prefetch_related("comments__by")
    ]
    entry = subject.entry
    return Discussion(
        address=subject.address,
        open=[one for one in shown if one.thread.resolved_at is None],
        resolved=[one for one in shown if one.thread.resolved_at is not None],
        fields=subject.fields(),
        may_watch=entry is not None,
        is_watched=entry is not None and Watch.objects.filter(by=by, entry=entry.pk).exists(),
        refusal=refusal,
        sent=sent,
    )


def comments_for(by: Any) -> Iterator[Panel]:
    """The open threads in which the person takes part and somebody else spoke last, the latest first."""
    found = _threads_with(by)
    items = [
        Item(
            str(thread.entry or thread.proposal.title),
            f"{reverse('discussion:page', args=[thread.entry_id or thread.proposal_id])}#thread-{thread.pk}",
            _last_of(thread),
        )
        for thread in found.select_related("entry", "proposal__base").prefetch_related("comments__by")
    ]
    yield Panel(_("Comments for you"), items, len(items))


def _threads_with(by: Any) -> QuerySet:
    own = FieldThread.objects.open().filter(Q(comments__by=by.pk) | Q(proposal__author=by.pk)).values("pk")
    counted = FieldThread.objects.filter(pk__in=own).annotate(
        last=Max("comments__pk"), own=Coalesce(Max("comments__pk", filter=Q(comments__by=by.pk)), 0)
    )
    return counted.filter(last__gt=F("own")).order_by("-last")


def _last_of(thread: FieldThread) -> str:
    comment = [*thread.comments.all()][-1]
    return f"\u2068{display_name(comment.by)}\u2069"


def open_since(presence: Presence) -> str:
    """Who else has the form open, and since when."""
    name = f"\u2068{display_name(presence.by)}\u2069"
    return _("%(name)s has this form open since %(time)s UTC.") % {
        "name": name,
        "time": f"{presence.opened_at:%H:%M}",
    }
