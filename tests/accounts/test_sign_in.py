"""Tries are counted before a password is hashed, and no answer tells who has an account."""

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.models import Mail
from tests.accounts.conftest import PASSWORD, SIGN_IN, link_in, sign_in, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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


@pytest.mark.every_database
def test_after_five_wrong_passwords_the_right_one_is_not_even_hashed(
    moderator: Any, hashed: list[str]
) -> None:
    for _try in range(5):
        sign_in("moderator", "wrong")
    hashed.clear()

    client, answer = sign_in("moderator")

    assert answer.status_code == 200
    assert "Too many attempts" in answer.content.decode()
    assert hashed == []
    assert client.get("/en/admin/").status_code == 302


def from_network(address: str, *said: str) -> Any:
    """The answer to the password that was given there, by default a wrong one."""
    return sign_in("moderator", *(said or ("wrong",)), client=Client(REMOTE_ADDR=address))[1]


def test_nobody_is_locked_out_from_another_network(moderator: Any) -> None:
    for number in range(40):
        from_network(f"198.51.{number}.7")

    assert from_network("203.0.113.9", PASSWORD).status_code == 302


def test_under_attack_a_network_that_failed_before_waits_earlier(moderator: Any, hashed: list[str]) -> None:
    for number in range(31):
        from_network(f"198.51.{number}.7")
    tries = []
    for _try in range(4):
        hashed.clear()
        from_network("203.0.113.9")
        tries.append(len(hashed))

    assert tries == [1, 1, 1, 0]


@pytest.mark.parametrize("network", ["198.51.100.{}", "2001:db8:7:{}::1"])
def test_many_addresses_of_one_network_count_as_one(moderator: Any, hashed: list[str], network: str) -> None:
    for number in range(20):
        from_network(network.format(number))
    hashed.clear()

    from_network(network.format(99))

    assert hashed == []


def test_the_right_password_costs_nothing_of_the_limits(moderator: Any) -> None:
    answers = [from_network("203.0.113.9", PASSWORD).status_code for _time in range(25)]

    assert set(answers) == {302}


def test_one_machine_that_tries_many_names_is_stopped(hashed: list[str]) -> None:
    for number in range(10):
        sign_in(f"name-{number}", "wrong")
    hashed.clear()

    sign_in("another", "wrong")

    assert hashed == []


def test_a_name_that_nobody_has_costs_as_much_as_one_that_somebody_has(
    moderator: Any, hashed: list[str]
) -> None:
    counts = []
    for name in ("moderator", "nobody", "moderator@example.org"):
        hashed.clear()
        answer = sign_in(name, "wrong")[1]
        counts.append((len(hashed), answer.status_code, "not right" in answer.content.decode()))

    assert set(counts) == {(1, 200, True)}


def test_the_desk_leads_to_the_sign_in_and_the_sign_in_back(moderator: Any, language: str) -> None:
    client = Client()
    wanted = f"/{language}/admin/cases/case/?q=a"

    door = client.get(client.get(wanted)["Location"])
    answer = sign_in("moderator", client=client, next=wanted)[1]

    assert door["Location"].startswith(f"/{language}/accounts/login/?next=%2F{language}%2Fadmin%2F")
    assert answer["Location"] == wanted


@pytest.mark.parametrize("word", ["-1", "null", "cases", "?", "#x", "a b", "admin:nothing", "/\\x"])
def test_whoever_is_signed_in_and_names_no_address_is_led_to_the_desk(moderator: Any, word: str) -> None:
    client, _answer = sign_in("moderator")

    answer = client.get("/en/admin/login/", {"next": word})

    assert (answer.status_code, answer["Location"]) == (302, "/en/admin/")


def test_the_desks_own_sign_in_takes_no_password(moderator: Any) -> None:
    client = Client()

    answer = client.post("/en/admin/login/", {"username": "moderator", "password": PASSWORD})

    assert answer["Location"].startswith("/en/accounts/login/")
    assert client.get("/en/admin/").status_code == 302


def test_somebody_without_a_desk_is_told_so(reader: Any) -> None:
    client, _answer = sign_in(with_password(reader).username)

    assert client.get("/en/admin/", follow=True).status_code == 403


def test_a_request_for_a_new_password_answers_alike_and_sends_nothing_itself(
    moderator: Any, mailoutbox: list
) -> None:
    answers = [
        Client().post("/en/accounts/password/reset/", {"email": address})
        for address in ("moderator@example.org", "nobody@example.org")
    ]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/en/accounts/password/reset/done/")
    }
    assert {mail.recipient for mail in Mail.objects.all()} == {"moderator@example.org", "nobody@example.org"}
    assert mailoutbox == []


@pytest.mark.every_database
def test_a_new_password_is_set_by_the_mailed_link_once(moderator: Any) -> None:
    new = "another that is long enough"
    client = Client()
    client.post("/en/accounts/password/reset/", {"email": "moderator@example.org"})
    link = link_in(Mail.objects.get())

    form = client.get(link)["Location"]
    changed = client.post(form, {"password1": new, "password2": new})
    again = Client().get(link, follow=True)

    assert changed.status_code == 302
    assert sign_in("moderator", new)[1].status_code == 302
    assert "already been used" in again.content.decode()
    assert "was reset" in Mail.objects.first().body


def test_requests_for_new_passwords_are_counted() -> None:
    answers = [
        Client().post("/en/accounts/password/reset/", {"email": "nobody@example.org"}).status_code
        for _try in range(4)
    ]

    assert answers == [302, 302, 302, 429]


@pytest.fixture(params=["en", "ar", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


def test_too_many_requests_get_a_page_in_the_readers_language(language: str) -> None:
    for _try in range(31):
        answer = Client().post(SIGN_IN.replace("/en/", f"/{language}/"), {})

    assert answer.status_code == 429
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("word", ["-1", "null", ""])
def test_a_draft_that_is_discarded_from_no_address_leads_to_the_desk(moderator: Any, word: str) -> None:
    client, _answer = sign_in("moderator")

    answer = client.post("/en/admin/publishing/proposal/typing/add:case/discard/", {"back": word})

    assert (answer.status_code, answer["Location"]) == (302, "/en/admin/")
