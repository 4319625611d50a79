"""Links in mail lead to the casebook's own address, whatever a request says of the host."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client

from accounts import mail
from accounts.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def ask_for_new_password(address: str) -> None:
    answer = Client(HTTP_HOST="localhost:6666").post("/fr/accounts/password/reset/", {"email": address})
    assert answer.status_code == 302


def test_the_link_to_a_new_password_has_no_port_of_a_request(moderator: Any, settings: Any) -> None:
    ask_for_new_password("moderator@example.org")

    body = Mail.objects.get().body
    assert f"\n{settings.SITE_URL}/fr/accounts/password/reset/key/" in body
    assert "6666" not in body


def test_each_link_that_allauth_makes_for_a_mail_is_ours(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SITE_URL = "https://casebook.example"
    seen: dict[str, Any] = {}

    def noted(_prefix: str, context: dict[str, Any]) -> mail.SubjectAndText:
        seen.update(context)
        return "Subject", "Text"

    monkeypatch.setattr(mail, "allauth_mail", noted)
    ask_for_new_password("nobody@example.org")

    assert seen["signup_url"] == "https://casebook.example/fr/accounts/signup/"


def test_a_link_keeps_its_query(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "allauth_mail", lambda _prefix, context: ("Subject", context["activate_url"]))
    link = "http://localhost:6666/en/a/?b=c#d"

    get_adapter().send_mail("account/email/email_confirmation", "a@example.org", {"activate_url": link})

    assert Mail.objects.get().body == f"{settings.SITE_URL}/en/a/?b=c#d"
