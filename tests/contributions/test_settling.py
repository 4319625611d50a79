"""Several proposals on one fact: marked in the list, side by side on the page, settled in one step."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.actions import notifying
from contributions.models import Contribution
from contributions.review.competing import competing_proposals, count_competing
from publishing.models import Entry, Proposal
from publishing.vocabulary import ProposalState, Reason, Verdict
from tests.factories import a_contribution, an_account, edited, newest, publish_case, publish_theme

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LIST = "admin:contributions_contribution_changelist"


@pytest.fixture
def moderator(db: None) -> Any:
    return an_account("moderator", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(moderator: Any) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def theme(db: None) -> Entry:
    return publish_theme(summary_en="Before.")


def sent(entry: Entry, said: dict[str, Any] | None = None, **changes: Any) -> Contribution:
    one = a_contribution(edited(entry, **changes), base=newest(entry), **(said or {}))
    Proposal.objects.filter(pk=one.proposal_id).update(override_reason="A test wants it.")
    return Contribution.objects.select_related("proposal__base").get(pk=one.pk)


def fresh(one: Contribution) -> Proposal:
    return Proposal.objects.get(pk=one.proposal_id)


def press(desk: Client, one: Contribution, **said: str) -> Any:
    return desk.post(reverse("admin:contributions_contribution_decide", args=[one.pk, "settle"]), said)


def decided(one: Contribution) -> list[tuple[str, str, str]]:
    rows = fresh(one).decisions.all()
    return [(row.verdict, row.reason, row.public_note) for row in rows]


def test_the_list_says_how_many_wait_on_the_same_fact(desk: Client, theme: Entry) -> None:
    for text in ("One.", "Two.", "Three."):
        sent(theme, summary_en=text)
    sent(theme, summary_fr="Seul.")
    sent(publish_theme(), summary_en="Elsewhere.")

    page = desk.get(reverse(LIST)).content.decode()

    assert page.count("3 proposals on this fact") == 3
    assert page.count("on this fact") == 3


def test_rows_are_the_same_fact_only_where_they_are_the_same_row(moderator: Any) -> None:
    keys = ["0b6f4f4e-5a0a-4d6c-9c5c-0d8a4f5a2f11", "1b6f4f4e-5a0a-4d6c-9c5c-0d8a4f5a2f11"]
    case = publish_case(rows={"provision": [{"id": key, "text_en": "All leave."} for key in keys]})

    def sent_of(key: str) -> Contribution:
        wanted = edited(case)
        wanted["rows"]["provision"][key]["text_en"] = "Some leave."
        return a_contribution(wanted, base=newest(case), offered=[f"provision/{key}/text_en"])

    first, second, third = sent_of(keys[0]), sent_of(keys[1]), sent_of(keys[0])

    assert count_competing([first, second, third]) == {first.pk: 2, third.pk: 2}
    assert [one.contribution.pk for one in competing_proposals(first)] == [first.pk, third.pk]


def test_the_page_shows_them_side_by_side(desk: Client, theme: Entry) -> None:
    one = sent(theme, summary_en="One.")
    sent(theme, {"source_reference": "S/2020/7", "sender": "abcdef99"}, summary_en="Another.")
    sent(theme, summary_fr="Seul.")

    page = desk.get(reverse("admin:contributions_contribution_change", args=[one.pk])).content.decode()
    alone = desk.get(reverse("admin:contributions_contribution_change", args=[sent(theme, title_fr="T").pk]))

    beside = page[page.index('class="rivals"') : page.index('id="decide"')]
    assert all(
        said in beside for said in ("One.", "Another.", "S/2020/7", "abcdef", "2 proposals on this fact")
    )
    assert "Seul." not in beside
    assert 'class="rivals"' not in alone.content.decode()


def test_one_is_accepted_and_each_of_the_others_settled(desk: Client, theme: Entry, mailoutbox: list) -> None:
    one, same = sent(theme, summary_en="New."), sent(theme, {"language": "fr"}, summary_en="New.")
    other, patient = sent(theme, summary_en="Other."), sent(theme, summary_en="Patient.")
    more = sent(theme, summary_en="New.", summary_fr="Nouveau.")
    Contribution.objects.update(mail="a@example.org", mail_confirmed_at=timezone.now())

    press(desk, one, **{f"settle:{other.pk}": Reason.CONTRADICTED})

    states = [fresh(each).state for each in (one, same, other, patient, more)]
    waiting = ProposalState.SUBMITTED
    assert states == [
        ProposalState.ACCEPTED, ProposalState.SUPERSEDED, ProposalState.DECLINED, waiting, waiting,
    ]  # fmt: skip
    assert decided(one) == [(Verdict.ACCEPTED, "", "")]
    assert [row[0] for row in decided(same)] == [Verdict.ACCEPTED]
    assert decided(same)[0][2]
    assert decided(other)[0][:2] == (Verdict.DECLINED, Reason.CONTRADICTED)
    assert decided(patient) == decided(more) == []
    assert notifying.notify_senders() == 3


def test_what_another_moderator_is_at_is_left_alone(desk: Client, theme: Entry) -> None:
    one, other = sent(theme, summary_en="New."), sent(theme, summary_en="Other.")
    second = an_account("second", is_staff=True, is_superuser=True)
    Proposal.objects.filter(pk=other.proposal_id).update(
        state=ProposalState.IN_REVIEW, claimed_by=second,
        claimed_until=timezone.now() + datetime.timedelta(hours=1),
    )  # fmt: skip

    press(desk, one, **{f"settle:{other.pk}": Reason.CONTRADICTED})

    assert (fresh(one).state, fresh(other).state) == (ProposalState.ACCEPTED, ProposalState.IN_REVIEW)


def test_a_reason_that_is_none_declines_nobody(desk: Client, theme: Entry) -> None:
    one, other = sent(theme, summary_en="New."), sent(theme, summary_en="Other.")

    press(desk, one, **{f"settle:{other.pk}": "nonsense"})

    assert fresh(other).state == ProposalState.SUBMITTED
