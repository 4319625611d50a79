"""What a session and an address of the accounts must not give away."""

from typing import Any

import pytest
from django.test import Client

from tests.accounts.conftest import SIGN_IN, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_session_has_another_key_after_the_sign_in(moderator: Any) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    client.get(SIGN_IN)

    sign_in("moderator", client=client)

    assert client.get("/en/admin/").status_code == 200
    assert client.session.session_key != before
    assert Client(HTTP_COOKIE=f"session={before}").get("/en/admin/").status_code == 302


@pytest.mark.parametrize("end", ["x.css", "sessions/x.css", "address/x.css", "login/x.css"])
def test_an_address_that_a_cache_takes_for_a_file_shows_no_page_of_an_account(
    moderator: Any, end: str
) -> None:
    client, _answer = sign_in("moderator")

    assert client.get(f"/en/accounts/{end}").status_code == 404
