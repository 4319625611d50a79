"""What a sender says for their proposal, for the form in which a moderator improves it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contributions.models import Contribution
from desk.hooks import FormNote
from publishing.models import Proposal


def notes_for_form(draft: Proposal) -> Iterator[FormNote]:
    """The reason, the source and the quotation of the sender (a hook of the desk)."""
    contribution = Contribution.objects.select_related("proposal").filter(proposal=draft).first()
    if contribution is None:
        return
    language = contribution.language
    source = ", ".join(filter(None, (contribution.source_reference, contribution.source_page)))
    texts = (
        (_("Reason of the sender"), contribution.reason, language),
        (_("Source of the sender"), source, ""),
        (_("Quotation"), contribution.source_quotation, contribution.quotation_language),
        (_("Why no source can be given"), contribution.why_no_source, language),
        (_("Appeal"), contribution.appeal_text, language),
    )
    for label, text, its_language in texts:
        if text:
            yield FormNote(label, text, its_language)
    for message in contribution.messages.select_related("by"):
        label = _("The sender writes") if message.is_from_sender else _("A moderator writes")
        yield FormNote(label, message.text, language)
