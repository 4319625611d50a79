"""The real page of an entry as it is not public; nothing is written."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone, translation

from publishing import snapshots
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, PreviewLink, Proposal
from publishing.models.entry import kinds
from publishing.proposals import three_sides
from publishing.requests import replayed
from publishing.snapshots import Snapshot
from publishing.tokens import token_digest
from publishing.vocabulary import EntryState

# The columns of an entry that make its page the one that readers find.
AS_PUBLISHED = {
    "state": EntryState.PUBLISHED,
    "retraction_reason": "",
    "retraction_language": "",
    "is_in_use": True,
}


class PreviewEnded(Exception):
    """The link to a preview was revoked, or has expired."""


def proposal_of_preview_link(token: str) -> Proposal | None:
    """The proposal that the link with this token shows; None where there is no such link.

    Raises PreviewEnded.
    """
    links = PreviewLink.objects.filter(token_digest=token_digest(token))
    link = links.select_related("proposal__base__entry").first()
    if link is None or link.proposal.is_practice:
        return None
    if link.revoked_at is not None or link.expires_at <= timezone.now():
        raise PreviewEnded
    return link.proposal


def preview(proposal: Proposal, request: HttpRequest, language: str, token: str = "") -> HttpResponse:
    """The page of the entry with the proposal, in the language; not to be cached or indexed.

    token: that of the preview link, where the reader has no account.
    """
    request_attributes = {
        "is_preview": True,
        "preview_token": token,
        "review_address": "" if token else reverse("admin:publishing_proposal_change", args=[proposal.pk]),
        "in_languages": _in_languages(request.path, language),
    }
    response = render_page(
        merged_snapshot(proposal), request, language, request_attributes=request_attributes
    )
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _in_languages(path: str, language: str) -> dict[str, str]:
    """The address of the same preview in each language.

    At the desk the address ends with the language, elsewhere it begins with it.
    """
    desk_path = path.removesuffix(f"/preview/{language}/")
    if desk_path != path:
        return {code: f"{desk_path}/preview/{code}/" for code in PAGE_LANGUAGES}
    return {code: f"/{code}{path.removeprefix(f'/{language}')}" for code in PAGE_LANGUAGES}


def merged_snapshot(proposal: Proposal) -> Snapshot:
    """What would be public if it were accepted now; in a conflict, the value that its author wants."""
    wanted = snapshots.conformed(proposal.wanted)
    if proposal.base is None or proposal.revision_id is not None:
        return wanted
    newest = proposal.base.entry.revisions.order_by("-number")[0]
    merge = snapshots.merge(*three_sides(proposal, newest))
    return snapshots.resolved(merge, {conflict.path: "mine" for conflict in merge.conflicts})


def render_page(
    snapshot: Snapshot,
    request: HttpRequest,
    language: str,
    *,
    request_attributes: dict[str, Any],
    stand_ins: Sequence[Snapshot] = (),
    **columns: Any,
) -> HttpResponse:
    """The page of the entry as it would be with the snapshot and the columns in the tables.

    request_attributes: set on the request, for the template. stand_ins: other entries that the tables lack.
    Raises Http404 where the page cannot be made.
    """
    shown_columns = {**AS_PUBLISHED, **columns}
    if _belongs_to_another(snapshot):
        raise Http404
    try:
        with (
            translation.override(language),
            snapshots.shown_with([*stand_ins, snapshot], {snapshot["id"]: shown_columns}),
        ):
            address = kinds()[snapshot["kind"]].address(snapshot["fields"]["slug"])
            response: Any = _response_of_view(request, address, request_attributes)
            if hasattr(response, "render"):
                response.render()
    except (DataError, ValidationError, NoReverseMatch) as error:
        raise Http404 from error
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _belongs_to_another(snapshot: Snapshot) -> bool:
    """Whether the address of the page is that of another entry."""
    at_address = Entry.objects.filter(kind=snapshot["kind"], slug=snapshot["fields"]["slug"])
    return at_address.exclude(pk=snapshot["id"]).exists()


def _response_of_view(request: HttpRequest, address: str, request_attributes: dict[str, Any]) -> Any:
    """What the view at the address answers to the same request with another path and no query.

    The query of the reader's own address stays as `asked`, for what the page itself understands of it.
    """
    page_request = replayed(request, path=address, query=QueryDict())
    page_request.asked = request.GET
    for name, value in request_attributes.items():
        setattr(page_request, name, value)
    match = page_request.resolver_match = resolve(address)
    return match.func(page_request, *match.args, **match.kwargs)
