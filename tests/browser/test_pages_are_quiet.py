"""Every kind of page, in three languages and at two widths: no complaint, no call elsewhere, no sideways scroll."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import TimeoutError

from portal.starter.reading import key_of
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Proposal
from publishing.models.entry import kinds
from tests.browser.conftest import MAX_MILLISECONDS, account
from tests.browser.public_pages import LANGUAGES, Seen
from tests.browser.watching import Watched, settled
from tests.desk.sheets import add_page, change_page, list_page
from tests.factories import edited, newest, proposal_of, publish_change, publish_image

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_is_quiet_and_fits(public_pages: Callable[[str], Seen], language: str) -> None:
    assert public_pages(language).faults == []


@pytest.fixture
def conflict(site: str) -> Proposal:
    """A draft that collides with what is public in a field, and changes more; beside it a picture."""
    publish_image()
    case = kinds()["case"].objects.get(pk=key_of("case", "aceh-2005"))
    by, base = account("administrator"), newest(case)
    mine = edited(
        case, finding_en="Mine", place_name_en="My place", rows={"event": [{"title_en": "My event"}]}
    )
    publish_change(
        case, by=by, finding_en=f"Theirs, after revision {base.number}", outcome_reason_fr="Le leur"
    )
    return proposal_of(mine, by=by, base=base)


def pages_of_the_desk(conflict: Proposal, language: str) -> list[str]:
    """Of each kind one; the forms to add are the same in each language but for their direction."""
    site_wide = ["publishing_entry", "publishing_revision", "publishing_proposal", "admin_logentry"]
    case = Entry.objects.get(pk=key_of("case", "lebanon-2008"))
    opened = change_page(case)
    examples = [
        Entry.objects.filter(kind=kind).order_by("slug").first() for kind in kinds() if kind != "case"
    ]
    addresses = [
        reverse("admin:index"), reverse("admin:app_list", args=["cases"]), reverse("admin:password_change"),
        *(reverse(f"admin:{name}_changelist") for name in site_wide), *map(list_page, kinds()),
        f"{list_page('case')}?sourcing=unsourced_claims&outcome__exact=holding", opened, *map(change_page, examples),
        opened.replace("change", "history"), opened.replace("change", "delete"),
        newest(conflict.entry).get_admin_url(), reverse("admin:publishing_proposal_change", args=[conflict.pk]),
        reverse("admin:publishing_proposal_preview", args=[conflict.pk, language]),
        reverse("publishing:translations"), reverse("publishing:translation", args=[conflict.entry_id, "fr"]) + "?all=1", reverse("admin:publishing_proposal_resolve", args=[conflict.pk]),
        *(map(add_page, kinds()) if language == "ar" else []),
    ]  # fmt: skip
    # The widest words are French, and Arabic runs the other way: English comes to every third, as in all other journeys.
    return [
        address.replace("/en/", f"/{language}/", 1) for address in addresses[:: 3 if language == "en" else 1]
    ]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_page_of_the_desk_is_quiet_and_fits(
    onlooker: Callable, site: str, conflict: Proposal, language: str
) -> None:
    watched = Watched(onlooker("administrator"), site)

    for address in pages_of_the_desk(conflict, language):
        watched.visit(address)

    assert watched.faults == []


def test_a_page_whose_style_sheets_have_not_come_is_not_measured(visitor: Callable) -> None:
    profile, held = visitor(), []
    profile.route("**/*.css", lambda route: held.append(route))
    page = profile.new_page()
    page.goto("/en/about/", wait_until="commit")

    page.set_default_timeout(500)
    with pytest.raises(TimeoutError, match="load"):
        settled(page)
    page.set_default_timeout(MAX_MILLISECONDS)
    for one in held:
        one.continue_()

    assert settled(page).evaluate("document.styleSheets.length") >= len(held) > 0


PLANTED = {
    "an inline style": ("document.body.setAttribute('style', 'color: red')", "policy violated: style-src"),
    "an inline script": (
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'var a'}))",
        "policy violated: script-src",
    ),
    "a picture from elsewhere": (
        "document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.example/a.png'}))",
        "policy violated: img-src",
    ),
    "a complaint": ("console.error('something broke')", "something broke"),
    "something too wide": (
        "document.body.append(Object.assign(document.createElement('canvas'), {width: 5000}))",
        "too wide",
    ),
}


def test_planted_faults_are_seen(visitor: Callable, site: str) -> None:
    profile, scripts = visitor(), ";".join(script for script, _told in PLANTED.values())
    profile.route("**/planted.js", lambda route: route.fulfill(content_type="text/javascript", body=scripts))
    profile.route("**/en/about/", lambda route: _with_script(route))
    watched = Watched(profile, site)

    watched.visit("/en/about/")

    for name, (_script, told) in PLANTED.items():
        assert any(told in fault for fault in watched.faults), (name, watched.faults)


def _with_script(route: Any) -> None:
    answer = route.fetch()
    body = answer.text().replace("</body>", '<script src="/planted.js"></script></body>')
    route.fulfill(response=answer, body=body)
