"""Claims that were made of a fact before it changed: they support nothing until somebody has checked them."""

from typing import Any

from django.utils.translation import override

from publishing import comparison
from publishing.comparison.columns import name_of
from publishing.fields.policy import field_policy
from publishing.languages import (
    PAGE_LANGUAGES,
    column_in,
    join_list,
    main_language,
    stem_and_language,
)
from publishing.models.entry import children_of, kinds
from publishing.publication import Publication
from publishing.snapshots import ABSENT, Change, Snapshot, diff
from publishing.vocabulary import ChangeClass, Origin
from sources.vocabulary import Stance

# Columns of an earlier value that are written into a claim; of more, only that they changed is said.
MAX_CHANGES = 3
MAX_VALUE = 500

FactChanges = dict[str, list[Change]]


def mark_earlier(publication: Publication) -> Snapshot:
    """The content, in which claims of earlier values are marked so (a hook of publishing).

    A claim is of the value that stood beside it when it was written: of that of the proposal where the
    proposal adds or changes the claim, else of that which is public. It keeps its stance where nothing of the
    fact has changed since, or whoever changed the fact says that its sources support the new value.
    """
    claims = publication.content["rows"].get("claim", {})
    if not any(claim["stance"] == Stance.SUPPORTS for claim in claims.values()):
        return publication.content
    since_public = _facts_changed_since(publication.public, publication)
    since_full = _facts_changed_since(publication.full, publication)
    marked = {key: dict(claim) for key, claim in claims.items()}
    for key, claim in marked.items():
        is_own = _is_own(key, publication)
        since, before = (since_full, publication.full) if is_own else (since_public, publication.public)
        confirmed = publication.proposal.sources_confirmed and not is_own
        if claim["stance"] == Stance.SUPPORTS and claim["about"] in since and before and not confirmed:
            claim["stance"] = Stance.EARLIER.value
            _write_value(claim, since[claim["about"]], before)
    return {**publication.content, "rows": {**publication.content["rows"], "claim": marked}}


def facts_changed(before: Snapshot, after: Snapshot, *, of: str, is_public: bool) -> FactChanges:
    """The changes of facts that claims may speak of, by the fact, as a claim names it.

    of: the class of the change; mending a typing error changes no fact that is a text. A text in another
    language than the entry's is a translation, and no fact of its own, except where the public changes it.
    Rows that come or go are left out: a new row has only claims of its own.
    """
    kind = kinds()[after["kind"]]
    rows = children_of(kind)
    own = main_language({one: after["fields"].get(column_in(one, "title")) for one in PAGE_LANGUAGES})
    found: FactChanges = {}
    for change in diff(before, after):
        path = change.path
        if (
            change.old is ABSENT
            or change.new is ABSENT
            or (path.row_kind and not rows[path.row_kind].IS_FACT)
        ):
            continue
        name, language = stem_and_language(path.column)
        model = rows[path.row_kind] if path.row_kind else kind
        if (name if language else path.column) not in field_policy(model).facts:
            continue
        is_text = isinstance(change.old, str) and bool(language)
        if is_text and (of == ChangeClass.TYPO or not change.old or (language != own and not is_public)):
            continue
        about = str(path.row) if path.row_kind else (name if language else path.column)
        found.setdefault(about, []).append(change)
    return found


def _facts_changed_since(before: Snapshot | None, publication: Publication) -> FactChanges:
    if before is None or before == publication.content:
        return {}
    proposal = publication.proposal
    is_public = proposal.origin == Origin.PUBLIC
    return facts_changed(before, publication.content, of=proposal.change_class, is_public=is_public)


def _is_own(key: str, publication: Publication) -> bool:
    """Whether the proposal adds or changes the claim."""
    claim = publication.full["rows"].get("claim", {}).get(key)
    start = publication.start["rows"].get("claim", {}).get(key) if publication.start else None
    return claim is not None and claim != start


def _write_value(claim: dict[str, Any], changes: list[Change], before: Snapshot) -> None:
    """Say in the claim what the earlier value was, in every language of the pages, if that is short."""
    columns = [column_in(language, "value") for language in PAGE_LANGUAGES]
    is_long = len(changes) > MAX_CHANGES or any(
        change.path.member or stem_and_language(change.path.column)[1] for change in changes
    )
    if is_long or any(claim[column] for column in columns):
        return
    describer = comparison.Describer(before["kind"], before)
    for language, column in zip(PAGE_LANGUAGES, columns, strict=True):
        with override(language):
            claim[column] = _described(changes, describer)[:MAX_VALUE]


def _described(changes: list[Change], describer: comparison.Describer) -> str:
    """The old values; those of a row with the names of their columns."""
    values = {change.path: describer.value(change.path, change.old) for change in changes}
    if not changes[0].path.row_kind:
        return join_list(value for value in values.values() if value)
    return join_list(
        f"{name_of(describer.compared.column(path))}: {value}" for path, value in values.items() if value
    )
