"""The desk shows the names of people and languages, and each panel links to all that it counts."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone, translation

from desk import panels
from publishing.actions import drafting, reviewing
from publishing.languages import language_names
from publishing.models import Entry, Proposal
from publishing.people import display_name
from tests.desk.conftest import signed_in
from tests.factories import an_account, edited, newest, publish_case, publish_pillar, publish_theme
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "Better.", "note_language": "en", "change_class": "correction"}


@pytest.fixture
def leila(db: None) -> Any:
    """An editor with a name."""
    editor = an_account("lb17", is_staff=True, first_name="Leila", last_name="Benali")
    wanted = ["change_theme", "view_theme", "view_proposal"]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    return editor


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(title_en="Justice")


@pytest.fixture
def submitted(leila: Any, theme: Entry) -> Proposal:
    wanted = edited(theme, summary_en="Courts first.", summary_ar="المحاكم أولا.")
    draft = drafting.begin_draft(wanted, by=leila, base=newest(theme), **PROVENANCE)
    return reviewing.submit(draft, by=leila)


def page(by: Any, address: str) -> str:
    return signed_in(by).get(address).content.decode()


def test_people_are_called_by_their_names(submitted: Proposal, leila: Any) -> None:
    reviewing.comment(submitted, by=leila, text="Please look.")
    moderator = an_account()

    for name in ("change", "changelist"):
        args = [submitted.pk] if name == "change" else []
        text = page(moderator, reverse(f"admin:publishing_proposal_{name}", args=args))
        assert "Leila Benali" in text
        assert "lb17" not in text
    assert "Leila Benali" in page(moderator, reverse("admin:index"))


@pytest.mark.parametrize(
    "names, expected",
    [({"first_name": "Leila"}, "Leila"), ({}, "lb17")],
)
def test_whoever_gave_no_name_is_called_as_they_sign_in(names: dict[str, str], expected: str) -> None:
    assert display_name(an_account("lb17", is_staff=True, **names)) == expected
    assert display_name(None) == ""


@pytest.mark.parametrize(
    "language, text", [("en", "English, Arabic"), ("fr", "anglais, arabe"), ("ar", "الإنكليزية، العربية")]
)
def test_languages_are_named_in_the_language_of_the_desk(
    submitted: Proposal, language: str, text: str
) -> None:
    with translation.override(language):
        assert language_names("en,ar") == text
    address = reverse("admin:publishing_proposal_changelist")

    shown = page(an_account(), f"/{language}{address[3:]}")

    assert text in shown


def test_a_public_note_stands_in_the_list_in_its_own_language(submitted: Proposal) -> None:
    Proposal.objects.filter(pk=submitted.pk).update(note="تصويب <التاريخ>.", note_language="ar")

    shown = page(an_account(), reverse("admin:publishing_proposal_changelist"))

    assert 'lang="ar" dir="auto">تصويب &lt;التاريخ&gt;.</span>' in shown


def test_what_came_a_moment_ago_is_not_zero_minutes_old(submitted: Proposal) -> None:
    moderator = an_account()
    address = reverse("admin:publishing_proposal_changelist")

    assert "just now" in page(moderator, address)
    assert "\u2068Leila Benali\u2069, just now" in page(moderator, reverse("admin:index"))
    Proposal.objects.update(submitted_at=timezone.now() - datetime.timedelta(minutes=5))
    assert "just now" not in page(moderator, address)
    assert "\u2068Leila Benali\u2069, 5\xa0minutes ago" in page(moderator, reverse("admin:index"))


def test_every_panel_that_counts_more_than_it_shows_leads_to_the_rest(leila: Any) -> None:
    for number in range(panels.MAX_SHOWN + 2):
        publish_case(title_en=f"Case {number}", rows={"claim": [{"source": None, "about": "finding"}]})
        entry = publish_theme(title_en=f"Theme {number}")
        draft = drafting.begin_draft(
            edited(entry, summary_en="x"), by=leila, base=newest(entry), **PROVENANCE
        )
        reviewing.submit(draft, by=leila)
    publish_pillar(rows={"claim": [{"source": None, "about": "summary"}]})
    moderator = an_account()

    for panel in panels.panels_for(moderator):
        links = [panel.more] if panel.more else [one.address for one in panel.lists]
        assert len(panel.items) == panel.count or links, panel.title
        for link in links:
            assert signed_in(moderator).get(link).status_code == 200, link


def test_facts_without_a_source_lead_to_the_list_of_each_kind() -> None:
    publish_case(rows={"claim": [{"source": None, "about": "finding"}]})
    publish_case()

    (panel,) = (one for one in panels.panels_for(an_account()) if one.title == "Facts without a source")

    (one,) = panel.lists
    assert (one.label, one.detail) == ("Ceasefire cases", "1")
    listed = Document.of(page(an_account(), one.address))
    assert "1 ceasefire case" in listed.text.casefold()


def test_what_is_one_of_very_many_is_not_counted(theme: Entry) -> None:
    home = Document.of(page(an_account(), reverse("admin:index")))

    (heading,) = (one for one in home.all("h3") if one.text.startswith("Latest changes"))
    assert heading.text.strip() == "Latest changes"


# --- the translation desk -------------------------------------------------------------------------


@pytest.mark.parametrize("decides, says", [(True, "Publish"), (False, "Submit for review")])
def test_the_button_of_the_translation_desk_says_what_it_does(
    leila: Any, theme: Entry, decides: bool, says: str
) -> None:
    if decides:
        leila.user_permissions.add(Permission.objects.get(codename="decide_proposal"))

    address = reverse("publishing:translation", args=[theme.pk, "fr"])
    desk = Document.of(page(leila, address))

    assert [one["value"] for one in desk.all("input", class_="default")] == [says]


def test_what_was_submitted_at_the_translation_desk_is_linked(leila: Any, theme: Entry) -> None:
    address = reverse("publishing:translation", args=[theme.pk, "fr"])
    sent = {"based_on": 1, "text:title": "La justice", "note": "Traduit.", "note_language": "fr"}

    answer = signed_in(leila).post(address, sent, follow=True)

    proposal = Proposal.objects.get(author=leila)
    assert (
        f'<a href="{reverse("admin:publishing_proposal_change", args=[proposal.pk])}">'
        in answer.content.decode()
    )
