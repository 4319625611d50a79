"""The source that a sender names: with their proposal it becomes a source of the casebook, with claims."""

import copy
import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from contributions.form.slugs import with_slug
from contributions.models import Contribution, Improvement
from publishing import snapshots
from publishing.actions import publishing
from publishing.fields.columns import stem
from publishing.models import Entry, Proposal, Revision
from publishing.models.entry import children_of, kinds
from publishing.proposals import Publication
from publishing.remembered import not_noted
from publishing.snapshots import ABSENT, Path, Snapshot, changes_since
from publishing.vocabulary import ChangeClass, Origin
from sources import facts, references
from sources.models import Source
from sources.rules import key_facts
from sources.vocabulary import Stance

# Stands for a source that is added with the proposal, where its content is only looked at before.
NEW_SOURCE = str(uuid.UUID(int=0))


def contribution_of(publication: Publication) -> Contribution | None:
    """The contribution whose source comes along; None where there is none, or no source was named."""
    if publication.proposal.origin != Origin.PUBLIC:
        return None
    contribution = Contribution.objects.filter(proposal=publication.proposal).first()
    return contribution if contribution is not None and contribution.source_reference else None


def adopt_source_of(proposal: Proposal, by: Any) -> bool:
    """Find the source that the sender named, or publish it as a new one (a hook of publishing).

    Returns whether a new one was published.
    """
    if proposal.origin != Origin.PUBLIC:
        return False
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


def with_sender_source(publication: Publication) -> Snapshot:
    """The content, with a claim of the sender's source for each changed fact (a hook of publishing)."""
    contribution = contribution_of(publication)
    if contribution is None:
        return publication.content
    source = str(contribution.source_id or NEW_SOURCE)
    # What it said of an earlier value it has not said of this one.
    known = {
        (claim["about"], str(claim["source"]))
        for claim in publication.content["rows"].get("claim", {}).values()
        if claim["stance"] != Stance.EARLIER
    }
    content = copy.deepcopy(publication.content)
    for key in claims_that_name_none(publication):
        claim = content["rows"]["claim"][key]
        references.name_source(
            claim,
            source,
            locator=contribution.source_page,
            quotation=contribution.source_quotation,
            language=contribution.quotation_language,
        )
        known.add((claim["about"], source))
    for about in changed_facts(publication):
        if (about, source) not in known:
            content["rows"]["claim"][str(uuid.uuid4())] = references.supporting_claim(
                about,
                source,
                beside=content["rows"]["claim"],
                locator=contribution.source_page,
                quotation=contribution.source_quotation,
                language=contribution.quotation_language,
            )
    return content


def sources_of_revisions(revisions: Iterable[Revision]) -> dict[Any, Entry]:
    """The sources that senders named, by the key of the revision (a hook of publishing)."""
    found = Contribution.objects.filter(proposal__revision__in=list(revisions), source__isnull=False)
    # Which source came with a revision is settled when it is published: only the sources may change.
    with not_noted():
        pairs = [*found.order_by("pk").values_list("proposal__revision", "source")]
    sources = {one.pk: one for one in Source.objects.filter(pk__in={source for _revision, source in pairs})}
    return {revision: sources[source] for revision, source in pairs if source in sources}


def takes_a_source(publication: Publication) -> bool:
    """Whether the proposal has anything that the source of its sender could bear out."""
    return bool(changed_facts(publication) or claims_that_name_none(publication))


def changed_facts(publication: Publication) -> list[str]:
    """The facts that the accepted part of the proposal changes, as claims name them; no typing errors."""
    if publication.proposal.change_class == ChangeClass.TYPO:
        return []
    kind = kinds()[publication.content["kind"]]
    rows, columns = children_of(kind), facts.attributes(kind)
    # The date of a judgement is a part of it.
    judgements = {column: name for name, column in kind.AS_OF.items()}
    # Of a new entry also what has its usual value, which is no difference.
    found = dict.fromkeys(key_facts(publication.wanted) if publication.start is None else ())
    for change in changes_since(publication.start, publication.wanted):
        path = change.path
        if change.new is ABSENT or change.new in ("", None, False):
            continue
        if path.row_kind and rows[path.row_kind].IS_FACT:
            found[str(path.row)] = None
        elif not path.row_kind:
            name = stem(kind._meta.get_field(path.column))  # type: ignore[arg-type]
            if name in columns:
                found[judgements.get(name, name)] = None
    return [about for about in found if _is_there(about, publication)]


def claims_that_name_none(publication: Publication) -> list[str]:
    """The keys of the claims that the sender adds without a source: the one that is named is meant."""
    before = publication.start["rows"].get("claim", {}) if publication.start else {}
    claims = publication.content["rows"].get("claim", {})
    found = [key for key, claim in claims.items() if key not in before and not claim["source"]]
    return [key for key in found if key in _sent_claims(publication)] if found else []


def _sent_claims(publication: Publication) -> dict[str, Any]:
    """The claims as they were sent: what a moderator adds who improves the proposal is not the sender's."""
    improvement = Improvement.objects.filter(contribution__proposal=publication.proposal).first()
    sent: Snapshot = improvement.snapshot if improvement else publication.full
    return sent["rows"].get("claim", {})


def _is_there(about: str, publication: Publication) -> bool:
    """Whether the content still says it: a row may have been deleted since."""
    path = Path.parse(about, publication.content["rows"])
    return not path.row_kind or path.key in publication.content["rows"][path.row_kind]
