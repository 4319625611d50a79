"""From an administrator's form to an account of the right role, by a link that works once."""

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, Mail
from accounts.vocabulary import InvitationState, Role
from publishing.rules import Refusal
from tests.accounts.conftest import PASSWORD, in_role, link_in, sign_in
from tests.factories import an_account, an_invitation
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("groups")]

CHOSEN = {"full_name": "Amal", "username": "amal", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def invited() -> Invitation:
    return an_invitation("amal@example.org", by=an_account(), role=Role.MODERATOR)


@pytest.fixture
def link(invited: Invitation) -> str:
    return link_in(Mail.objects.get())


def test_an_administrator_invites_and_the_invited_becomes_a_moderator(groups: dict) -> None:
    desk = Client()
    desk.force_login(in_role(Role.ADMINISTRATOR))

    sent = desk.post(
        "/en/admin/accounts/invitation/add/",
        {"address": "amal@example.org", "roles": [groups[Role.MODERATOR].pk], "language": "ar"},
    )
    mail = Mail.objects.get()
    stranger, link = Client(), link_in(mail)
    opened = stranger.get(link)
    accepted = stranger.post(link, CHOSEN)
    _client, signed_in = sign_in("amal", client=stranger, next="/ar/admin/")

    assert (sent.status_code, mail.recipient) == (200, "amal@example.org")
    assert f'value="http://localhost:8000{link}"' in sent.content.decode()
    assert link.startswith("/ar/accounts/invitation/")
    assert "amal@example.org" in opened.content.decode()
    assert (accepted.status_code, accepted["Location"]) == (302, "/ar/accounts/login/")
    assert signed_in["Location"] == "/ar/admin/"
    assert stranger.get("/ar/admin/").status_code == 200
    account = get_user_model().objects.get(username="amal")
    assert (account.email, account.first_name, account.is_staff, account.is_superuser) == (
        "amal@example.org", "Amal", True, False,
    )  # fmt: skip
    assert [group.name for group in account.groups.all()] == [Role.MODERATOR]


def test_the_link_stands_nowhere_in_the_tables_once_it_is_sent(invited: Invitation, link: str) -> None:
    token = link.strip("/").split("/")[-1]

    actions.record_sent(Mail.objects.get())

    assert token not in repr([*Mail.objects.values(), *Invitation.objects.values()])


def test_a_used_link_makes_no_second_account(link: str, client: Client) -> None:
    client.post(link, CHOSEN)

    again = client.post(link, {**CHOSEN, "username": "other"})

    assert (again.status_code, client.get(link).status_code) == (410, 410)
    assert not get_user_model().objects.filter(username="other").exists()


def test_an_expired_link_makes_no_account(invited: Invitation, link: str, client: Client) -> None:
    ago = timezone.now() - datetime.timedelta(days=8)
    Invitation.objects.update(created_at=ago, expires_at=ago + actions.INVITATION_LIFETIME)

    answer = client.post(link, CHOSEN)

    assert answer.status_code == 410
    assert "expired" in answer.content.decode()
    assert not get_user_model().objects.filter(username="amal").exists()


def test_a_revoked_link_makes_no_account(invited: Invitation, link: str, client: Client) -> None:
    actions.revoke(invited, by=an_account())

    assert client.post(link, CHOSEN).status_code == 410


def test_a_forged_link_leads_nowhere(invited: Invitation, client: Client) -> None:
    for token in ("x", invited.token_digest, "a" * 43):
        assert client.get(f"/en/accounts/invitation/{token}/").status_code == 404


def test_a_link_sent_again_replaces_the_first(invited: Invitation, link: str, client: Client) -> None:
    actions.invite_again(invited, by=an_account())

    newest = link_in(Mail.objects.first())
    assert newest != link
    assert (client.get(link).status_code, client.get(newest).status_code) == (404, 200)


@pytest.mark.parametrize(
    "wrong, field",
    [({"username": "PUBLISHER"}, "username"), ({"username": "a b"}, "username"), ({"password2": "x"}, "password2"),
     ({"password1": "short", "password2": "short"}, "password1"),
     ({"password1": "amal@example.org", "password2": "amal@example.org"}, "password1")],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_box(link: str, client: Client, wrong: dict, field: str) -> None:
    answer = client.post(link, {**CHOSEN, **wrong})

    assert answer.status_code == 200
    assert [*answer.context["form"].errors] == [field]
    assert not Invitation.objects.exclude(accepted_at=None).exists()


def test_who_may_not_invite_is_refused() -> None:
    editor = in_role(Role.EDITOR)

    with pytest.raises(Refusal) as refused:
        an_invitation("amal@example.org", by=editor)

    assert refused.value.code == "not_permitted"
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "address, code", [("AMAL@example.org", "is_invited"), ("Moderator@Example.org", "has_account")]
)
def test_nobody_is_invited_twice(invited: Invitation, address: str, code: str) -> None:
    in_role(Role.MODERATOR)

    with pytest.raises(Refusal) as refused:
        an_invitation(address, by=an_account())

    assert refused.value.code == code


def test_an_accepted_invitation_is_neither_sent_again_nor_revoked(invited: Invitation) -> None:
    actions.accept(invited, username="amal", full_name="Amal", password=PASSWORD)

    for action in (actions.invite_again, actions.revoke):
        with pytest.raises(Refusal):
            action(invited, by=an_account())


def test_the_desk_sends_again_and_revokes(invited: Invitation) -> None:
    desk = Client()
    desk.force_login(an_account())

    for action in ("send_again", "revoke"):
        desk.post("/en/admin/accounts/invitation/", {"action": action, "_selected_action": [invited.pk]})

    invited.refresh_from_db()
    assert invited.state_at(timezone.now()) == InvitationState.REVOKED
    assert Mail.objects.count() == 2


def test_there_is_no_public_sign_up(client: Client) -> None:
    answer = client.post(
        "/en/accounts/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "By invitation only" in answer.content.decode()
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("language, button", [("en", "Send the invitation"), ("ar", "إرسال الدعوة")])
def test_the_form_says_that_a_mail_goes_out_and_offers_the_languages_of_the_casebook(
    language: str, button: str
) -> None:
    desk = Client()
    desk.force_login(in_role(Role.ADMINISTRATOR))

    answer = desk.get(f"/{language}/admin/accounts/invitation/add/")

    page = Document.of(answer.content.decode())
    sends = [one["value"] for one in page.all("input") if one["type"] == "submit"]
    offered = answer.context["adminform"].form["language"]
    assert sends == [button]
    assert [code for code, _label in offered.field.choices] == ["en", "ar", "fr"]
    assert offered.value() == language


BACKENDS = {
    "": ("waits until there is one", "waits"),
    "django.core.mail.backends.console.EmailBackend": ("written to the log", "written to the log, 2020"),
    "django.core.mail.backends.filebased.EmailBackend": ("written to a folder", "written to a file, 2020"),
    "django.core.mail.backends.smtp.EmailBackend": ("on its way", "2020-01-02 00:00 UTC"),
}


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_desk_says_truthfully_what_becomes_of_the_mail(
    invited: Invitation, groups: dict, settings: Any, backend: str
) -> None:
    settings.EMAIL_BACKEND = backend
    desk = Client()
    desk.force_login(in_role(Role.ADMINISTRATOR))
    if backend:
        Mail.objects.update(body="", sent_at=datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC))

    form = desk.get("/en/admin/accounts/invitation/add/").content.decode()
    sent = {"address": "new@example.org", "roles": [groups[Role.EDITOR].pk], "language": "en"}
    shown = desk.post("/en/admin/accounts/invitation/add/", sent).content.decode()
    letters = desk.get("/en/admin/accounts/mail/").content.decode()

    of_all, of_one = BACKENDS[backend]
    assert of_all in shown
    assert of_one in letters
    assert ("An email goes to this address" in form) is backend.endswith("smtp.EmailBackend")
    assert ("No mail server is set" in letters) is not backend.endswith("smtp.EmailBackend")


def test_a_new_link_is_shown_once_and_ends_the_old_one(invited: Invitation, link: str) -> None:
    desk = Client()
    desk.force_login(in_role(Role.ADMINISTRATOR))
    chosen = {"action": "send_again", "_selected_action": [invited.pk]}

    page = desk.post("/en/admin/accounts/invitation/", chosen)
    (shown,) = (
        one["value"] for one in Document.of(page.content.decode()).all("input") if one["type"] == "url"
    )
    path = shown.removeprefix("http://localhost:8000")

    assert "no-store" in page["Cache-Control"]
    assert (Client().get(link).status_code, Client().get(path).status_code) == (404, 200)
    assert path not in desk.get("/en/admin/accounts/invitation/").content.decode()
