"""Checks of a contribution for the moderator who decides it; none of them uses the network."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contributions.abuse import blocklists
from contributions.models import Contribution, SentLinkCheck
from contributions.review.touched_fields import protected_paths
from publishing import comparison, snapshots
from publishing.fields.deceptive_text import mixed_script_words
from publishing.fields.invisible import invisible_in
from publishing.languages import join_list
from publishing.models import Proposal
from publishing.models.entry import children_of, kinds
from publishing.policy import dates_in_order
from publishing.proposals import MergeStatus, changes_of
from publishing.rules import why_not_thaw
from publishing.snapshots import ABSENT, Change, Path
from sources.models import LinkCheck
from sources.vocabulary import LinkResult


@dataclass(frozen=True)
class Finding:
    """A problem to look at; `address` leads to its subject."""

    code: str
    message: str
    address: str = ""


@dataclass(frozen=True)
class ReviewedContribution:
    """A contribution with all that the checks need, read once."""

    contribution: Contribution
    changes: list[Change]
    merge_status: MergeStatus
    describer: comparison.Describer
    # Whether two moderators have to decide it together.
    needs_two_moderators: bool

    @property
    def proposal(self) -> Proposal:
        """The proposal of the contribution."""
        return self.contribution.proposal

    def names(self, paths: Any) -> str:
        """The labels of the facts, each once, as one text."""
        return join_list(dict.fromkeys(self.describer.label(path) for path in paths))

    @property
    def texts(self) -> dict[str, str]:
        """All texts that the sender wrote, by label."""
        contribution, by_label = self.contribution, {}
        for name in ("source_reference", "source_page", "source_quotation", "why_no_source", "name"):
            column: Any = contribution._meta.get_field(name)
            by_label[str(column.verbose_name)] = getattr(contribution, name)
        by_label[_("reason")] = self.proposal.note
        for change in self.changes:
            for text in _texts(change.new):
                label = self.describer.label(change.path)
                by_label[label] = f"{by_label.get(label, '')} {text}".strip()
        return {label: text for label, text in by_label.items() if text}


def findings(reviewed: ReviewedContribution) -> list[Finding]:
    """The findings of all checks, the most important first."""
    checks = (_stale, _duplicates, _protected, _vocabulary, _dates, _hidden, _mixed, _blocked, _dead)
    return [one for check in checks for one in check(reviewed)]


def _stale(reviewed: ReviewedContribution) -> Iterator[Finding]:
    merge_status = reviewed.merge_status
    if merge_status.newest is None:
        return
    address = merge_status.newest.get_admin_url()
    if merge_status.is_already_applied:
        message = _(
            "The record already says all of this. Accept or decline: it is closed as overtaken, "
            "not as declined."
        )
        yield Finding("overtaken", message, address)
        return
    message = _("The record has changed since: revision %(number)d is public now.")
    yield Finding("stale", message % {"number": merge_status.newest.number}, address)
    if merge_status.already:
        message = _("Already in the record: %(facts)s.") % {"facts": reviewed.names(merge_status.already)}
        yield Finding("already", message, address)
    if merge_status.conflicts:
        message = _(
            "Changed differently in the meantime: %(facts)s. When you accept, you will be asked "
            "which to keep."
        )
        yield Finding("conflict", message % {"facts": reviewed.names(merge_status.conflicts)}, address)


def _duplicates(reviewed: ReviewedContribution) -> Iterator[Finding]:
    if reviewed.proposal.base is None:
        return
    others = Proposal.objects.undecided().filter(
        base__entry_id=reviewed.proposal.base.entry_id, meant_for=None
    )
    own_paths = {change.path for change in reviewed.changes}
    for other in others.exclude(pk=reviewed.proposal.pk).select_related("base").order_by("created_at")[:20]:
        if same := [change.path for change in changes_of(other) if change.path in own_paths]:
            message = _("Another open proposal changes the same: %(facts)s.") % {
                "facts": reviewed.names(same)
            }
            yield Finding("duplicate", message, reverse("admin:publishing_proposal_change", args=[other.pk]))


def _protected(reviewed: ReviewedContribution) -> Iterator[Finding]:
    if paths := protected_paths(reviewed.proposal.kind, reviewed.changes):
        message = _("Protected: %(facts)s.") % {"facts": reviewed.names(paths)}
        if reviewed.needs_two_moderators:
            message += " " + _("Two moderators decide it together.")
        yield Finding("protected", message)


def _vocabulary(reviewed: ReviewedContribution) -> Iterator[Finding]:
    if refusal := why_not_thaw(snapshots.conformed(reviewed.proposal.wanted)):
        yield Finding("vocabulary", _("It cannot be stored as it is: %(why)s") % {"why": refusal.message})


def _dates(reviewed: ReviewedContribution) -> Iterator[Finding]:
    wanted, kind = snapshots.conformed(reviewed.proposal.wanted), kinds()[reviewed.proposal.kind]
    rows: dict[Path, tuple[Any, dict[str, Any]]] = {Path(): (kind, wanted["fields"])}
    for name, model in children_of(kind).items():
        rows |= {Path(row_kind=name, key=key): (model, row) for key, row in wanted["rows"][name].items()}
    touched = {change.path.row for change in reviewed.changes}
    for path in touched & rows.keys():
        for first, then in _out_of_order(*rows[path]):
            facts = reviewed.names([path.at(first), path.at(then)])
            yield Finding("dates", _("The dates are out of order: %(facts)s.") % {"facts": facts})


def _out_of_order(model: Any, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The pairs of dates that are in the wrong order; of three dates only neighbours are compared."""
    pairs = [pair for pair in dates_in_order(model) if all(values.get(name) for name in pair)]
    between = {(first, then) for first, middle in pairs for start, then in pairs if start == middle}
    for first, then in pairs:
        if (first, then) not in between and _is_after(str(values[first]), str(values[then])):
            yield first, then


