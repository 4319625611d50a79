"""No entry is published at an address at which another page of the casebook stands."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from contributions.form.slugs import with_slug
from publishing.actions import publishing
from publishing.actions.new_entries import publish_new
from publishing.models import Entry
from publishing.refusals import Refusal
from tests.factories import an_account, proposal_of, publish_case, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_it_is_refused() -> None:
    proposal = proposal_of(snapshot_of("case", slug="map"))

    with pytest.raises(Refusal) as refused:
        publishing.publish(proposal, by=proposal.author)
    assert refused.value.code == "address_reserved"


def test_it_is_refused_among_many_new_entries() -> None:
    new = [snapshot_of("case"), snapshot_of("case", slug="compare")]

    with pytest.raises(Refusal) as refused:
        publish_new(new, by=an_account(), note="New.", note_language="en")
    assert refused.value.code == "address_reserved"


def test_a_proposal_of_the_public_gets_another_one() -> None:
    wanted = with_slug(snapshot_of("case", title_en="Map", slug=""))

    assert wanted["fields"]["slug"].startswith("map-")


def test_verify_names_an_entry_that_was_hidden_before(capsys: Any) -> None:
    case = publish_case(slug="free")
    call_command("verify")
    Entry.objects.filter(pk=case.pk).update(slug="timeline")

    with pytest.raises(CommandError):
        call_command("verify")

    assert "case “timeline”" in (said := capsys.readouterr().err)
    assert "is hidden by another page at its address; rename it" in said
