"""“There is already …”: warnings for editors and moderators, before the same is in the casebook twice."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desk.addresses import desk_address
from publishing import comparison, rules
from publishing.duplicates.alike import entries_alike, proposals_alike, rows_alike
from publishing.languages import join_list
from publishing.models import Entry
from publishing.named_entries import particulars
from publishing.snapshots import Snapshot


def warnings_about_entry(wanted: Snapshot, by: Any) -> Iterator[SafeString]:
    """A sentence with a link for each entry, and each proposal that the person may see, of the same name."""
    for entry in entries_alike(wanted):
        name = join_list([_("“%(name)s”") % {"name": entry}, *particulars(entry)])
        sentence = _("There is already {link}, which was retracted.") if entry.is_retracted else _there_is()
        yield format_html(sentence, link=_link(desk_address(entry), name))
    for proposal in proposals_alike(wanted):
        if rules.why_not_read(proposal, by) is None:
            address = reverse("admin:publishing_proposal_change", args=[proposal.pk])
            name = _("“%(name)s”") % {"name": proposal.title}
            yield format_html(_("A proposal to add it is open already: {link}."), link=_link(address, name))


def warnings_about_rows(before: Snapshot | None, wanted: Snapshot) -> Iterator[SafeString]:
    """A sentence for each new row that another row of the entry seems to say already."""
    found = list(rows_alike(before, wanted))
    if not found:
        return
    describer = comparison.Describer(wanted["kind"], wanted)
    entry = Entry.objects.filter(pk=wanted["id"]).first()
    for _new, other in found:
        is_public = entry is not None and before is not None and other.key in before["rows"][other.row_kind]
        address = entry.get_absolute_url() if entry and is_public else ""
        name = describer.label(other)
        yield format_html(_there_is(), link=_link(address, name) if address else name)


def sentences(before: Snapshot | None, wanted: Snapshot, by: Any) -> list[SafeString]:
    """All warnings about what is new in it."""
    of_entry = [] if before else warnings_about_entry(wanted, by)
    return [*of_entry, *warnings_about_rows(before, wanted)]


def warn(request: HttpRequest, before: Snapshot | None, wanted: Snapshot) -> None:
    """Tell whoever saved it; what was saved stays saved."""
    for sentence in sentences(before, wanted, request.user):
        messages.warning(request, sentence)


def _there_is() -> str:
    return _("There is already {link}.")


def _link(address: str, name: str) -> SafeString:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, name)
