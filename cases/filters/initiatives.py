"""Filters of the list of initiatives."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.filters.described import DescribedFilter
from cases.filters.facets import Facet, Group
from cases.indexes import INITIATIVE_INDEX, InitiativeIndex
from cases.models import Initiative


class InitiativeFilter(DescribedFilter):
    """Initiatives by theme, country, donor, partner in any role, and membership of the donors."""

    MODEL = Initiative
    SEARCH_LABEL = _("Words in names of initiatives")
    CLAUSES = {
        "theme": (_("on the theme: %(values)s"), _("not on the theme: %(values)s")),
        "country": (_("for: %(values)s"), _("not for: %(values)s")),
        "donor": (_("with money from: %(values)s"), _("without money from: %(values)s")),
        "partner": (_("with the partner: %(values)s"), _("without the partner: %(values)s")),
        "donors_in": (
            _("with a donor that was then a member of: %(values)s"),
            _("with no donor that was then a member of: %(values)s"),
        ),
    }
    WITHOUT = {
        "country": _("with no country recorded"),
        "donor": _("with no donor recorded"),
        "partner": _("with no partner recorded"),
        "donors_in": _("with no donor whose membership is recorded"),
    }
    index: InitiativeIndex

    def gathered(self) -> InitiativeIndex:
        """The index of all initiatives."""
        return INITIATIVE_INDEX.recall()

    def made_groups(self) -> list[Group]:
        """Its questions, in the order of the form."""
        of = self.index.postings
        nobody = pgettext_lazy("a value of a filter", "Nobody recorded")
        return [
            Group([facet])
            for facet in (
                Facet("theme", _("Theme"), lambda: of["theme"], kind="theme", has_none=False),
                Facet("donor", _("Donor"), lambda: of["donor"], kind="actor", none_label=nobody),
                Facet("country", _("For the country"), lambda: of["country"], kind="place"),
                Facet(
                    "partner", _("Partner"), lambda: self.index.in_roles(()), kind="actor", none_label=nobody
                ),
                Facet("donors_in", _("A donor is a member of"), lambda: of["donors_in"], kind="actor"),
            )
        ]