def _is_after(one: str, other: str) -> bool:
    """Whether a partial date is later; compared at the precision of the shorter one."""
    shorter = min(len(one), len(other))
    return one[:shorter] > other[:shorter]


def _hidden(reviewed: ReviewedContribution) -> Iterator[Finding]:
    for label, text in reviewed.texts.items():
        if found := invisible_in(text):
            message = _("Invisible characters in “%(fact)s”: %(characters)s.")
            yield Finding("hidden", message % {"fact": label, "characters": ", ".join(found)})


def _mixed(reviewed: ReviewedContribution) -> Iterator[Finding]:
    for label, text in reviewed.texts.items():
        if words := mixed_script_words(text):
            message = _("Letters of several scripts that look alike in “%(fact)s”: %(words)s.")
            yield Finding("mixed", message % {"fact": label, "words": join_list(dict.fromkeys(words[:5]))})


def _blocked(reviewed: ReviewedContribution) -> Iterator[Finding]:
    for label, refusal in blocklists.find_blocked(reviewed.texts):
        yield Finding(refusal.code, _("“%(fact)s”: %(why)s") % {"fact": label, "why": refusal.message})


def _dead(reviewed: ReviewedContribution) -> Iterator[Finding]:
    url = reviewed.contribution.source_reference
    checks: list[SentLinkCheck | LinkCheck] = [
        *SentLinkCheck.objects.filter(contribution=reviewed.contribution),
        *LinkCheck.objects.filter(url=url).order_by("-checked_at")[:1],
    ]
    newest = max(checks, key=lambda check: check.checked_at, default=None)
    if newest is None:
        return
    if newest.result == LinkResult.NOT_PUBLIC:
        yield Finding("not_public", _("The link to the source is not an address on the public web."))
    if newest.is_dead:
        message = _("The link to the source did not work when it was last checked, on %(day)s.")
        yield Finding("dead", message % {"day": f"{newest.checked_at:%Y-%m-%d}"})


def _texts(value: Any) -> Iterator[str]:
    if value is ABSENT:
        return
    for one in value.values() if isinstance(value, dict) else [value]:
        if isinstance(one, str):
            yield one
