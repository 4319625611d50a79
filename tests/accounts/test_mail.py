"""Mail waits in the database until a server took it, and a broken server loses nothing."""

import datetime
import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.actions import MAX_RETRY_DELAY, claim, write_mail
from accounts.models import Mail
from accounts.outbox import send_due

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def mail() -> Mail:
    return write_mail("somebody@example.org", "A subject", "A text")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> int:
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def let_time_pass() -> None:
    Mail.objects.update(next_try_at=timezone.now())


def test_what_is_due_is_sent_once_and_its_text_forgotten(mail: Mail, mailoutbox: list) -> None:
    first, second = send_due(), send_due()

    mail.refresh_from_db()
    assert (first, second) == ((1, 0), (0, 0))
    assert [(sent.to, sent.subject, sent.body) for sent in mailoutbox] == [
        (["somebody@example.org"], "A subject", "A text")
    ]
    assert (mail.body, mail.sent_at is None) == ("", False)


@pytest.mark.usefixtures("broken")
def test_a_broken_server_loses_nothing_and_is_asked_ever_more_rarely(mail: Mail) -> None:
    pauses = []
    for _try in range(12):
        asked_at = timezone.now()
        assert send_due() == (0, 1)
        assert send_due() == (0, 0)
        mail.refresh_from_db()
        pauses.append(round((mail.next_try_at - asked_at) / datetime.timedelta(minutes=1)))
        let_time_pass()

    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == MAX_RETRY_DELAY / datetime.timedelta(minutes=1)
    assert (mail.body, mail.error) == ("A text", "ConnectionRefusedError: nobody there")


def test_it_is_sent_once_the_server_is_back(
    mail: Mail, monkeypatch: pytest.MonkeyPatch, mailoutbox: list
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", lambda *_args: 1 / 0)
        send_due()
    let_time_pass()

    assert send_due() == (1, 0)
    assert len(mailoutbox) == 1


def test_two_workers_never_take_the_same_try(mail: Mail) -> None:
    now = timezone.now()

    assert [claim(mail, now), claim(mail, now)] == [True, False]


def test_one_bad_mail_does_not_hold_up_the_others(mailoutbox: list) -> None:
    write_mail("somebody@example.org", "A subject\nBcc: other@example.org", "A text")
    write_mail("somebody@example.org", "A subject", "A text")

    assert send_due() == (1, 1)
    assert [sent.subject for sent in mailoutbox] == ["A subject"]


def test_mail_of_what_is_rolled_back_never_was() -> None:
    with transaction.atomic():
        write_mail("somebody@example.org", "A subject", "A text")
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_without_a_server_mail_waits_and_the_command_says_so(mail: Mail, settings: Any) -> None:
    settings.EMAIL_BACKEND = ""
    said = StringIO()

    call_command("send_mail", once=True, stdout=said)

    assert "EMAIL_URL is not set" in said.getvalue()
    assert "0 sent, 1 waiting" in said.getvalue()
    assert Mail.objects.due(timezone.now()).count() == 1


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of a server that accepts connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        yield listener.getsockname()[1]


def test_a_server_that_hangs_ends_the_turn(mail: Mail, silent_server: int, settings: Any) -> None:
    for number in range(3):
        write_mail(f"somebody-{number}@example.org", "A subject", "A text")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", silent_server, 0.1

    assert send_due() == (0, 1)

    assert Mail.objects.due(timezone.now()).count() == 3
