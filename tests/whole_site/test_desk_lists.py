"""Every list of the desk, whoever registered it, answers what it offers and refuses the rest, and never hangs."""

from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.actions import write_mail
from accounts.vocabulary import Role
from cases.models import Actor
from config.admin_site import CasebookAdmin
from contributions.models import BlockedHost, BlockedWord
from desk.finding import EntriesPaginator
from desk.strict_lists import StrictListsMixin
from publishing.models import Revision
from publishing.models.names import ByTitle
from publishing.views import pages
from tests.factories import (
    a_contribution,
    an_account,
    an_invitation,
    proposal_of,
    publish_actor,
    publish_one_of_each,
    snapshot_of,
)
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# A pattern for which Python's `re`, which SQLite asks, needs longer than anybody lives.
ENDLESS = r"^(([A-Za-z0-9 ,:@.-])+)+\d\d\d\d\d\d$"
WORDS = "a " * 3_000
HUGE = "9" * 20
FINE, REDIRECTED, REFUSED = 200, 302, 400


@kept
def administrator() -> Any:
    """Somebody who may do everything."""
    return an_account("administrator", is_staff=True, is_superuser=True)


@kept
def something_in_every_list(administrator: Any) -> None:
    """Entries, proposals, invitations, mails and words."""
    publish_one_of_each()
    a_contribution()
    proposal_of(snapshot_of("theme"))
    an_invitation("amal@example.org", by=an_account(), role=Role.EDITOR)
    write_mail("somebody@example.org", "A subject", "A text")
    BlockedWord.objects.create(word="spam", by=administrator)
    BlockedHost.objects.create(host="spam.example", by=administrator)
    LogEntry.objects.create(
        user=administrator, action_flag=1, object_repr="Something long enough to be matched"
    )


@pytest.fixture
def desk(something_in_every_list: None, administrator: Any) -> Client:
    """The desk of somebody who may see everything, with something in its lists."""
    client = Client()
    client.force_login(administrator)
    return client


