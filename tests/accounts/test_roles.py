"""The groups hold exactly what their role may do, and no administrator makes themselves more."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.roles import ACCOUNTS, DECIDING
from accounts.vocabulary import Role
from publishing.models.entry import kinds
from tests.accounts.conftest import in_role
from tests.factories import an_account, publish_case

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
        for address in (f"/en/admin/cases/case/{case.pk}/change/", "/en/admin/cases/case/add/")
    ]

    for form in forms:
        for rows in ("participations", "provisions", "events", "breaches", "claims"):
            assert f'id="{rows}-group"' in form
    assert 'name="events-0-title_en"' in forms[0]
    assert 'name="events-0-DELETE"' in forms[0]
