"""The real page of what is not public, or not any more, rendered in a rehearsal and rolled back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils import timezone, translation

from publishing import snapshots
from publishing.languages import PAGE_LANGUAGES
from publishing.models import PreviewLink, Proposal
from publishing.models.entry import kind_of
from publishing.proposals import three_sides
from publishing.requests import replayed
from publishing.snapshots import Snapshot
from publishing.tokens import token_digest
from publishing.vocabulary import EntryState


class PreviewEnded(Exception):
    """The link once led to a preview; it was taken back, or its time is over."""


def proposal_of_preview_link(token: str) -> Proposal | None:
    """The proposal that the link with this token shows to whoever has it; None for no link of ours.

    Raises Ended.
    """
    links = PreviewLink.objects.filter(token_digest=token_digest(token))
    link = links.select_related("proposal__base__entry").first()
    if link is None:
        return None
    if link.revoked_at is not None or link.expires_at <= timezone.now():
        raise PreviewEnded
    return link.proposal


def preview(proposal: Proposal, request: HttpRequest, language: str, token: str = "") -> HttpResponse:
    """The page that the proposal would make, in the language; nobody may keep or index it.

    token: that of the link that shows it, where the reader has no other right to see it.
    """
    shown_as = {
        "is_preview": True,
        "preview_token": token,
        "review_address": "" if token else reverse("admin:publishing_proposal_change", args=[proposal.pk]),
        "in_languages": _in_languages(request.path, language),
    }
    response = render_page(merged_snapshot(proposal), request, language, shown_as=shown_as)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _in_languages(path: str, language: str) -> dict[str, str]:
    """Where the same preview is in each language, in which its address ends at the desk, and else begins."""
    of_the_desk = path.removesuffix(f"/preview/{language}/")
    if of_the_desk != path:
        return {one: f"{of_the_desk}/preview/{one}/" for one in PAGE_LANGUAGES}
    return {one: f"/{one}{path.removeprefix(f'/{language}')}" for one in PAGE_LANGUAGES}


def merged_snapshot(proposal: Proposal) -> Snapshot:
    """What would be public if it were accepted now; where it collides with what is, as its author wants."""
    wanted = snapshots.conformed(proposal.wanted)
    if proposal.base is None or proposal.revision_id is not None:
        return wanted
    newest = proposal.base.entry.revisions.order_by("-number")[0]
    merge = snapshots.merge(*three_sides(proposal, newest))
    return snapshots.resolved(merge, {conflict.path: "mine" for conflict in merge.conflicts})


def render_page(
    snapshot: Snapshot, request: HttpRequest, language: str, *, shown_as: dict[str, Any], **columns: Any
) -> HttpResponse:
    """The entry's own page as it would be if the tables said what the snapshot and the columns say.

    shown_as: what the page's template finds at the request. Raises Http404 where there can be no such page.
    """
    try:
        with translation.override(language), snapshots.rehearsal():
            entry = snapshots.thaw(snapshot)
            columns |= {"state": EntryState.PUBLISHED, "retraction_reason": "", "retraction_language": ""}
            type(entry)._base_manager.filter(pk=entry.pk).update(**columns)
            response: Any = _asked_again(request, kind_of(entry).address(entry.slug), shown_as)
            if hasattr(response, "render"):
                response.render()
    except (IntegrityError, DataError, ValidationError) as error:
        raise Http404 from error
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _asked_again(request: HttpRequest, address: str, shown_as: dict[str, Any]) -> Any:
    """What the page's view answers to somebody who is nobody in particular."""
    again = replayed(request, path=address, query=QueryDict())
    for name, value in shown_as.items():
        setattr(again, name, value)
    match = again.resolver_match = resolve(address)
    return match.func(again, *match.args, **match.kwargs)