def every_list() -> list[tuple[ModelAdmin, str]]:
    return [
        (one, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        for model, one in admin.site._registry.items()
    ]


def asked(desk: Client, address: str, **question: str) -> int:
    return desk.get(address, question).status_code


def answer_of(desk: Client, model_admin: ModelAdmin, question: str) -> int:
    """What the list answers, found out without a page: but for its rows, and for what its filters offer."""
    request = RequestFactory().get("/", QUERY_STRING=question)
    request.user = get_user_model().objects.get(pk=desk.session["_auth_user_id"])
    try:
        answer: Any = model_admin.changelist_view(request)
    except (SuspiciousOperation, BadRequest):
        return REFUSED
    if answer.status_code == FINE:
        shown = answer.context_data["cl"]
        for one in shown.filter_specs:
            list(one.choices(shown))
        list(shown.result_list)
    return answer.status_code


def test_no_list_takes_a_pattern_on_any_column(desk: Client) -> None:
    for model_admin, address in every_list():
        lookups = [f"{column.name}__regex" for column in model_admin.model._meta.concrete_fields]
        for lookup in (*lookups, "pk__iregex", "pk__contains", "pk__in", "pk__gt", "pk__isnull"):
            answered = answer_of(desk, model_admin, f"{lookup}={quote(ENDLESS)}")
            assert answered == REFUSED, (address, lookup)
        assert asked(desk, address, **{lookups[-1]: ENDLESS}) == REFUSED, address


def offered(model_admin: ModelAdmin) -> set[str]:
    """The parameters of the list's own filters."""
    found = {*getattr(model_admin, "linked_lookups", ())}
    for one in model_admin.list_filter:
        if isinstance(one, type) and issubclass(one, SimpleListFilter):
            found.add(str(one.parameter_name))
        else:
            name = one if isinstance(one, str) else one[0]
            found |= {
                f"{name}__{how}" for how in ("exact", "id__exact", "entry_ptr__exact", "isnull", "gte", "lt")
            }
    return found


QUESTIONS = [
    "pk__range=1", "pk=1", "id__exact=9e99", f"id__exact={HUGE}", f"revision__gt={HUGE}", f"pk__gt={HUGE}",
    "changed_at__year=99999999999", "created_at__year=99999999999", "nothing=1", "slug__contains=x",
    "password__startswith=p", "author__password__startswith=p", f"q={HUGE}{'x' * 60_000}",
    f"q={WORDS}", f"p={HUGE}", "p=x", "p=-1", "o=x", "o=1.x", f"o={'1.' * 2_000}1", f"o={HUGE}",
    "_to_field=password",
]  # fmt: skip


def test_no_list_answers_what_it_does_not_offer(desk: Client) -> None:
    for model_admin, address in every_list():
        for question in QUESTIONS:
            assert answer_of(desk, model_admin, question) == REFUSED, (address, question[:40])
    for question in QUESTIONS:
        assert desk.get("/en/admin/cases/case/", QUERY_STRING=question).status_code == REFUSED, question[:40]


def test_a_long_list_of_entries_says_more_than_it_counted_and_leads_on(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(110):
        publish_actor()
    monkeypatch.setattr(pages, "MOST_COUNTED", 100)
    address = reverse("admin:cases_actor_changelist")

    first, second = (desk.get(address, query).content.decode() for query in ({}, {"p": "3"}))

    assert "actors: more than 100" in first
    assert 'href="?p=3"' in first
    assert "more than" not in second


@pytest.mark.every_database
def test_a_search_that_very_many_answer_comes_by_title_and_says_so(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [f"{letter} front" for letter in "cab"] + ["Front", "Another front"]
    for title in titles:
        publish_actor(title_en=title)
    address = reverse("admin:cases_actor_changelist")

    def found(most: int, **asked: str) -> tuple[list[str], str]:
        monkeypatch.setattr(pages, "MOST_COUNTED", most)
        answer = desk.get(address, {"q": "front", **asked})
        return [str(one) for one in answer.context["cl"].result_list], answer.content.decode()

    few = found(5)
    monkeypatch.setattr(admin.site.get_model_admin(Actor), "list_per_page", 3)
    many, behind = found(4), found(4, p="2")
    assert few[0] == ["Front", "a front", "Another front", "b front", "c front"]
    assert "5 results" in few[1]
    assert many[0] == ["Front", "a front", "Another front"]
    assert behind[0] == ["b front", "c front"]
    assert "actors: more than 4" in many[1]
    assert "4 results" not in many[1]
    assert {*found(4, o="1")[0]} < {*titles}


@pytest.mark.parametrize("most", [2, 100], ids=["not all are counted", "all are counted"])
def test_those_that_come_first_stand_on_the_first_pages_and_nowhere_else(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    actors = [publish_actor(title_en=letter) for letter in "abcdefg"]
    monkeypatch.setattr(pages, "MOST_COUNTED", most)
    found = Actor.objects.order_by(ByTitle(), "pk")

    paginator = EntriesPaginator(found, 2, first=[actors[5].pk, actors[2].pk, actors[3].pk])

    shown = [[str(one) for one in paginator.page(number)] for number in (1, 2, 3, 4)]
    assert shown == [["f", "c"], ["d", "a"], ["b", "e"], ["g"]]


@pytest.mark.every_database
def test_no_value_breaks_a_filter_that_is_offered(desk: Client) -> None:
    for model_admin, address in every_list():
        for name in sorted(offered(model_admin)):
            for value in ("9" * 17,):
                status = answer_of(desk, model_admin, f"{name}={value}")
                assert status in (FINE, REDIRECTED, REFUSED), (address, name, value, status)


@pytest.mark.every_database
def test_no_choice_of_rows_and_no_address_of_a_row_breaks_a_list(desk: Client) -> None:
    for model_admin, address in every_list():
        for key in ("x", HUGE, "9" * 17):
            for action in model_admin.actions or ():
                status = desk.post(address, {"action": action, "_selected_action": [key, key]}).status_code
                assert status in (REDIRECTED, REFUSED), (address, action, key, status)
            for what in ("change", "delete", "history"):
                status = desk.get(f"{address}{key}/{what}/").status_code
                assert status in (FINE, REDIRECTED, 403, 404), (address, what, key, status)


@pytest.mark.every_database
def test_every_list_is_shown_searched_and_sorted(desk: Client) -> None:
    for _model_admin, address in every_list():
        for question in ({}, {"q": "a word of some title", "o": "1.-2", "p": "1", "all": ""}):
            status = asked(desk, address, **question)
            assert status == FINE, (address, question, status)


def test_the_autocomplete_takes_no_endless_search(desk: Client) -> None:
    question = {"app_label": "cases", "model_name": "case", "field_name": "picture", "term": WORDS}

    assert asked(desk, reverse("admin:autocomplete"), **question) == REFUSED


@pytest.mark.every_database
def test_the_revisions_of_one_entry_are_still_a_list(desk: Client) -> None:
    entry = Revision.objects.first().entry_id

    answer = desk.get(reverse("admin:publishing_revision_changelist"), {"entry__id__exact": str(entry)})

    assert {one.entry_id for one in answer.context["cl"].result_list} == {entry}


def test_what_is_registered_later_is_strict_too() -> None:
    site = CasebookAdmin("another")

    site.register(get_user_model())

    assert isinstance(site.get_model_admin(get_user_model()), StrictListsMixin)
