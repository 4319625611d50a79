"""What a moderator is told of a contribution before deciding it; nothing here asks another machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contributions.abuse import blocklists
from contributions.abuse.deceptive_text import mixed_script_words
from contributions.models import Contribution, SentLinkCheck
from contributions.review.touched_fields import protected
from publishing import comparison, snapshots
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
    """Something to look at; `address` leads to what it speaks of."""

    code: str
    message: str
    address: str = ""


@dataclass(frozen=True)
class ReviewedContribution:
    """What the checks look at, read once."""

    contribution: Contribution
    changes: list[Change]
    standing: MergeStatus
    describer: comparison.Describer
    # Two moderators decide it together.
    is_for_two: bool

    @property
    def proposal(self) -> Proposal:
        """What the sender would change."""
        return self.contribution.proposal

    def names(self, paths: Any) -> str:
        """The facts in words, each once."""
        return join_list(dict.fromkeys(self.describer.label(path) for path in paths))

    @property
    def texts(self) -> dict[str, str]:
        """Every text that the sender wrote, by what it is called."""
        own, said = self.contribution, {}
        for name in ("source_reference", "source_page", "source_quotation", "why_no_source", "name"):
            column: Any = own._meta.get_field(name)
            said[str(column.verbose_name)] = getattr(own, name)
        said[_("reason")] = self.proposal.note
        for change in self.changes:
            for text in _texts(change.new):
                label = self.describer.label(change.path)
                said[label] = f"{said.get(label, '')} {text}".strip()
        return {label: text for label, text in said.items() if text}


def findings(of: ReviewedContribution) -> list[Finding]:
    """All that the checks have to say, the weightiest first."""
    checks = (_stale, _duplicates, _protected, _vocabulary, _dates, _hidden, _mixed, _blocked, _dead)
    return [one for check in checks for one in check(of)]


def _stale(of: ReviewedContribution) -> Iterator[Finding]:
    standing = of.standing
    if standing.newest is None:
        return
    address = standing.newest.get_admin_url()
    if standing.is_already_applied:
        message = _(
            "The record already says all of this. Accept or decline: it is closed as overtaken, "
            "not as declined."
        )
        yield Finding("overtaken", message, address)
        return
    message = _("The record has changed since: revision %(number)d is public now.")
    yield Finding("stale", message % {"number": standing.newest.number}, address)
    if standing.already:
        message = _("Already in the record: %(facts)s.") % {"facts": of.names(standing.already)}
        yield Finding("already", message, address)
    if standing.conflicts:
        message = _(
            "Changed differently in the meantime: %(facts)s. When you accept, you will be asked "
            "which to keep."
        )
        yield Finding("conflict", message % {"facts": of.names(standing.conflicts)}, address)


def _duplicates(of: ReviewedContribution) -> Iterator[Finding]:
    if of.proposal.base is None:
        return
    others = Proposal.objects.undecided().filter(base__entry_id=of.proposal.base.entry_id, meant_for=None)
    mine = {change.path for change in of.changes}
    for other in others.exclude(pk=of.proposal.pk).select_related("base").order_by("created_at")[:20]:
        if same := [change.path for change in changes_of(other) if change.path in mine]:
            message = _("Another open proposal changes the same: %(facts)s.") % {"facts": of.names(same)}
            yield Finding("duplicate", message, reverse("admin:publishing_proposal_change", args=[other.pk]))


def _protected(of: ReviewedContribution) -> Iterator[Finding]:
    if paths := protected(of.proposal.kind, of.changes):
        message = _("Protected: %(facts)s.") % {"facts": of.names(paths)}
        if of.is_for_two:
            message += " " + _("Two moderators decide it together.")
        yield Finding("protected", message)


def _vocabulary(of: ReviewedContribution) -> Iterator[Finding]:
    if refusal := why_not_thaw(snapshots.conformed(of.proposal.wanted)):
        yield Finding("vocabulary", _("It cannot be stored as it is: %(why)s") % {"why": refusal.message})


def _dates(of: ReviewedContribution) -> Iterator[Finding]:
    wanted, kind = snapshots.conformed(of.proposal.wanted), kinds()[of.proposal.kind]
    rows: dict[Path, tuple[Any, dict[str, Any]]] = {Path(): (kind, wanted["fields"])}
    for name, model in children_of(kind).items():
        rows |= {Path(row_kind=name, key=key): (model, row) for key, row in wanted["rows"][name].items()}
    touched = {change.path.row for change in of.changes}
    for path in touched & rows.keys():
        for first, then in _out_of_order(*rows[path]):
            facts = of.names([path.at(first), path.at(then)])
            yield Finding("dates", _("The dates are out of order: %(facts)s.") % {"facts": facts})


def _out_of_order(model: Any, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The pairs of dates that are; of three dates in a row each only with the one beside it."""
    pairs = [pair for pair in dates_in_order(model) if all(values.get(name) for name in pair)]
    between = {(first, then) for first, middle in pairs for start, then in pairs if start == middle}
    for first, then in pairs:
        if (first, then) not in between and _is_after(str(values[first]), str(values[then])):
            yield first, then


def _is_after(one: str, other: str) -> bool:
    """Later also where one of the two says no day, or no month."""
    shorter = min(len(one), len(other))
    return one[:shorter] > other[:shorter]


def _hidden(of: ReviewedContribution) -> Iterator[Finding]:
    for label, text in of.texts.items():
        if found := invisible_in(text):
            message = _("Invisible characters in “%(fact)s”: %(characters)s.")
            yield Finding("hidden", message % {"fact": label, "characters": ", ".join(found)})


def _mixed(of: ReviewedContribution) -> Iterator[Finding]:
    for label, text in of.texts.items():
        if words := mixed_script_words(text):
            message = _("Letters of several scripts that look alike in “%(fact)s”: %(words)s.")
            yield Finding("mixed", message % {"fact": label, "words": join_list(dict.fromkeys(words[:5]))})


def _blocked(of: ReviewedContribution) -> Iterator[Finding]:
    for label, refusal in blocklists.blocked(of.texts):
        yield Finding(refusal.code, _("“%(fact)s”: %(why)s") % {"fact": label, "why": refusal.message})


def _dead(of: ReviewedContribution) -> Iterator[Finding]:
    url = of.contribution.source_reference
    looks: list[SentLinkCheck | LinkCheck] = [
        *SentLinkCheck.objects.filter(contribution=of.contribution),
        *LinkCheck.objects.filter(url=url).order_by("-checked_at")[:1],
    ]
    newest = max(looks, key=lambda look: look.checked_at, default=None)
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
