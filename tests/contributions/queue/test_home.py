"""What a moderator finds on the first page of the desk, and what a site with one moderator says."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from contributions.actions import deciding, following
from contributions.models import Contribution
from publishing.vocabulary import Reason
from tests.contributions.queue.pages import page_of, press, waiting
from tests.factories import an_account, publish_theme

pytestmark = pytest.mark.one_database


def home(client: Client) -> str:
    return client.get(reverse("admin:index")).content.decode()


@pytest.mark.every_database
def test_a_half_done_improvement_stands_on_the_first_page_of_who_began_it(desk: Client, second: Any) -> None:
    one = waiting(publish_theme(title_en="A rare title"), summary_en="New.")
    press(desk, one, "improve")
    other = Client()
    other.force_login(second)

    page = home(desk)

    assert "Proposals from the public that you improve" in page
    assert "A rare title" in page
    assert f"proposal={one.proposal_id}&amp;only=proposed" in page
    assert "that you improve" not in home(other)


def test_what_was_given_back_stands_there_no_longer(desk: Client) -> None:
    one = waiting(publish_theme(), summary_en="New.")
    press(desk, one, "improve")
    press(desk, one, "put-back")

    assert "that you improve" not in home(desk)


def test_a_draft_of_the_public_is_named_as_such(desk: Client) -> None:
    one = waiting(publish_theme(summary_en="Before."), summary_en="New.")

    form = press(desk, one, "improve").url

    page = desk.get(form).content.decode()
    assert "sent by the public, save 2" in page
    assert "by —" not in page


def test_the_form_of_an_entry_names_the_facts_of_each_proposal_that_waits(desk: Client) -> None:
    theme = publish_theme()
    waiting(theme, summary_en="1", summary_fr="2")
    waiting(theme, title_fr="1")

    page = desk.get(reverse("admin:pillars_theme_change", args=[theme.pk])).content.decode()

    assert page.count("by <bdi>the public</bdi>.") == 2
    assert "It changes: Summary (English), Summary (French)." in page
    assert "It changes: Title (French)." in page


def appealed(desk: Client, moderator: Any) -> Contribution:
    one = waiting(publish_theme(), summary_en="New.")
    deciding.decline(one, by=moderator, reason=Reason.UNCLEAR)
    return following.appeal(one, text="Look again.")


def test_where_there_is_one_moderator_an_appeal_says_what_to_do(desk: Client, moderator: Any) -> None:
    one = appealed(desk, moderator)
    get_user_model()._default_manager.exclude(pk=moderator.pk).update(is_superuser=False)

    assert "there is no other moderator. Ask an administrator" in desk.get(page_of(one)).content.decode()
    assert "Appeals that you cannot decide alone" in home(desk)


def test_where_there_is_another_moderator_the_appeal_is_theirs(desk: Client, moderator: Any) -> None:
    other = an_account("another", is_staff=True)
    other.user_permissions.add(Permission.objects.get(codename="decide_proposal"))
    one = appealed(desk, moderator)

    page = desk.get(page_of(one)).content.decode()

    assert "This is an appeal against your own decision; another moderator decides." in page
    assert "Appeals that you cannot decide alone" not in home(desk)
