"""The groups hold exactly what their role may do, and no administrator makes themselves more."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from accounts.roles import ACCOUNTS, DECIDING
from accounts.vocabulary import Role
from publishing.models.entry import kinds
from publishing.rules import needs_four_eyes, why_not
from tests.accounts.conftest import in_role
from tests.factories import an_account, proposal_of, publish_case, snapshot_of

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("groups")]

WRITTEN = {
    f"{kind._meta.app_label}.{verb}_{name}" for name, kind in kinds().items() for verb in ("add", "change")
} | {"publishing.view_proposal"}
RETRACTED = {f"{kind._meta.app_label}.delete_{name}" for name, kind in kinds().items()}


def given(role: Role) -> set[str]:
    permissions = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{one.content_type.app_label}.{one.codename}" for one in permissions}


@pytest.mark.parametrize(
    "role, wanted",
    [
        (Role.EDITOR, WRITTEN),
        (Role.MODERATOR, WRITTEN | RETRACTED | {*DECIDING}),
        (Role.ADMINISTRATOR, {*ACCOUNTS}),
    ],
)
def test_each_group_has_exactly_its_permissions(role: Role, wanted: set[str]) -> None:
    known = {
        f"{one.content_type.app_label}.{one.codename}"
        for one in Permission.objects.select_related("content_type")
    }

    assert given(role) == wanted & known
    assert wanted - known <= {*DECIDING}


def test_an_administrator_may_touch_no_content() -> None:
    desk = Client()
    desk.force_login(in_role(Role.ADMINISTRATOR))

    for name, kind in kinds().items():
        assert desk.get(f"/en/admin/{kind._meta.app_label}/{name}/").status_code == 403


def test_an_administrator_gives_roles_and_nothing_beyond_them(groups: dict[str, Group]) -> None:
    editor = in_role(Role.EDITOR)
    desk = Client()
    desk.force_login(in_role(Role.ADMINISTRATOR))

    desk.post(
        f"/en/admin/auth/user/{editor.pk}/change/",
        {"username": "editor", "is_active": "on", "is_staff": "on", "is_superuser": "on",
         "user_permissions": [Permission.objects.first().pk], "groups": [groups[Role.MODERATOR].pk]},
    )  # fmt: skip

    editor.refresh_from_db()
    assert (editor.is_superuser, editor.user_permissions.count()) == (False, 0)
    assert [group.name for group in editor.groups.all()] == [Role.MODERATOR]


@pytest.mark.parametrize("whose", ["own", "superuser's"])
def test_an_administrator_changes_neither_their_own_account_nor_a_superusers(whose: str) -> None:
    administrator, superuser = in_role(Role.ADMINISTRATOR), an_account()
    account: Any = administrator if whose == "own" else superuser
    desk = Client()
    desk.force_login(administrator)

    answer = desk.post(f"/en/admin/auth/user/{account.pk}/change/", {"username": "other"})

    assert answer.status_code == 403
    account.refresh_from_db()
    assert account.username != "other"


def test_an_administrator_sets_nobodys_password() -> None:
    editor = in_role(Role.EDITOR)
    desk = Client()
    desk.force_login(in_role(Role.ADMINISTRATOR))

    assert desk.get(f"/en/admin/auth/user/{editor.pk}/password/").status_code == 403


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR])
def test_the_form_of_a_case_shows_its_rows_to_who_may_write_it(groups: dict, role: Role) -> None:
    client, case = Client(), publish_case(rows={"event": [{"title_en": "Signed"}]})
    client.force_login(in_role(role))

    forms = [
        client.get(address).content.decode()
        for address in (f"/en/admin/cases/case/{case.pk}/change/?all=1", "/en/admin/cases/case/add/")
    ]

    for form in forms:
        for rows in ("participations", "provisions", "events", "breaches", "claims"):
            assert f'id="{rows}-group"' in form
    assert 'name="events-0-title_en"' in forms[0]
    assert 'name="events-0-DELETE"' in forms[0]


@pytest.mark.parametrize(
    "setting, moderators, expected",
    [(None, 0, False), (None, 1, False), (None, 2, True), (True, 0, True), (False, 2, False)],
)
def test_two_people_decide_from_two_moderators_on(
    settings: Any, setting: bool | None, moderators: int, expected: bool, groups: dict[str, Group]
) -> None:
    settings.FOUR_EYES = setting
    an_account("superuser", is_staff=True, is_superuser=True)
    in_role(Role.EDITOR)
    for number in range(moderators):
        an_account(f"moderator-{number}", is_staff=True).groups.set([groups[Role.MODERATOR]])

    assert needs_four_eyes() is expected


def test_a_moderator_does_not_publish_alone_where_there_is_a_second(settings: Any, groups: dict) -> None:
    settings.FOUR_EYES = None
    first = in_role(Role.MODERATOR)
    proposal = proposal_of(snapshot_of("case"), by=first)

    alone = why_not("accept", proposal, first, timezone.now())
    an_account("second", is_staff=True).groups.set([groups[Role.MODERATOR]])
    refusal = why_not("accept", proposal, first, timezone.now())

    assert alone is None
    assert refusal is not None
    assert refusal.code == "own_proposal"
