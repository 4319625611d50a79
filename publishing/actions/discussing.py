"""Comments of editors on fields of an entry, and who watches it; in no snapshot, and never public."""

import re
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from publishing import rules
from publishing.hooks import EntryEvent, entry_notices
from publishing.models import Entry, FieldComment, FieldThread, Proposal, Watch
from publishing.statements import rows_by_key

# A user name of Django after an @ that no word or address ends in.
MENTION = re.compile(r"(?<![\w@.+-])@([\w@.+-]{1,150})")
MOST_MENTIONED = 20


@transaction.atomic
def open_thread(entry: Entry | None, draft: Proposal | None, *, path: str, text: str, by: Any) -> FieldThread:
    """Begin a thread on a field of the entry, or of the draft of a new one. Raises Refusal."""
    new_draft = draft if entry is None else None
    if refusal := rules.why_not_discuss(new_draft, by) or rules.why_not_store_comment(text):
        raise refusal
    thread = FieldThread.objects.create(entry=entry, proposal=new_draft, path=path, opened_by=by)
    _say(thread, text, by)
    return thread


@transaction.atomic
def reply(thread: FieldThread, *, text: str, by: Any) -> FieldComment:
    """Add a comment to an open thread. Raises Refusal."""
    thread = FieldThread.objects.select_for_update().get(pk=thread.pk)
    if refusal := (
        rules.why_not_discuss(thread.proposal, by)
        or rules.why_not_reply(thread)
        or rules.why_not_store_comment(text)
    ):
        raise refusal
    return _say(thread, text, by)


@transaction.atomic
def resolve(thread: FieldThread, *, by: Any) -> None:
    """Close the thread; whoever resolved it first stays named. Raises Refusal."""
    if refusal := rules.why_not_discuss(thread.proposal, by):
        raise refusal
    FieldThread.objects.open().filter(pk=thread.pk).update(resolved_by=by, resolved_at=timezone.now())


@transaction.atomic
def reopen(thread: FieldThread, *, by: Any) -> None:
    """Open the thread again. Raises Refusal."""
    if refusal := rules.why_not_discuss(thread.proposal, by):
        raise refusal
    FieldThread.objects.filter(pk=thread.pk).update(resolved_by=None, resolved_at=None)


@transaction.atomic
def watch(entry: Entry, *, by: Any) -> None:
    """Send mail to the person when somebody else changes the entry or comments on it. Raises Refusal."""
    if refusal := rules.why_not_discuss(None, by):
        raise refusal
    Watch.objects.get_or_create(by=by, entry=entry)


@transaction.atomic
def stop_watching(entry: Entry, *, by: Any) -> None:
    """Send the person no more mail about the entry."""
    Watch.objects.filter(by=by, entry=entry).delete()


def _say(thread: FieldThread, text: str, by: Any) -> FieldComment:
    comment = FieldComment.objects.create(thread=thread, text=text.strip(), by=by)
    concerned = taking_part(thread, mentioned_in(comment.text)).exclude(pk=by.pk)
    to = [account for account in concerned if _may_read(thread, account)]
    for tell in entry_notices:
        tell(EntryEvent("commented", thread.entry, thread.proposal, by, comment), to)
    return comment


def tell_watchers(kind: str, entry: Entry | None, proposal: Proposal, *, by: Any) -> None:
    """Tell those who watch the entry that a proposal for it was "submitted" or "published"."""
    if entry is None:
        return
    if not rows_by_key(Watch, "entry", ("pk",), entry.pk):
        return
    watching = Watch.objects.filter(entry=entry.pk, by__is_active=True, by__is_staff=True)
    to = [one.by for one in watching.exclude(by=by and by.pk).select_related("by").order_by("by")]
    if to:
        for tell in entry_notices:
            tell(EntryEvent(kind, entry, proposal, by), to)


def mentioned_in(text: str) -> set[str]:
    """The user names after an @, with and without the sign that may end the sentence."""
    found = MENTION.findall(text)[:MOST_MENTIONED]
    return {*found, *(name.rstrip(".-+@") for name in found)}


def taking_part(thread: FieldThread, mentioned: set[str]) -> QuerySet:
    """The accounts that wrote in the thread, watch its entry, have drafted it, or have one of these names."""
    wrote = FieldComment.objects.filter(thread=thread).values("by")
    watching = Watch.objects.filter(entry=thread.entry_id).values("by")
    author = thread.proposal.author_id if thread.proposal else None
    accounts = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    named = Q(username__in=mentioned)
    return accounts.filter(Q(pk__in=wrote) | Q(pk__in=watching) | Q(pk=author) | named).order_by("pk")


def _may_read(thread: FieldThread, account: Any) -> bool:
    return rules.why_not_discuss(thread.proposal, account) is None
