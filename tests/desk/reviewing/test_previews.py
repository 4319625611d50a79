"""A link to a preview: who may make one and take it back, and what an ended one says."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail
from publishing import rules
from publishing.actions import reviewing
from publishing.models import PreviewLink, Proposal
from publishing.rules import Refusal
from tests.desk.conftest import signed_in
from tests.desk.reviewing.reviews import a_moderator, an_editor, at
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "who, may",
    [("maker", True), ("author", True), ("moderator", True), ("another", False)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_link_is_taken_back_by_its_maker_the_author_or_a_moderator(
    proposal: Proposal, who: str, may: bool
) -> None:
    people = {name: an_editor(name) for name in ("maker", "another")}
    people |= {"author": proposal.author, "moderator": a_moderator("moderator")}
    # Made while they might: moderators may.
    link, token = reviewing.share_preview(proposal, by=people["moderator"], days=1)
    PreviewLink.objects.update(made_by=people["maker"])
    link.refresh_from_db()
    client, by = signed_in(people[who]), people[who]
    revoke = at(proposal, "revoke", link.pk)

    refusal = rules.why_not_revoke(link, by)
    page = client.get(at(proposal, "change")).content.decode()
    client.post(revoke)

    link.refresh_from_db()
    assert (refusal is None) is may
    assert (revoke in page) is may
    assert (link.revoked_at is not None) is may
    assert Client().get(reverse("preview", args=[token])).status_code == (410 if may else 200)


def test_nobody_shares_the_draft_of_another_but_a_moderator(proposal: Proposal) -> None:
    another = signed_in(an_editor("another"))

    page = another.get(at(proposal, "change")).content.decode()
    answer = another.post(at(proposal, "share"), {"days": 7}).content.decode()

    assert not PreviewLink.objects.exists()
    assert at(proposal, "share") not in page
    assert "Only its author or a moderator can do this." in answer


def test_an_author_is_told_when_a_moderator_shares_their_proposal(proposal: Proposal) -> None:
    get_user_model().objects.filter(pk=proposal.author_id).update(email="author@example.org")
    proposal.refresh_from_db()

    reviewing.share_preview(proposal, by=proposal.author, days=1)
    own = Mail.objects.count()
    signed_in(a_moderator("moderator")).post(at(proposal, "share"), {"days": 7})

    (mail,) = Mail.objects.all()
    assert (own, mail.recipient) == (0, "author@example.org")
    assert "moderator made a link" in mail.body
    assert at(proposal, "change") in mail.body


def test_whoever_may_not_read_a_proposal_takes_no_link_of_it_back(proposal: Proposal) -> None:
    link, _token = reviewing.share_preview(proposal, by=proposal.author, days=1)

    with pytest.raises(Refusal):
        reviewing.revoke_preview(link, by=an_account("stranger", is_staff=True))


@pytest.mark.parametrize("language, text", [("en", "preview has ended"), ("fr", "pris fin"), ("ar", "انتهت")])
@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_link_that_has_ended_says_so(proposal: Proposal, how: str, language: str, text: str) -> None:
    link, token = reviewing.share_preview(proposal, by=proposal.author, days=1)
    ended = {"revoked_at": timezone.now()} if how == "revoked" else {"expires_at": timezone.now()}
    PreviewLink.objects.filter(pk=link.pk).update(**ended)

    answer = Client().get(f"/{language}/preview/{token}/")

    assert answer.status_code == 410
    assert text in answer.content.decode()
    assert "Trêve" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_a_link_that_never_was_is_no_page(proposal: Proposal) -> None:
    assert Client().get("/en/preview/nonsense/").status_code == 404
