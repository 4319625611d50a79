"""The review page: who may take a link back, what is said of which change, what may be done and how."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing import actions, rules
from publishing.models import Comment, Entry, PreviewLink, Proposal
from publishing.rules import Refusal
from tests.desk.conftest import signed_in
from tests.factories import an_account, edited, newest, publish_case

pytestmark = pytest.mark.django_db

SAID = {"note": "A better word.", "note_language": "en", "change_class": "correction"}


@pytest.fixture
def case(db: None) -> Entry:
    return publish_case(title_en="Truce", rows={"provision": [{"text_en": "All fighters leave."}]})


def an_editor(name: str) -> Any:
    """One who writes, and may read what others write."""
    editor = an_account(name, is_staff=True)
    wanted = ["change_case", "add_case", "view_case", "view_proposal"]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    return editor


def a_moderator(name: str) -> Any:
    moderator = an_editor(name)
    moderator.user_permissions.add(Permission.objects.get(codename="decide_proposal"))
    return moderator


@pytest.fixture
def proposal(case: Entry) -> Proposal:
    author = an_editor("author")
    wanted = edited(case, title_fr="Trêve", finding_en="It held.")
    return actions.step(
        "submit", actions.begin_draft(wanted, by=author, base=newest(case), **SAID), by=author
    )


def at(proposal: Proposal, name: str, *args: Any) -> str:
    return reverse(f"admin:publishing_proposal_{name}", args=[proposal.pk, *args])


# --- links to a preview ----------------------------------------------------------------------------


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
    link, token = actions.share_preview(proposal, by=people["maker"], days=1)
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


def test_whoever_may_not_read_a_proposal_takes_no_link_of_it_back(proposal: Proposal) -> None:
    link, _token = actions.share_preview(proposal, by=proposal.author, days=1)

    with pytest.raises(Refusal):
        actions.revoke_preview(link, by=an_account("stranger", is_staff=True))


@pytest.mark.parametrize("language, said", [("en", "preview has ended"), ("fr", "pris fin"), ("ar", "انتهت")])
@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_link_that_has_ended_says_so(proposal: Proposal, how: str, language: str, said: str) -> None:
    link, token = actions.share_preview(proposal, by=proposal.author, days=1)
    ended = {"revoked_at": timezone.now()} if how == "revoked" else {"expires_at": timezone.now()}
    PreviewLink.objects.filter(pk=link.pk).update(**ended)

    answer = Client().get(f"/{language}/preview/{token}/")

    assert answer.status_code == 410
    assert said in answer.content.decode()
    assert "Trêve" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_a_link_that_never_was_is_no_page(proposal: Proposal) -> None:
    assert Client().get("/en/preview/nonsense/").status_code == 404


# --- comments --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["outcome", "provision/nonsense/text_en", "nonsense", "title_fr/", " "])
def test_a_comment_speaks_of_a_change_that_there_is(proposal: Proposal, path: str) -> None:
    client = signed_in(a_moderator("moderator"))

    answer = client.post(at(proposal, "comment"), {"text": "Which page?", "path": f"x{path}"})

    assert not Comment.objects.exists()
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "no part of the proposal any more" in page
    assert "Which page?</textarea>" in page


def test_what_was_said_of_a_change_that_was_taken_out_still_stands_with_its_name(
    proposal: Proposal, case: Entry
) -> None:
    actions.comment(proposal, by=a_moderator("moderator"), text="Why in French?", path="title_fr")
    draft = actions.step("take_back", proposal, by=proposal.author)
    actions.save_draft(
        draft, edited(case, finding_en="It held."), by=proposal.author, version=draft.version, **SAID
    )

    page = signed_in(proposal.author).get(at(proposal, "change")).content.decode()

    assert "Why in French?" in page
    assert "Of a change that was taken out since: <bdi>Title (French)" in " ".join(page.split())


def test_what_was_said_of_a_change_stands_beside_it_alone(proposal: Proposal) -> None:
    actions.comment(proposal, by=a_moderator("moderator"), text="Why in French?", path="title_fr")

    page = signed_in(proposal.author).get(at(proposal, "change")).content.decode()

    assert page.count("Why in French?") == 1
    assert "taken out since" not in page
