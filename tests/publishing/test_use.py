"""A reference entry is out of sight until something published uses it, and when nothing does any longer."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from config.env import ROOT
from publishing.actions import retracting
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.rules.readiness import dangling_links
from publishing.upgrades import STORES_USE, mark_use
from tests.factories import (
    an_account,
    publish,
    publish_case,
    publish_change,
    publish_pillar,
    publish_theme,
    snapshot_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REFERENCES = [name for name, kind in kinds().items() if kind.IS_REFERENCE]


def unused(kind: str, rows: Any = None, **fields: Any) -> Entry:
    return publish(snapshot_of(kind, rows, **fields), is_unused=True)


def is_in_use(entry: Entry) -> bool:
    return Entry.objects.get(pk=entry.pk).is_in_use


def signed_in() -> Client:
    client = Client()
    client.force_login(an_account("colleague", is_staff=True))
    return client


@pytest.mark.parametrize("kind", REFERENCES)
def test_readers_find_no_page_of_what_nothing_uses(kind: str, client: Client) -> None:
    entry = unused(kind)

    pages = [entry.get_absolute_url(), entry.get_history_url(), f"{entry.get_history_url()}1/"]
    old = f"{entry.get_absolute_url()}?as_of=1"

    assert [client.get(page).status_code for page in [*pages, old]] == [404, 404, 404, 404]
    assert [signed_in().get(page).status_code for page in [*pages, old]] == [200, 200, 200, 200]


def test_the_desk_reads_on_the_page_that_readers_do_not_see_it(client: Client) -> None:
    entry = unused("actor")

    answer = signed_in().get(entry.get_absolute_url())

    assert "stays out of sight" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "stays out of sight" in signed_in().get(entry.get_history_url()).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/en/actors/",
        "/en/sources/",
        "/en/themes/",
        "/en/changes/?change=all",
        "/en/changes/feed.xml?change=all",
    ],
)
def test_lists_and_feeds_leave_out_what_nothing_uses(address: str, client: Client) -> None:
    for kind in ("actor", "source", "theme"):
        unused(kind, title_en=f"Hidden {kind}")

    page = client.get(address).content.decode()

    assert "Hidden" not in page


@pytest.mark.every_database
def test_the_sitemap_leaves_out_what_nothing_uses(client: Client) -> None:
    hidden, used = unused("actor", slug="hidden-one"), unused("actor", slug="used-one")
    publish_case(rows={"participation": [{"actor": used}]})

    sitemap = client.get("/sitemap-entries.xml").content.decode()

    assert hidden.slug not in sitemap
    assert used.slug in sitemap


def test_other_pages_do_not_show_what_nothing_uses(client: Client) -> None:
    body, place = unused("actor", actor_type="intergovernmental"), unused("place")
    source = unused("source")
    publish_case(rows={"participation": [{"actor": body}], "claim": [{"source": source}]}, countries=[place])
    unused(
        "actor",
        {"membership": [{"organisation": body}], "claim": [{"source": source}]},
        title_en="Hidden member",
        home=place,
    )

    pages = [client.get(one.get_absolute_url()) for one in (body, place, source)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not [page for page in pages if "Hidden member" in page.content.decode()]


def test_the_public_form_offers_no_choice_that_nothing_uses(client: Client) -> None:
    used = unused("actor")
    case = publish_case(rows={"participation": [{"actor": used}]})
    unused("actor", title_en="Hidden choice")

    page = client.get(f"/en/propose/case/{case.slug}/participation/new/").content.decode()

    assert str(used) in page
    assert "Hidden choice" not in page
    assert client.get("/en/propose/actor/" + unused("actor").slug + "/").status_code == 404


@pytest.mark.every_database
def test_what_a_published_case_points_to_comes_into_sight_with_all_that_it_points_to(client: Client) -> None:
    place, body = unused("place"), unused("actor", actor_type="intergovernmental")
    actor = unused("actor", {"membership": [{"organisation": body}]}, home=place)
    stranger = unused("actor")

    publish_case(rows={"participation": [{"actor": actor}]})

    assert [is_in_use(one) for one in (actor, place, body, stranger)] == [True, True, True, False]
    assert client.get(place.get_absolute_url()).status_code == 200


@pytest.mark.every_database
def test_what_its_last_user_lets_go_is_out_of_sight_again() -> None:
    place = unused("place")
    actor = unused("actor", home=place)
    case = publish_case(rows={"participation": [{"actor": actor}]})
    other = publish_case(rows={"participation": [{"actor": actor}]})

    retracting.retract(case, by=an_account(), reason="Twice.", language="en")
    still = is_in_use(actor)
    retracting.retract(other, by=an_account(), reason="Wrong.", language="en")

    assert still
    assert [is_in_use(one) for one in (actor, place)] == [False, False]


@pytest.mark.every_database
def test_entries_that_use_only_each_other_are_out_of_sight() -> None:
    one = unused("actor", actor_type="intergovernmental")
    two = unused("actor", {"membership": [{"organisation": one}]}, actor_type="intergovernmental")
    publish_change(one, {"membership": [{"organisation": two}]})
    case = publish_case(rows={"participation": [{"actor": one}]})
    seen = [is_in_use(one), is_in_use(two)]

    retracting.retract(case, by=an_account(), reason="Wrong.", language="en")

    assert seen == [True, True]
    assert [is_in_use(one), is_in_use(two)] == [False, False]


@pytest.mark.every_database
def test_evidence_and_sections_use_what_they_name() -> None:
    theme, image = unused("theme"), unused("image")
    publish_pillar(rows={"section": [{"theme": theme, "picture": image}]})

    assert [is_in_use(theme), is_in_use(image)] == [True, True]


def test_a_text_cannot_link_to_a_page_that_readers_do_not_find() -> None:
    actor = unused("actor")
    text = f"[He]({actor.get_absolute_url()}) said so."
    linking = snapshot_of("case", narrative_en=text)
    using = snapshot_of("case", {"participation": [{"actor": actor}]}, narrative_en=text)

    assert [one.about for one in dangling_links(linking)] == [actor.get_absolute_url()]
    assert [*dangling_links(using)] == []


@pytest.mark.every_database
def test_verify_reports_a_wrong_use_and_rebuilding_mends_it() -> None:
    hidden, used = unused("actor"), unused("actor")
    publish_case(rows={"participation": [{"actor": used}]})
    Entry.objects.filter(pk=hidden.pk).update(is_in_use=True)
    Entry.objects.filter(pk=used.pk).update(is_in_use=False)

    with pytest.raises(CommandError, match="2 faults"):
        call_command("verify")
    call_command("rebuild_use")

    assert [is_in_use(hidden), is_in_use(used)] == [False, True]
    call_command("verify")


@pytest.mark.every_database
def test_moderators_find_what_nothing_uses_on_the_first_page_of_the_desk(editor: Any) -> None:
    desk = Client()
    desk.force_login(editor)
    unused("actor", title_en="Published alone")
    publish_theme()

    first = desk.get("/en/admin/").content.decode()
    listed = desk.get("/en/admin/publishing/entry/?use=none").content.decode()

    assert "Not used yet" in first
    assert "Published alone" in first
    assert "Published alone" in listed
    assert "1 entry" in listed


@pytest.mark.every_database
def test_an_older_casebook_learns_what_is_in_use_as_it_is_migrated(db: None) -> None:
    unused = publish_theme()
    app, name = STORES_USE
    migration = SimpleNamespace(app_label=app, name=name)
    assert (ROOT / app / "migrations" / f"{name}.py").exists()

    mark_use(using="other", plan=[(migration, False)])
    mark_use(using="default", plan=[(migration, True)])
    assert Entry.objects.get(pk=unused.pk).is_in_use

    mark_use(using="default", plan=[(migration, False)])
    assert not Entry.objects.get(pk=unused.pk).is_in_use
