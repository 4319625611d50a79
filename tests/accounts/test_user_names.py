"""Nobody who is invited takes a user name that looks like another person's."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.models import Mail
from accounts.vocabulary import Role
from tests.accounts.conftest import PASSWORD, link_in
from tests.desk.conftest import signed_in
from tests.desk.sheets import Sheet
from tests.factories import an_account, an_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("groups")]

UNSEEN, MIXED, ALIKE = "nobody sees", "several scripts", "looks like one that is taken"


def choose(name: str) -> Any:
    """The answer to somebody who is invited and chooses the name."""
    an_invitation("amal@example.org", by=an_account(), role=Role.MODERATOR)
    said = {"full_name": "Amal", "username": name, "password1": PASSWORD, "password2": PASSWORD}
    return Client().post(link_in(Mail.objects.get()), said)


@pytest.mark.parametrize(
    "name, why",
    [
        ("أمـل", UNSEEN),
        ("ama\u3164l", UNSEEN),
        ("amal\u115f", UNSEEN),
        ("amal\u1160", UNSEEN),
        ("\uffa0amal", UNSEEN),
        ("ߊߡߊ\u07faߟ", UNSEEN),
        ("аdmin", MIXED),
        ("а.dmin", MIXED),
        ("а1dmin", MIXED),
        ("αdmin", MIXED),
    ],
)
def test_a_name_that_is_not_what_it_seems_is_refused(name: str, why: str) -> None:
    answer = choose(name)

    assert answer.status_code == 200
    assert [*answer.context["form"].errors] == ["username"]
    assert why in answer.context["form"].errors["username"][0]
    assert not get_user_model().objects.filter(email="amal@example.org").exists()


@pytest.mark.parametrize(
    "taken, name",
    [
        ("admin", "ádmin"),
        ("admin", "ADMİN"),
        ("amal.k", "amal_k"),
        ("أحمد", "احمد"),
        ("علي", "علی"),
        ("فاطمة", "فاطمه"),
        ("editor2", "editor٢"),
        ("Łucja", "lucja"),
    ],
)
def test_a_name_that_differs_only_in_marks_or_forms_is_taken(taken: str, name: str) -> None:
    an_account(taken, is_active=False)

    answer = choose(name)

    assert answer.status_code == 200
    assert ALIKE in answer.context["form"].errors["username"][0]


@pytest.mark.parametrize(
    "name", ["amal", "أمل", "амаль", "Αμαλία", "amal.k-2@home", "élodie", "さくら", "amal_أمل", "한글"]
)
def test_an_honest_name_is_taken_as_it_is(name: str) -> None:
    an_account("admin")

    assert choose(name).status_code == 302
    assert get_user_model().objects.get(email="amal@example.org").username == name


def test_names_without_letters_or_digits_are_compared_as_they_are() -> None:
    an_account("___")

    assert choose("@").status_code == 302


@pytest.mark.parametrize("name, why", [("аdmin", MIXED), ("ama\u3164l", UNSEEN), ("ádmin", ALIKE)])
def test_nobody_is_renamed_at_the_desk_to_what_looks_like_another(name: str, why: str) -> None:
    an_account("admin")
    amal = an_account("amal", is_staff=True, is_superuser=False)

    answer = rename(amal, name)

    assert why in answer.context["adminform"].form.errors["username"][0]
    amal.refresh_from_db()
    assert amal.username == "amal"


def test_an_account_is_renamed_at_the_desk_and_keeps_a_name_of_before() -> None:
    amal, odd = an_account("amal"), an_account("аdmin")

    assert rename(amal, "ámal").status_code == 302
    assert rename(odd, "аdmin").status_code == 302


def rename(account: Any, name: str) -> Any:
    desk = signed_in(an_account("root"))
    return Sheet(desk, f"/en/admin/auth/user/{account.pk}/change/").type(username=name).save()
