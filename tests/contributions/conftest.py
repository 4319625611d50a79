"""What tests of the public door share: a case to change, and a sender who fills the form."""

from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client

from cases.models import Case
from contributions.models import Contribution
from publishing.models import Entry, Proposal
from publishing.proposals import changes_of
from tests.factories import publish_actor, publish_case, publish_place, publish_source, publish_theme
from tests.kept import kept
from tests.rendering import without_html

# A change of one fact.
CHANGE = {"f:declared_on": "2020-10-24"}
SAYS_WHY = {"source_reference": "https://peacemaker.un.org/libya", "reason": "The text gives another day."}


def limited(settings: Any, **limits: int) -> None:
    """Set these limits of the door, whatever the others are."""
    settings.DOOR = {**settings.DOOR, **limits}


@pytest.fixture(autouse=True)
def _people_are_quick_in_tests(settings: Any) -> None:
    settings.DOOR = {**ours.DOOR, "min_seconds": 0}


@pytest.fixture(autouse=True)
def _news_are_told_at_once(settings: Any) -> None:
    settings.UNDO_MINUTES = 0


@kept
def case() -> Case:
    """A case with a row of each common kind."""
    provision = "0b6f4f4e-5a0a-4d6c-9c5c-0d8a4f5a2f11"
    return publish_case(
        slug="libya-2020",
        title_en="Libya 2020",
        finding_en="It was signed in Geneva.",
        declared_on="2020-10-23",
        themes=[publish_theme()],
        countries=[publish_place(iso_code="LBY")],
        rows={
            "participation": [{"actor": publish_actor()}],
            "provision": [{"id": provision, "text_en": "All fighters leave."}],
            "assessment": [{"provision": provision}],
            "claim": [{"source": publish_source(), "about": "finding"}],
        },
    )


class Sender:
    """Somebody without an account, with the form of one place open."""

    def __init__(self, client: Client, language: str = "en") -> None:
        self.client, self.language = client, language

    def address(self, of: Entry | str, at: str = "") -> str:
        """Of a place of an entry, or of the form for a new one of the kind."""
        base = f"/{self.language}/propose/"
        named = f"{of}/" if isinstance(of, str) else f"{of.kind}/{of.slug}/"
        return base + named + (f"{at}/" if at else "")

    def filled(self, of: Entry | str, at: str = "", **changes: Any) -> dict[str, Any]:
        """What a browser would send of the form after the changes; None takes a box away."""
        # What the boxes hold is known before the page is made of them.
        with without_html():
            page = self.client.get(self.address(of, at))
        assert page.status_code == 200
        said = {**as_shown(page.context_data["form"]), **SAYS_WHY, **changes}
        return {name: value for name, value in said.items() if value is not None}

    def send(self, of: Entry | str, at: str = "", **changes: Any) -> Any:
        """The answer to the form."""
        return self.client.post(self.address(of, at), self.filled(of, at, **changes))


def as_shown(form: Any) -> dict[str, Any]:
    """The boxes of a form as a browser sends them untouched."""
    shown = {}
    for box in form:
        value = box.value()
        if box.field.widget.input_type == "checkbox" if hasattr(box.field.widget, "input_type") else False:
            if isinstance(value, list):
                shown[box.name] = [str(one) for one in value]
            elif value:
                shown[box.name] = "on"
        elif value is not None:
            shown[box.name] = str(value)
    return shown


@pytest.fixture
def sender(client: Client) -> Sender:
    return Sender(client)


def the_only_one() -> Contribution:
    """What was sent."""
    return Contribution.objects.select_related("proposal").get()


def changed() -> list[tuple[str, Any]]:
    """What the only contribution would change."""
    return [(str(one.path), one.new) for one in changes_of(the_only_one().proposal)]


def override(proposal: Proposal) -> Proposal:
    """A case as small as in tests lacks sources."""
    proposal.override_reason = "A test wants it."
    proposal.save()
    return proposal
