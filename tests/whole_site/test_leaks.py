"""Nothing unpublished is ever seen: a word that stands in every field of drafts is at no address of the site."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from exchange.api.resources import RESOURCES, address_of_entry
from publishing import snapshots
from publishing.actions import drafting, reviewing
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry, Proposal
from publishing.models.entry import kinds
from tests.factories import an_account, key, newest, snapshot_of
from tests.kept import kept
from tests.whole_site.filled import filled, publish_filled, wherever_it_fits
from tests.whole_site.following import one_language_of_each
from tests.whole_site.reading import addresses_of_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

SECRET = "zyxsecretword"
# A word that stands nowhere at all: who asks for the secret reads what one reads who asks for this.
NOWHERE = "zyxabsentword"
SAID = {"note": SECRET, "note_language": "en", "change_class": "correction", "credit": SECRET}
LISTS = ("pillars:pillars", "pillars:themes", "pillars:terms", "cases:cases", "cases:initiatives", "cases:actors", "sources:sources", "portal:home")  # fmt: skip


@kept
def drafts() -> list[Proposal]:
    """A draft over every published entry, and one of something new of every kind, the word in every field."""
    secret, author = wherever_it_fits(SECRET), an_account()
    entries = publish_filled(wherever_it_fits("Public words"))
    made = [
        drafting.begin_draft(filled(snapshots.freeze(entry), secret), by=author, base=newest(entry), **SAID)
        for entry in entries.values()
    ]
    theme = entries["theme"].pk
    for kind in kinds():
        fields = {"main_theme": str(theme)} if kind == "initiative" else {}
        snapshot = filled(snapshot_of(kind, id=key(), **fields), secret)
        snapshot["fields"]["slug"] = SECRET
        made.append(drafting.begin_draft(snapshot, by=author, base=None, **SAID))
    for draft in made:
        reviewing.comment(draft, by=author, text=SECRET)
        drafting.autosave_form(str(draft.pk), [("title_en", SECRET)], by=author)
    return made


def addresses() -> Iterator[str]:
    """Every page that the site has for readers, and the draft's own in case it has one."""
    yield from ("/sitemap.xml", "/sitemap-lists.xml", "/sitemap-entries.xml", "/robots.txt")
    yield from addresses_of_sitemap(Client())
    for language in PAGE_LANGUAGES:
        with override(language):
            for name in LISTS:
                yield reverse(name)
                yield f"{reverse(name)}?q={SECRET}"
            for entry in Entry.objects.all():
                yield entry.get_absolute_url()
            for kind in kinds().values():
                yield kind.address(SECRET)
    yield from addresses_of_the_api()


def addresses_of_the_api() -> Iterator[str]:
    """Every list and entry for programs, and what is matched with the word."""
    for resource in RESOURCES.values():
        yield f"{resource.address}?limit=200"
        yield f"{resource.address}/{SECRET}"
    for entry in Entry.objects.all():
        yield f"/api/v1/entries/{entry.pk}"
        yield f"{address_of_entry(entry.kind, entry.slug)}/revisions"
    yield from ("/api/v1/claims?limit=200", "/api/v1/changes?change=all&limit=200")
    yield f"/api/v1/reconciliation/suggest/entity?prefix={SECRET}"


def leaks(client: Client, asked: Iterable[str]) -> Iterator[str]:
    """The addresses at which somebody reads the word, beyond the question that they asked."""
    for address in asked:
        said = client.get(address).content.decode()
        if address.endswith(f"?q={SECRET}"):
            otherwise = client.get(address.replace(SECRET, NOWHERE)).content.decode()
            if said.replace(SECRET, NOWHERE) != otherwise:
                yield address
        elif SECRET in said.replace(f"/{SECRET}/", "").replace(f"“{SECRET}”", ""):
            yield address


def stranger() -> Any:
    return None


def reader() -> Any:
    return an_account("reader", is_staff=False)


def newcomer() -> Any:
    return an_account("newcomer", is_staff=True)


@pytest.mark.parametrize("who", [stranger, reader, newcomer], ids=lambda one: one.__name__)
def test_no_page_says_what_only_a_draft_says(drafts: list[Proposal], who: Callable) -> None:
    client, every = Client(), {*addresses()}
    if account := who():
        client.force_login(account)

    # The word stands in every language: who has an account reads each page in one of them.
    asked = one_language_of_each(every) if account else every

    assert len(asked) > 80
    assert [*leaks(client, asked)] == []


@pytest.mark.parametrize("who", [stranger, reader, newcomer], ids=lambda one: one.__name__)
def test_the_desk_shows_a_draft_to_nobody_who_may_not_see_it(drafts: list[Proposal], who: Callable) -> None:
    client = Client()
    if account := who():
        client.force_login(account)
    names = ("change", "preview", "resolve", "step", "comment", "share")

    for draft in drafts:
        for name in names:
            extra = {"preview": ["en"], "step": ["accept"]}.get(name, [])
            answer = client.get(reverse(f"admin:publishing_proposal_{name}", args=[draft.pk, *extra]))

            assert answer.status_code in {302, 403, 404}, name
            assert SECRET not in answer.content.decode()


def test_a_preview_link_shows_it_until_it_is_revoked(drafts: list[Proposal]) -> None:
    link, token = reviewing.share_preview(drafts[0], by=an_account(), days=1)
    address = reverse("preview", args=[token])

    before = Client().get(address)
    reviewing.revoke_preview(link, by=an_account())
    after = Client().get(address)

    assert SECRET in before.content.decode()
    assert (before["X-Robots-Tag"], before["Cache-Control"]) == ("noindex", "no-store, private")
    assert (after.status_code, SECRET in after.content.decode()) == (410, False)


def test_a_leaky_page_is_caught(drafts: list[Proposal], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same look, at a page that shows what somebody proposes."""
    answer = Client.get

    def leaky(self: Client, address: str, *args: Any, **options: Any) -> Any:
        response = answer(self, address, *args, **options)
        if address == reverse("cases:cases"):
            response.content += Proposal.objects.first().wanted["fields"]["title_en"].encode()
        return response

    monkeypatch.setattr(Client, "get", leaky)

    assert reverse("cases:cases") in leaks(Client(), addresses())
