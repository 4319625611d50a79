"""What one request of an entry's form works at: a draft, or what is public; and what is done with it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from desk.addresses import parse_key, parse_uuid
from publishing import rules, snapshots
from publishing.models import Entry, FormAutosave, OldSlug, Proposal, Revision
from publishing.snapshots import Snapshot

# The names of the buttons, each with what it does; every other one publishes.
ACTIONS_BY_BUTTON = {"_draft": "draft", "_submit": "submit"}


@dataclass
class EditSession:
    """The draft and the revision that a form is opened on; `tables`: what the form shall read."""

    kind: str
    draft: Proposal | None = None
    base: Revision | None = None
    version: int = 0
    tables: Snapshot | None = None
    is_open: bool = False

    @property
    def object_id(self) -> str | None:
        """The key of the entry that the form is of, once the tables say what they shall."""
        return str(self.tables["id"]) if self.draft is not None and self.tables is not None else None

    @property
    def form_key(self) -> str:
        """Where it happens, as typing and presence are kept."""
        if self.draft is not None:
            return str(self.draft.pk)
        return str(self.base.entry_id) if self.base is not None else f"add:{self.kind}"


def edit_session_of(request: HttpRequest, kind: str, object_id: str | None) -> EditSession:
    """What the request works at; 404 for a draft that is another entry's, or nobody's business."""
    if key := request.GET.get("proposal"):
        return _on_draft(request, kind, object_id, key)
    session = EditSession(kind)
    if object_id is not None:
        entry = get_object_or_404(Entry, kind=kind, pk=parse_uuid(object_id))
        number = parse_key(request.POST.get("based_on", "")) if request.method == "POST" else entry.revision
        session.base = (
            Revision.objects.select_related("entry").filter(entry=entry, number=number, number__gte=0).first()
        )
        if session.base is not None and session.base.number != entry.revision:
            session.tables = session.base.snapshot
    return session


def _on_draft(request: HttpRequest, kind: str, object_id: str | None, key: str) -> EditSession:
    draft = get_object_or_404(Proposal.objects.select_related("base__entry"), kind=kind, pk=parse_uuid(key))
    is_its = object_id is None or draft.wanted["id"] == str(parse_uuid(object_id))
    if not is_its or rules.why_not_see(draft, request.user):
        raise Http404
    version = parse_key(request.POST.get("draft_version", "")) if request.method == "POST" else draft.version
    opened = draft.versions.filter(number=version).first()
    tables = with_free_address(opened.snapshot if opened else draft.wanted)
    return EditSession(
        kind, draft, draft.base, version, tables, rules.why_not_write(draft, request.user) is None
    )


def with_free_address(snapshot: Snapshot) -> Snapshot:
    """The snapshot, its address changed where another entry has taken that meanwhile."""
    shaped, number = snapshots.conformed(snapshot), 2
    wanted = address = shaped["fields"]["slug"]
    while _is_taken(snapshot, address):
        address, number = f"{wanted[:110]}-{number}", number + 1
    return {**shaped, "fields": {**shaped["fields"], "slug": address}}


def _is_taken(snapshot: Snapshot, slug: str) -> bool:
    others = Entry.objects.filter(kind=snapshot["kind"], slug=slug).exclude(pk=snapshot["id"])
    old = OldSlug.objects.filter(kind=snapshot["kind"], slug=slug).exclude(entry_id=snapshot["id"])
    return others.exists() or old.exists()


def autosaved_form(session: EditSession, by: Any) -> FormAutosave | None:
    """What the person typed there and did not save."""
    return FormAutosave.objects.filter(by=by, form_key=session.form_key).first()


def as_form_data(kept: FormAutosave) -> QueryDict:
    """What was typed, as the browser would send it."""
    sent = QueryDict(mutable=True)
    for name, value in kept.fields:
        sent.appendlist(name, value)
    return sent


def requested_action(request: HttpRequest) -> str:
    """What the button that was pressed asks for."""
    return next((verb for name, verb in ACTIONS_BY_BUTTON.items() if name in request.POST), "publish")
