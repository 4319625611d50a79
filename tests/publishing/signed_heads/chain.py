"""The chain as `verify` sees it, and as somebody with the database computes it again."""

import datetime
from io import StringIO

from django.core.management import CommandError, call_command

from publishing.actions import steps
from publishing.models import ChainHead, Revision, SignedHead

TODAY = datetime.datetime(2026, 3, 1, 0, 0, 10, tzinfo=datetime.UTC)


def verify(*lines: str, **options: str) -> str:
    """What `verify` says; what it complains of where it fails."""
    said, complained = StringIO(), StringIO()
    try:
        head = {"head": "\n".join(lines)} if lines else {}
        call_command("verify", **head, **options, stdout=said, stderr=complained)
    except CommandError as error:
        return f"{complained.getvalue()}{error}"
    return said.getvalue()


def compute_anew() -> None:
    """What somebody with the database does after a change: every digest from the first on, and the head."""
    previous = ""
    for revision in Revision.objects.order_by("pk"):
        revision.previous_digest = previous
        previous = steps.digest(revision)
        Revision.objects.filter(pk=revision.pk).update(
            previous_digest=revision.previous_digest, digest=previous
        )
    ChainHead.objects.update(digest=previous)


def rewrite_history() -> None:
    """Change the note of the first revision, and let the whole chain fit it."""
    Revision.objects.filter(pk=Revision.objects.earliest("pk").pk).update(note="It was never so.")
    compute_anew()
    SignedHead.objects.all().delete()
