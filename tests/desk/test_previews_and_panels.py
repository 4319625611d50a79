"""Previews in every language, and the panel with the decisions on one's own proposals."""

import pytest
from django.test import Client
from django.urls import reverse

from publishing.actions import reviewing
from publishing.models import Proposal
from tests.factories import an_account, edited, newest, proposal_of, publish_case
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def submitted() -> Proposal:
    """A submitted proposal of an editor."""
    case = publish_case(title_en="Truce")
    author = an_account("author", is_staff=True, is_superuser=True)
    proposal = proposal_of(edited(case, title_fr="Trêve"), by=author, base=newest(case))
    return reviewing.submit(proposal, by=author)


def languages(html: str) -> list[str]:
    document = Document.of(html)
    (nav,) = document.all("nav", class_="languages")
    return [one["href"] for one in document.all("a") if any(above is nav for above in one.above)]


def test_a_shared_preview_leads_to_itself_in_each_language(submitted: Proposal) -> None:
    _link, token = reviewing.share_preview(submitted, by=an_account(), days=1)

    html = Client().get(f"/en/preview/{token}/").content.decode()

    assert languages(html) == [f"/{language}/preview/{token}/" for language in ("en", "ar", "fr")]
    assert all(Client().get(address).status_code == 200 for address in languages(html))


def test_the_link_to_share_is_in_the_language_that_the_proposal_changes(submitted: Proposal) -> None:
    desk = Client()
    desk.force_login(an_account())

    page = desk.post(reverse("admin:publishing_proposal_share", args=[submitted.pk]), {"days": 3})

    assert "/fr/preview/" in page.content.decode()


def test_no_preview_tells_its_address_to_other_sites(submitted: Proposal) -> None:
    link, token = reviewing.share_preview(submitted, by=an_account(), days=1)
    at_the_desk = reverse("admin:publishing_proposal_preview", args=[submitted.pk, "en"])
    desk = Client()
    desk.force_login(an_account())

    shown = [Client().get(f"/en/preview/{token}/"), desk.get(at_the_desk)]
    reviewing.revoke_preview(link, by=an_account())
    ended = Client().get(f"/en/preview/{token}/")

    assert {page.headers["Referrer-Policy"] for page in shown} == {"no-referrer"}
    assert (ended.status_code, ended.headers["Referrer-Policy"]) == (410, "same-origin")


def test_a_preview_of_the_desk_leads_to_itself_in_each_language(submitted: Proposal) -> None:
    client = Client()
    client.force_login(an_account())
    at = reverse("admin:publishing_proposal_preview", args=[submitted.pk, "fr"])

    html = client.get(at).content.decode()

    assert languages(html) == [f"{at.removesuffix('fr/')}{language}/" for language in ("en", "ar", "fr")]


@pytest.mark.parametrize("language, text", [("en", "Declined"), ("fr", "Refusée")])
def test_an_author_reads_on_the_first_page_what_was_decided(
    submitted: Proposal, language: str, text: str
) -> None:
    author = Client()
    author.force_login(submitted.author)
    panel = f'href="/{language}/admin/publishing/proposal/{submitted.pk}/change/"'
    reviewing.decline(
        submitted, by=an_account("moderator", is_superuser=True), reason="unclear", note="Which?"
    )

    html = author.get(f"/{language}/admin/").content.decode()

    assert html.count(panel) == 1
    assert text in html.partition(panel)[2][:300]


def test_what_one_decided_oneself_is_no_news(submitted: Proposal) -> None:
    author = Client()
    author.force_login(submitted.author)
    reviewing.decline(submitted, by=submitted.author, reason="unclear", note="Mine after all.")

    assert str(submitted.pk) not in author.get("/en/admin/").content.decode()
