"""A new entry that begins as another is: a draft with rows of its own, and without what only the other is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models import Entry, Proposal
from publishing.models.entry import kinds
from tests.desk.sheets import add_page, change_page
from tests.factories import (
    an_account,
    key,
    newest,
    publish_actor,
    publish_case,
    publish_initiative,
    publish_one_of_each,
    publish_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def copy_page(kind: str) -> str:
    return reverse(f"admin:{kinds()[kind]._meta.app_label}_{kind}_copy")


def a_case() -> Entry:
    """With a provision, its assessment, a claim about that provision and one about the outcome, a number."""
    provision, source = key(), publish_source(title_en="The agreement")
    return publish_case(
        title_en="The first truce",
        slug="first-truce",
        finding_en="It held.",
        last_verified_on="2024-01-01",
        verify_by="2030-01-01",
        rows={
            "provision": [{"id": provision, "text_en": "Guns fall silent."}],
            "assessment": [{"provision": provision}],
            "claim": [
                {"about": f"provision/{provision}", "source": str(source.pk)},
                {"about": "outcome", "source": str(source.pk)},
            ],
            "externalid": [{"value": "77"}],
        },
    )


def copied(desk: Client, entry: Entry, **values: str) -> dict[str, Any]:
    """What the draft wants that the page makes."""
    answer = desk.post(copy_page(entry.kind), {"of": entry.slug, "title_en": "The second truce", **values})
    assert answer.status_code == 302, answer.content.decode()
    draft = Proposal.objects.get(revision=None)
    assert answer.headers["Location"] == f"{add_page(entry.kind)}?proposal={draft.pk}"
    assert (draft.base, draft.state, draft.author.username) == (None, "draft", "editor")
    return draft.wanted


def test_a_copy_is_a_draft_with_rows_of_its_own_that_belong_together(desk: Client) -> None:
    case = a_case()
    before = newest(case).snapshot

    wanted = copied(desk, case)

    assert wanted["id"] != str(case.pk)
    assert wanted["fields"]["title_en"] == "The second truce"
    assert wanted["fields"]["slug"] == "the-second-truce"
    assert wanted["fields"]["finding_en"] == "It held."
    [[provision, said]], [assessed] = (
        wanted["rows"]["provision"].items(),
        wanted["rows"]["assessment"].values(),
    )
    assert said == next(iter(before["rows"]["provision"].values()))
    assert provision not in before["rows"]["provision"]
    assert assessed["provision"] == provision
    assert wanted["rows"]["claim"] == wanted["rows"]["externalid"] == {}
    assert wanted["fields"]["last_verified_on"] is wanted["fields"]["verify_by"] is None
    assert newest(case).snapshot == before
    assert Entry.objects.filter(kind="case").count() == 1


def test_its_claims_come_along_where_that_is_asked_for_and_speak_of_the_new_rows(desk: Client) -> None:
    wanted = copied(desk, a_case(), claims="on")

    [provision] = wanted["rows"]["provision"]
    assert {one["about"] for one in wanted["rows"]["claim"].values()} == {"outcome", f"provision/{provision}"}
    assert wanted["rows"]["externalid"] == {}


def test_a_source_keeps_its_address_and_its_number_to_itself_and_an_actor_its_names(desk: Client) -> None:
    source = publish_source(
        slug="a",
        url="https://example.org/one",
        identifier_scheme="un_symbol",
        identifier="S/1",
        publisher="The UN",
    )
    actor = publish_actor(slug="b", rows={"alias": [{"name": "The other name"}]})

    wanted = copied(desk, source)
    Proposal.objects.all().delete()
    of_actor = copied(desk, actor)

    left_out = ("url", "identifier", "identifier_scheme", "archived_url")
    assert [wanted["fields"][name] for name in left_out] == ["", "", "", ""]
    assert wanted["fields"]["publisher"] == "The UN"
    assert of_actor["rows"]["alias"] == {}


@pytest.mark.parametrize("kind", ["case", "initiative", "actor", "source"])
def test_the_draft_opens_in_its_form_and_can_be_published(desk: Client, kind: str) -> None:
    entry = Entry.objects.get(pk=publish_one_of_each()[kind].pk)

    copied(desk, entry, claims="on")
    draft = Proposal.objects.get(revision=None)

    page = desk.get(f"{add_page(kind)}?proposal={draft.pk}&all=1").content.decode()
    assert "The second truce" in page


def test_a_title_and_what_it_begins_as_are_asked_for(desk: Client) -> None:
    a_case()

    nothing = desk.post(copy_page("case"), {}).content.decode()
    unknown = desk.post(copy_page("case"), {"of": "nobody\x00", "title_en": "A"}).content.decode()

    assert "Give it a title of its own" in nothing
    assert nothing.count("This field is required.") == 1
    assert "errorlist" in unknown
    assert not Proposal.objects.filter(revision=None).exists()


def test_an_arabic_title_alone_gets_an_address_that_is_free(desk: Client) -> None:
    wanted = copied(desk, a_case(), title_en="", title_ar="الهدنة الثانية")

    assert wanted["fields"]["slug"] == "first-truce-2"


def test_the_forms_lead_there_and_name_the_entry(desk: Client) -> None:
    initiative = publish_initiative(slug="roads", title_en="The roads")

    assert f'href="{copy_page("case")}"' in desk.get(add_page("case")).content.decode()
    address = f"{copy_page('initiative')}?of={initiative.pk}"
    assert f'href="{address}"' in desk.get(change_page(initiative)).content.decode()
    assert 'value="The roads"' in desk.get(address).content.decode()
    assert desk.get(f"{copy_page('initiative')}?of=nonsense").status_code == 200


def test_who_may_add_nothing_copies_nothing(client: Client) -> None:
    client.force_login(an_account("guest", is_staff=True))

    assert client.get(copy_page("case")).status_code == 403
    assert client.post(copy_page("case"), {"title_en": "A"}).status_code == 403
