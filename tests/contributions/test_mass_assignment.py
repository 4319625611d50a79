"""A form can change what it offered, of the entry that it was made for, and nothing else."""

from typing import Any

import pytest
from django.utils import timezone

from cases.models import Case
from contributions.abuse import tokens
from contributions.actions.sending import Submission, send
from contributions.models import Contribution
from publishing.models import Entry, Proposal
from publishing.proposals import changes_of
from publishing.rules import Refusal
from publishing.vocabulary import ProposalState
from tests.contributions.conftest import Sender, the_only_one
from tests.factories import newest, publish_case
from tests.whole_site.reading import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CORPUS = corpus("mass_assignment")
FURTHER = {
    "f:slug": "taken-over",
    "f:state": "retracted",
    "f:id": "0b6f4f4e-5a0a-4d6c-9c5c-0d8a4f5a2f11",
    "f:revision": "99",
    "f:kind": "page",
    "f:finding_en": "Nobody signed.",
    "f:finding": "Nobody signed.",
    "finding_en": "Nobody signed.",
    "f:verify_by": "2030-01-01",
    "f:themes": "",
    "f:participation/new/actor": "1",
    "removes_row": "on",
    "state": "accepted",
    "origin": "editor",
    "author": "1",
    "credit": "The editors",
    "decided_by": "1",
    "change_class": "typo",
    "kind": "page",
    "entry": "1",
    "base": "1",
    "sender": "nobody",
    "token_digest": "0" * 64,
    "mail_confirmed_at": "2020-01-01",
    "offered": "everything",
    "is_superuser": "1",
    "groups": "Moderator",
}


def is_untouched(case: Case) -> None:
    """One fact is proposed, and all else is as it was."""
    contribution = the_only_one()
    proposal = contribution.proposal
    changes = [(str(one.path), one.new) for one in changes_of(proposal)]
    assert changes == [("declared_on", "2020-10-24")]
    assert proposal.state == ProposalState.SUBMITTED
    assert (proposal.origin, proposal.author, proposal.decided_by, proposal.credit) == (
        "public",
        None,
        None,
        "",
    )
    assert (proposal.kind, proposal.entry_id) == ("case", case.pk)
    assert contribution.mail_confirmed_at is None
    assert len(contribution.sender) == 64
    assert contribution.offered == ["declared_on"]
    assert Entry.objects.get(pk=case.pk).revision == 1


@pytest.mark.parametrize("name", FURTHER)
def test_a_name_that_the_form_does_not_have_changes_nothing(case: Case, sender: Sender, name: str) -> None:
    sender.send(case, "declared_on", **{"f:declared_on": "2020-10-24", name: FURTHER[name]})

    is_untouched(case)


@pytest.mark.parametrize("row", CORPUS, ids=[row["id"] for row in CORPUS])
def test_nothing_of_the_corpus_reaches_further(case: Case, sender: Sender, row: dict[str, str]) -> None:
    name, _is, value = row["input"].partition("=")
    said = sender.filled(case, "declared_on", **{"f:declared_on": "2020-10-24"})

    sender.client.post(sender.address(case, "declared_on"), {name: value, **said})

    is_untouched(case)


def test_a_token_of_one_place_opens_no_other(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on")

    answer = sender.client.post(sender.address(case, "finding"), {**said, "f:finding_en": "Nobody signed."})

    assert answer.status_code == 400
    assert not Contribution.objects.exists()


def test_a_token_of_one_entry_opens_no_other(case: Case, sender: Sender) -> None:
    said = sender.filled(case, "declared_on", **{"f:declared_on": "2020-10-24"})
    other = publish_case(slug="aceh-2005")

    answer = sender.client.post(sender.address(other, "declared_on"), said)

    assert answer.status_code == 400
    assert not Proposal.objects.filter(origin="public").exists()


def test_a_choice_that_is_not_among_the_offered_ones_is_refused(case: Case, sender: Sender) -> None:
    answer = sender.send(
        case,
        "participation/new",
        **{"f:participation/new/actor": str(case.pk), "f:participation/new/role": "mediator"},
    )

    assert answer.status_code == 422
    assert "f:participation/new/actor" in answer.context["form"].errors


@pytest.mark.parametrize(
    "name, value",
    [
        ("outcome", "won"),
        ("declared_on", "tomorrow"),
        ("declared_on", {"year": 2020}),
        ("latitude", "north"),
        ("finding_en", "x" * 10_000),
        ("finding_en", None),
        ("finding_en", "a\u0000b"),
        ("initial_days", -1),
    ],
)
def test_what_no_form_would_let_through_is_refused_behind_it_too(case: Case, name: str, value: Any) -> None:
    base, now = newest(case), timezone.now()
    wanted = {**base.snapshot, "fields": {**base.snapshot["fields"], name: value}}
    token = tokens.read_form_token(tokens.form_token(str(case.pk), "", 1, now), str(case.pk), "")
    fields = {"reason": "", "name": "", "wants_credit": False, "mail": "", "source_reference": "S/1"}
    submission = Submission(
        sender="a",
        network="b",
        content_digest="c",
        language="en",
        offered=[name],
        change_class="correction",
        fields=fields,
    )

    with pytest.raises(Refusal):
        send(wanted, base=base, token=token, submission=submission)

    assert not Contribution.objects.exists()
