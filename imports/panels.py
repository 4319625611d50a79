"""The panel of imports on the desk's first page, and the proposals of one import in their list."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.hooks import Item, Panel
from desk.panels import MAX_SHOWN
from imports.models import ActorName, ImportBatch
from imports.vocabulary import Answer
from publishing.models import Proposal


def imports(by: Any) -> Iterator[Panel]:
    """For moderators: the newest imports, and how many names of actors wait for an answer."""
    if not by.has_perm("publishing.decide_proposal"):
        return
    newest = ImportBatch.objects.with_names()
    items = [
        Item(str(batch), batch.get_absolute_url(), batch.get_state_display()) for batch in newest[:MAX_SHOWN]
    ]
    names = ActorName.objects.filter(answer=Answer.OPEN).count()
    lists = [
        Item(_("Imports of datasets"), reverse("imports:batches"), str(newest.count())),
        Item(_("Names of actors that wait for an answer"), reverse("imports:names"), str(names)),
    ]
    # It is the way to the first import, too.
    yield Panel(_("Datasets of the field"), items, max(1, newest.count()), lists=lists, is_counted=False)


def proposals_of(import_key: UUID) -> tuple[str, QuerySet[Proposal]] | None:
    """The name of the import, and what it proposed."""
    batch = ImportBatch.objects.with_names().filter(pk=import_key).first()
    return (str(batch), Proposal.objects.filter(imported__batch=batch)) if batch else None
