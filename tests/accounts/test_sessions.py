"""Whoever is signed in sees where, and ends it."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.vocabulary import Role
from tests.accounts.conftest import in_role, sign_in
from tests.factories import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_session_that_is_ended_is_signed_out(moderator: Any) -> None:
    here, there = sign_in("moderator")[0], sign_in("moderator")[0]
    other = UserSession.objects.get(session_key=there.session.session_key)

    here.post("/en/accounts/sessions/end/", {"session": other.pk})

    assert there.get("/en/admin/").status_code == 302
    assert here.get("/en/admin/").status_code == 200


def test_all_others_are_ended_at_once(moderator: Any) -> None:
    here, *others = (sign_in("moderator")[0] for _browser in range(3))

    listed = here.get("/en/accounts/sessions/").context["sessions"]
    here.post("/en/accounts/sessions/end/", {"session": "others"})

    assert len(listed) == 3
    assert [client.get("/en/admin/").status_code for client in (here, *others)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(moderator: Any) -> None:
    in_role(Role.EDITOR)
    editor = sign_in("editor")[0]
    mine = sign_in("moderator")[0]
    theirs = UserSession.objects.get(session_key=mine.session.session_key)

    answer = editor.post("/en/accounts/sessions/end/", {"session": theirs.pk})

    assert (answer.status_code, mine.get("/en/admin/").status_code) == (404, 200)


def test_a_new_password_ends_all_other_sessions(moderator: Any) -> None:
    here, there = sign_in("moderator")[0], sign_in("moderator")[0]
    new = "another that is long enough"

    here.post(
        "/en/accounts/password/change/",
        {"oldpassword": "long and of no use elsewhere", "password1": new, "password2": new},
    )

    assert [client.get("/en/admin/").status_code for client in (here, there)] == [200, 302]


def test_an_administrator_signs_an_account_out_everywhere(moderator: Any) -> None:
    there = sign_in("moderator")[0]
    desk = Client()
    desk.force_login(an_account())

    desk.post("/en/admin/auth/user/", {"action": "sign_out_everywhere", "_selected_action": [moderator.pk]})

    assert there.get("/en/admin/").status_code == 302
