"""A brief: facts and promises of a few cases, each line with the sources that say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.durations import Duration, duration_of
from cases.models import Case, Participation, Provision
from publishing.fields.partial_dates import PartialDate
from publishing.languages import LocalizedText, active_language, join_list, localized
from sources import facts, locators
from sources.models import Claim, Source

# So many cases, and of each so many promises, fit on a few pages.
MOST_CASES = 12
MOST_PROMISES = 60
DATES = ("declared_on", "in_force_on", "ended_on")


@dataclass(frozen=True)
class Citation:
    """One source of a line, with its date, and where in it.

    kind: the code of its stance; stance: in words, "" where it says the same; statement: what it says, else.
    """

    kind: str
    stance: str
    statement: LocalizedText | None
    title: LocalizedText
    publisher: str
    dated: str
    address: str


@dataclass(frozen=True)
class Line:
    """A statement of the casebook, and who says so. address: of a promise, on the page of its case."""

    label: str
    text: LocalizedText
    citations: list[Citation]
    address: str = ""


@dataclass(frozen=True)
class Offered:
    """A promise that a brief of its case can hold, and whether this one does."""

    promise: Provision
    is_chosen: bool


@dataclass(frozen=True)
class CaseBrief:
    """What the brief says of a case. address: of this revision, for ever. offered: its promises."""

    case: Case
    address: str
    title: LocalizedText
    finding: Line
    lines: list[Line]
    promises: list[Line]
    offered: list[Offered]


def brief_of(cases: Sequence[Case], chosen: set[UUID]) -> list[CaseBrief]:
    """The brief of these cases, with those of their promises that are chosen; in three queries."""
    keys = [case.pk for case in cases]
    by_case: dict[UUID, list[Claim]] = {key: [] for key in keys}
    for claim in Claim.objects.filter(entry__in=keys).with_sources().order_by("position", "pk"):
        by_case[claim.entry_id].append(claim)
    parts: dict[UUID, list[Participation]] = {key: [] for key in keys}
    taking_part = Participation.objects.filter(case__in=keys).select_related("actor")
    for part in taking_part.order_by("position", "pk"):
        parts[part.case_id].append(part)
    offered: dict[UUID, list[Offered]] = {key: [] for key in keys}
    for provision in Provision.objects.filter(case__in=keys).order_by("position", "pk"):
        offered[provision.case_id].append(Offered(provision, provision.pk in chosen))
    return [
        _of_case(case, parts[case.pk], offered[case.pk][:MOST_PROMISES], by_case[case.pk]) for case in cases
    ]


def _of_case(
    case: Case, parts: list[Participation], offered: list[Offered], claims: list[Claim]
) -> CaseBrief:
    facts.mark_outdated(case, claims, {})
    claims_by_fact = facts.by_fact(claims)
    address = f"{settings.SITE_URL}{case.get_record_url()}?as_of={case.revision}"
    lines = [
        _line(_("What became of it"), _outcome(case), claims_by_fact.get("outcome", [])),
        _line(
            facts.label(Case, "ceasefire_class"),
            case.get_ceasefire_class_display(),
            claims_by_fact.get("ceasefire_class", []),
        ),
        *(
            _line(facts.label(Case, name), date.in_words(), claims_by_fact.get(name, []))
            for name in DATES
            if (date := getattr(case, name))
        ),
    ]
    duration = duration_of(case)
    if isinstance(duration, Duration):
        lines.append(
            _line(_("Kept for"), _("%(duration)s, by these dates") % {"duration": duration.in_words()}, [])
        )
    lines += [
        Line(
            str(part.get_role_display()),
            localized(part.actor, "title"),
            _citations(claims_by_fact.get(facts.about_row("participation", part), [])),
        )
        for part in parts
    ]
    promises = [
        Line(
            _topic(one),
            localized(one, "text"),
            _citations(claims_by_fact.get(facts.about_row("provision", one), [])),
            f"{address}#provision-{one.pk}",
        )
        for one in (each.promise for each in offered if each.is_chosen)
    ]
    finding = Line("", localized(case, "finding"), _citations(claims_by_fact.get("finding", [])))
    return CaseBrief(case, address, localized(case, "title"), finding, lines, promises, offered)


def _topic(provision: Provision) -> str:
    topic = str(provision.get_topic_display())
    return f"{topic} ({locators.localized(provision.locator)})" if provision.locator else topic


def _outcome(case: Case) -> str:
    outcome = str(case.get_outcome_display())
    if not case.outcome_as_of:
        return outcome
    return f"{outcome} ({_('as of %(day)s') % {'day': case.outcome_as_of.in_words()}})"


def _line(label: str, text: str, claims: list[Claim]) -> Line:
    return Line(capfirst(label), LocalizedText(text, active_language(), False), _citations(claims))


def _citations(claims: list[Claim]) -> list[Citation]:
    """Those of the claims that have a source."""
    return [_citation(claim, claim.source) for claim in claims if claim.source]


def _citation(claim: Claim, source: Source) -> Citation:
    publisher = localized(source, "publisher_name").text or source.publisher
    date: PartialDate | None = source.published_on
    where = locators.localized(claim.locator) if claim.locator else ""
    dated = [date.in_words() if date else _("date unknown"), where]
    says_otherwise = not claim.says_the_same
    return Citation(
        str(claim.stance),
        claim.stance_label if says_otherwise else "",
        localized(claim, "value") if says_otherwise else None,
        localized(source, "title"),
        publisher,
        join_list(one for one in dated if one),
        source.url or f"{settings.SITE_URL}{source.get_absolute_url()}",
    )
