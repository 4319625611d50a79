"""A password of more than 1,024 characters is refused before it is hashed, wherever one is typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.models import Mail
from accounts.vocabulary import Role
from tests.accounts.conftest import PASSWORD, in_role, link_in, sign_in
from tests.factories import an_account, an_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONGEST = "long and " * 113 + "no more"
LONG = LONGEST + "!"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed."""
    seen: list[str] = []
    encode = MD5PasswordHasher.encode

    def noted(self: Any, password: str, salt: str) -> str:
        seen.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", noted)
    return seen


def at_sign_in(password: str) -> Any:
    return sign_in("moderator", password)[1]


def at_confirming_oneself(password: str) -> Any:
    return sign_in("moderator")[0].post("/en/accounts/reauthenticate/", {"password": password})


def at_change_as_the_old_one(password: str) -> Any:
    said = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    return sign_in("moderator")[0].post("/en/accounts/password/change/", said)


def at_change(password: str) -> Any:
    said = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    return sign_in("moderator")[0].post("/en/accounts/password/change/", said)


def at_reset(password: str) -> Any:
    client = Client()
    client.post("/en/accounts/password/reset/", {"email": "moderator@example.org"})
    form = client.get(link_in(Mail.objects.get()))["Location"]
    return client.post(form, {"password1": password, "password2": password})


def at_an_invitation(password: str) -> Any:
    an_invitation("amal@example.org", by=an_account(), role=Role.EDITOR)
    said = {"full_name": "Amal", "username": "amal", "password1": password, "password2": password}
    return Client().post(link_in(Mail.objects.get()), said)


def at_the_desk_for_another(password: str) -> Any:
    desk = Client()
    desk.force_login(an_account())
    said = {"password1": password, "password2": password, "usable_password": "true"}
    return desk.post(f"/en/admin/auth/user/{in_role(Role.EDITOR).pk}/password/", said)


def said_beside_a_box(answer: Any) -> list[str]:
    """The errors of the form."""
    errors = (answer.context.get("form") or answer.context["adminform"].form).errors
    return [text for texts in errors.values() for text in texts]


SETTING = [at_change, at_reset, at_an_invitation, at_the_desk_for_another]
PROVING = [at_sign_in, at_confirming_oneself, at_change_as_the_old_one]


@pytest.mark.parametrize("place", [*PROVING, *SETTING], ids=lambda place: place.__name__)
def test_a_password_that_is_too_long_is_refused_before_it_is_hashed(
    moderator: Any, hashed: list[str], place: Callable[[str], Any]
) -> None:
    answer = place(LONG)

    assert answer.status_code == 200
    assert "A password has at most 1,024 characters." in said_beside_a_box(answer)
    assert LONG not in hashed


@pytest.mark.parametrize("place", SETTING, ids=lambda place: place.__name__)
def test_the_longest_password_is_taken(
    moderator: Any, hashed: list[str], place: Callable[[str], Any]
) -> None:
    assert len(LONGEST) == 1024
    assert place(LONGEST).status_code == 302
    assert LONGEST in hashed


def test_one_signs_in_with_the_longest_password(moderator: Any) -> None:
    moderator.set_password(LONGEST)
    moderator.save()

    assert at_sign_in(LONGEST).status_code == 302
