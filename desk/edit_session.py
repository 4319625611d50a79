"""The draft or revision that a request for an entry's form edits, and the action that it asks for."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from desk.addresses import parse_key, parse_uuid
from desk.autosaves import autosave_key, form_token_of
from publishing import rules, snapshots
from publishing.models import Entry, OldSlug, Proposal, Revision
from publishing.snapshots import Snapshot

# The action of each button, by name; every other button publishes.
ACTIONS_BY_BUTTON = {"_draft": "draft", "_submit": "submit"}


@dataclass
class EditSession:
    """The draft and the revision that a form edits.

    version: that of the draft when the form was opened. tables: the snapshot to show, if it is not what the
    tables contain. is_open: whether the person may edit the draft. token: that of the opened form.
    """

    kind: str
    token: str = ""
    draft: Proposal | None = None
    base: Revision | None = None
    version: int = 0
    tables: Snapshot | None = None
    is_open: bool = False

    @property
    def object_id(self) -> str | None:
        """The key of the entry once `tables` is thawed; None for the entry of the address."""
        return str(self.tables["id"]) if self.draft is not None and self.tables is not None else None

    @property
    def form_key(self) -> str:
        """The key of the form, for presence; all who have it open share it."""
        if self.draft is not None:
            return str(self.draft.pk)
        return str(self.base.entry_id) if self.base is not None else f"add:{self.kind}"

    @property
    def autosave_key(self) -> str:
        """The key of the autosave of this opened form."""
        return autosave_key(self.form_key, self.token)


def edit_session_of(request: HttpRequest, kind: str, object_id: str | None) -> EditSession:
    """The edit session of a request; 404 for a draft of another entry, or one that the person may not see."""
    session = _session_of(request, kind, object_id)
    session.token = form_token_of(request)
    return session


def _session_of(request: HttpRequest, kind: str, object_id: str | None) -> EditSession:
    if key := request.GET.get("proposal"):
        return _on_draft(request, kind, object_id, key)
    session = EditSession(kind)
    if object_id is not None:
        if (entry_key := parse_uuid(object_id)) is None:
            raise Http404
        revisions = Revision.objects.select_related("entry").filter(entry__kind=kind, entry_id=entry_key)
        if request.method == "POST":
            session.base = revisions.filter(number=parse_key(request.POST.get("based_on", ""))).first()
        else:
            session.base = revisions.order_by("-number").first()
        if session.base is None:
            get_object_or_404(Entry, kind=kind, pk=entry_key)
        elif session.base.number != session.base.entry.revision:
            session.tables = session.base.snapshot
    return session


def _on_draft(request: HttpRequest, kind: str, object_id: str | None, key: str) -> EditSession:
    draft = get_object_or_404(Proposal.objects.select_related("base__entry"), kind=kind, pk=parse_uuid(key))
    is_of_entry = object_id is None or draft.wanted["id"] == str(parse_uuid(object_id))
    if not is_of_entry or rules.why_not_read(draft, request.user):
        raise Http404
    version = parse_key(request.POST.get("draft_version", "")) if request.method == "POST" else draft.version
    opened_version = draft.versions.filter(number=version).first()
    tables = with_free_address(opened_version.snapshot if opened_version else draft.wanted)
    is_open = rules.why_not_edit_draft(draft, request.user) is None
    return EditSession(kind, "", draft, draft.base, version, tables, is_open)


def with_free_address(snapshot: Snapshot) -> Snapshot:
    """The snapshot in today's shape, with a new address if another entry has its address now."""
    shaped, number = snapshots.conformed(snapshot), 2
    wanted = address = shaped["fields"]["slug"]
    while _is_taken(snapshot, address):
        address, number = f"{wanted[:110]}-{number}", number + 1
    return {**shaped, "fields": {**shaped["fields"], "slug": address}}


def _is_taken(snapshot: Snapshot, slug: str) -> bool:
    current = Entry.objects.filter(kind=snapshot["kind"], slug=slug).exclude(pk=snapshot["id"])
    former = OldSlug.objects.filter(kind=snapshot["kind"], slug=slug).exclude(entry_id=snapshot["id"])
    return current.exists() or former.exists()


def requested_action(request: HttpRequest) -> str:
    """The action of the button that was pressed: "draft", "submit" or "publish"."""
    return next((action for name, action in ACTIONS_BY_BUTTON.items() if name in request.POST), "publish")
