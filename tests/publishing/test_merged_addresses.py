"""The entry that was merged into another says so, and its addresses lead there."""

import pytest
from django.core.management import call_command
from django.test import Client

from publishing import snapshots
from publishing.actions import retracting
from publishing.models import Entry, OldSlug
from publishing.rules import Refusal
from publishing.vocabulary import ChangeClass
from tests.factories import an_account, newest, publish_actor, publish_change
from tests.publishing.merges import merge

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "language, reason",
    [("en", "Merged with “League”."), ("ar", "الجامعة"), ("fr", "Ligue")],
)
def test_the_reason_is_in_the_language_of_the_note(language: str, reason: str) -> None:
    keep = publish_actor(title_en="League", title_ar="الجامعة", title_fr="Ligue")
    drop = publish_actor()

    revision = merge(keep, drop, note_language=language)

    stored = Entry.objects.get(pk=drop.pk)
    assert stored.is_retracted
    assert reason in stored.retraction_reason
    assert (revision.change_class, revision.note_language) == (ChangeClass.RETRACTION, language)
    assert language == "en" or "Merged" not in stored.retraction_reason


def test_every_address_leads_to_the_kept_entry_for_ever(client: Client) -> None:
    keep, drop, third = publish_actor(slug="keep"), publish_actor(slug="drop"), publish_actor(slug="third")
    publish_change(drop, slug="drop-newer")

    merge(keep, drop)

    for slug in ("drop", "drop-newer"):
        answer = client.get(f"/ar/actors/{slug}/")
        assert (answer.status_code, answer["Location"]) == (302, "/ar/actors/keep/")
    assert "drop-newer" not in client.get("/sitemap-entries.xml").content.decode()

    merge(third, keep)

    for slug in ("drop", "drop-newer", "keep"):
        assert client.get(f"/en/actors/{slug}/")["Location"] == "/en/actors/third/"


@pytest.mark.every_database
def test_a_restored_entry_takes_its_address_back(client: Client) -> None:
    keep, drop = publish_actor(slug="keep"), publish_actor(slug="drop", rows={"alias": [{}], "claim": [{}]})
    was = newest(drop)
    merge(keep, drop)

    retracting.restore(was, by=an_account(), note="They are two.", language="en")

    client.force_login(an_account())
    assert client.get("/en/actors/drop/").status_code == 200
    assert not OldSlug.objects.filter(slug="drop").exists()
    assert snapshots.freeze(drop) == was.snapshot
    call_command("rebuild_use")
    call_command("verify")
    merge(keep, drop)
    assert client.get("/en/actors/drop/").status_code == 302


@pytest.mark.every_database
def test_no_other_entry_gets_the_address_of_a_merged_one() -> None:
    keep, drop = publish_actor(slug="keep"), publish_actor(slug="drop")
    merge(keep, drop)

    with pytest.raises(Refusal) as refused:
        publish_change(keep, slug="drop")

    assert refused.value.code == "address_taken"
