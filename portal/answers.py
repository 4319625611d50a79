"""The pages of cited answers of the log of changes."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from cases.answers import AnswerOfList
from portal.past_answers import PastAnswerOfChanges
from publishing.citing import Work, work_of_list
from publishing.models.entry import kinds
from publishing.past import Point, point_at


class AnswerOfChanges(AnswerOfList):
    """What the log of changes held after a publication, and how that has changed since."""

    template_name = "portal/answer.html"
    answered: type[Any] = PastAnswerOfChanges

    @cached_property
    def point(self) -> Point:
        """The state that the address names, of entries of all kinds. Raises Http404."""
        found = point_at(self.kwargs["number"], [*kinds()])
        if found is None:
            raise Http404
        return found

    def work(self) -> Work:
        """The answer as others cite it."""
        page, title = self.answered.VIEWS[""]
        asked = ((label, value) for label, value, _without in self.answer.then.active_filters)
        query = self.answer.query_of_today()
        return work_of_list(str(title), reverse(page), query, asked, kept=self.answer.kept())

    def not_understood(self) -> list[tuple[str, str]]:
        """What the log does not understand, and names that several entries have."""
        then = self.answer.then
        names = {text for _label, text, _ways in then.ambiguous}
        several = [(name, str(value)) for name, value in self.request.GET.items() if value in names]
        return [*super().not_understood(), *several]
