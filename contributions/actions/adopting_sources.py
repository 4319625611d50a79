"""The source that a sender names becomes a source of the casebook when their proposal is published."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from contributions.form.slugs import with_slug
from contributions.models import Contribution
from contributions.review.sender_source import contribution_of, takes_a_source
from publishing import snapshots
from publishing.actions import publishing
from publishing.models import Proposal
from publishing.proposals import Publication
from publishing.vocabulary import ChangeClass
from sources import references


def adopt_source_of(proposal: Proposal, by: Any) -> bool:
    """Find the source that the sender named, or publish it as a new one (a hook of publishing).

    Returns whether a new one was published.
    """
    wanted = snapshots.conformed(proposal.wanted)
    publication = Publication(proposal, wanted, wanted, None)
    contribution = contribution_of(publication)
    if contribution is None or contribution.source_id is not None or not takes_a_source(publication):
        return False
    source = references.find_source(contribution.source_reference)
    contribution.source_id = source.pk if source is not None else _publish_source(contribution, by)
    contribution.save(update_fields=["source"])
    return source is None


def _publish_source(contribution: Contribution, by: Any) -> Any:
    language = contribution.language
    with override(language):
        note = _("Named as the source of a proposal.")
    snapshot = with_slug(references.new_source(contribution.source_reference, language=language))
    revision = publishing.publish_at_once(
        snapshot, by=by, base=None, note=note, note_language=language, change_class=ChangeClass.ADDITION
    )
    return revision.entry_id
