"""A comparison of cases as data: each value with the sources that speak of it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.comparing import CaseComparison
from cases.comparisons import Cell, Comparison
from exchange import licence
from exchange.columns import BOOLEAN, INTEGER, STRING, Column, plain
from publishing.languages import active_language, localized
from publishing.models import ChainHead
from sources.models import Claim


def _column(name: str, title: Any, help_text: Any = "", kind: str = STRING) -> Column:
    return Column(name, name, title, help_text, kind, plain)


COLUMNS = (
    _column("group", _("group of facts")),
    _column("fact", _("fact")),
    _column("differs", _("differs"), _("Whether the cases have different values."), BOOLEAN),
    _column("case", _("case"), _("The address of the record, as it is read here.")),
    _column("title", _("title")),
    _column("revision", _("revision"), _("The number of what was published last."), INTEGER),
    _column("value", _("value"), _("Several are separated by semicolons. Empty where nothing is recorded.")),
    _column("source", _("source"), _("A row for each source that speaks of the fact of this case.")),
    _column("source_page", _("page of the source")),
    _column("stance", _("stance"), _("How the source relates to the value.")),
    _column("says", _("what it says"), _("The value that the source itself gives, in short.")),
    _column("where", _("where in it")),
    _column("quotation", _("quotation"), _("Word for word, in its own language.")),
)


class ComparedCases:
    """The cases that an address compares, with their facts.

    problem: why there is nothing to compare, in words. not_understood: names and values.
    """

    def __init__(self, request: HttpRequest) -> None:
        page = CaseComparison()
        page.setup(request)
        context = page.get_context_data()
        self.problem: str = context["problem"]
        self.not_understood: list[tuple[str, str]] = context["not_understood"]
        self.is_differing_only: bool = context["differing_only"]
        self.cases = page.cases
        self.address = f"{settings.SITE_URL}{context.get('canonical', '')}"
        self.asked_at = timezone.now()

    @property
    def about(self) -> dict[str, Any]:
        """What the file says about itself."""
        return {
            "title": gettext("Comparing ceasefire cases"),
            "cases": [_named(case) for case in self.cases],
            "page": self.address,
            "language": active_language(),
            "asked_at": self.asked_at.isoformat(timespec="seconds"),
            "head_of_the_chain": ChainHead.objects.get(pk=1).digest,
            "licence": licence.NAME,
            "licence_address": licence.URL,
            "not_covered": gettext(licence.EXCEPT),
        }

    @property
    def file_name(self) -> str:
        """What a saved file is called."""
        return f"sulh-comparison-{self.asked_at:%Y-%m-%d}-{active_language()}"

    def rows(self) -> Iterator[list[Any]]:
        """A row for each value and source, in the order of COLUMNS; one for a value without sources."""
        for group in Comparison(self.cases).groups(differing_only=self.is_differing_only):
            for line in group.lines:
                for cell in line.cells:
                    before = [str(group.heading), str(line.label), line.differs, *_of_case(cell)]
                    claims: list[Claim | None] = [*cell.claims] or [None]
                    for claim in claims:
                        yield [*before, *_of_claim(claim)]


def _of_case(cell: Cell) -> list[Any]:
    return [_record(cell.case), str(cell.case), cell.case.revision, "; ".join(cell.lines) or None]


def _of_claim(claim: Claim | None) -> list[Any]:
    if claim is None or claim.source is None:
        return [None] * 6
    return [
        str(claim.source),
        f"{settings.SITE_URL}{claim.source.get_absolute_url()}",
        str(claim.stance_label),
        localized(claim, "value").text or None,
        claim.locator or None,
        claim.quotation or None,
    ]


def _record(case: Any) -> str:
    return f"{settings.SITE_URL}{case.get_record_url()}?as_of={case.revision}"


def _named(case: Any) -> str:
    return f"{case} ({_record(case)})"
