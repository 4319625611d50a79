"""Comments stand at the change that they speak of."""

import pytest

from publishing.actions import drafting, reviewing
from publishing.models import Comment, Entry, Proposal
from tests.desk.conftest import signed_in
from tests.desk.reviewing.reviews import PROVENANCE, a_moderator, at
from tests.factories import edited
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("path", ["outcome", "provision/nonsense/text_en", "nonsense", "title_fr/", " "])
def test_a_comment_speaks_of_a_change_that_there_is(proposal: Proposal, path: str) -> None:
    client = signed_in(a_moderator("moderator"))

    answer = client.post(at(proposal, "comment"), {"text": "Which page?", "path": f"x{path}"})

    assert not Comment.objects.exists()
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "no longer part of the proposal" in page
    assert "Which page?</textarea>" in page


def test_a_comment_that_is_refused_goes_on_speaking_of_its_change(proposal: Proposal) -> None:
    client, long = signed_in(a_moderator("moderator")), "word " * 500

    answer = client.post(at(proposal, "comment"), {"text": long, "path": "title_fr"})

    assert not Comment.objects.exists()
    page = Document.of(answer.content.decode())
    (box,) = (one for one in page.all("textarea") if one["id"] == "id_text")
    assert box.text.strip() == long.strip()
    (form,) = (one for one in box.above if one.name == "form")
    (path,) = (one for one in page.all("input", name="path") if form in one.above)
    assert path["value"] == "title_fr"
    assert "On this change: Title (French)" in " ".join(form.text.split())


def test_what_was_said_of_a_change_that_was_taken_out_still_stands_with_its_name(
    proposal: Proposal, theme: Entry
) -> None:
    reviewing.comment(proposal, by=a_moderator("moderator"), text="Why in French?", path="title_fr")
    draft = reviewing.step("take_back", proposal, by=proposal.author)
    drafting.save_draft(
        draft, edited(theme, summary_en="It held."), by=proposal.author, version=draft.version, **PROVENANCE
    )

    page = signed_in(proposal.author).get(at(proposal, "change")).content.decode()

    assert "Why in French?" in page
    assert "On a change that has since been removed: <bdi>Title (French)" in " ".join(page.split())


def test_what_was_said_of_a_change_stands_beside_it_alone(proposal: Proposal) -> None:
    reviewing.comment(proposal, by=a_moderator("moderator"), text="Why in French?", path="title_fr")

    page = signed_in(proposal.author).get(at(proposal, "change")).content.decode()

    assert page.count("Why in French?") == 1
    assert "has since been removed" not in page


def test_comments_on_a_proposal_and_on_its_entry_have_names_that_tell_them_apart(proposal: Proposal) -> None:
    page = Document.of(signed_in(a_moderator("moderator")).get(at(proposal, "change")).content.decode())

    names = [" ".join(one.text.split()) for one in page.all("h2") if "Comments" in one.text]
    assert names == ["Comments on the entry 0", "Comments on this proposal"]
    (way,) = (one for one in page.all("a") if one["href"] == "#desk-threads")
    assert way.text == "the comments on the entry"
