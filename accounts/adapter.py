"""What django-allauth asks of the casebook: messages, mail, and who may sign up."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts import account_changes, actions, mail, rules
from publishing.networks import network_of, wide_network_of

MESSAGES = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Your recovery codes are ready."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
TOO_MANY_ATTEMPTS = _("Too many attempts. Wait a few minutes, then try again.")


FROM_NETWORK, OF_NAME = "login_failed_from_network", "login_failed_of_name"
UNDER_ATTACK = "login_failed_of_name_under_attack"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are created by invitation only, and mail goes to the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "enter_current_password": _("That is not your password."),
        "incorrect_code": _("That code is wrong or has expired."),
        "incorrect_password": _("That is not your password."),
        "invalid_password_reset": _("This link has already been used, or has expired."),
        "too_many_login_attempts": TOO_MANY_ATTEMPTS,
        "username_password_mismatch": _("The user name or the password is not right."),
        "rate_limited": TOO_MANY_ATTEMPTS,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never; accounts are created by invitation (actions.invite)."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail in the outbox, each link in it with the address of the casebook.

        allauth takes the port of a link from the request, where whoever asks can write what they like.
        """
        ours = {
            name: _at_our_address(value) if name.endswith("_url") else value
            for name, value in context.items()
        }
        actions.write_mail(email, *mail.allauth_mail(template_prefix, {"address": email, **ours}))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Send it, in the account's language, to its address and to those that it had a short time ago."""
        with override(mail.language_of(user)):
            for address in account_changes.addresses_of(user):
                super().send_notification_mail(template_prefix, user, context, address)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """The link, in the account's language; while passwords are not reset by mail, the reason instead."""
        with override(mail.language_of(user)):
            refusal = rules.why_not_reset_password(user, timezone.now())
            if refusal is None:
                super().send_password_reset_mail(user, email, context)
            else:
                account_changes.tell(user, "password_held", why=refusal.message)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse attempts that are too many, before a password is hashed; raises ValidationError.

        Nobody can lock a person out from elsewhere: a network that has not failed with a name in the last
        hour is always heard, whatever others do. Only failed attempts count (ACCOUNT_RATE_LIMITS):

        * 10 a minute from one address (IPv6: one /64), with whatever names;
        * 5 in five minutes with one name from one address;
        * 20 an hour with one name from one wide network (IPv4 /24, IPv6 /48), so that many addresses of one
          customer count as one;
        * once a name has failed 30 times in an hour, from wherever, only 3 an hour from one wide network.
          That slows down guesses from many networks: a thousand of them try 3,000 passwords an hour, of at
          least 12 characters, none of the common ones; moderators have a second factor besides.
        """
        super().pre_authenticate(request, **credentials)
        for action, key in _counted(request, credentials).items():
            if not ratelimit.consume(request, action=action, key=key, dry_run=True):
                raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it, by name and by network."""
        for action, key in _counted(request, credentials).items():
            ratelimit.consume(request, action=action, key=key)
        ratelimit.consume(request, action=OF_NAME, key=_name(credentials))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By name and network together, so that nobody locks a named person out from another network.

        allauth adds the host that was asked, of which whoever asks can choose the port.
        """
        return f"{_name(credentials)}:{network_of(request)}"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show our own messages and those in MESSAGES; skip the rest, such as “signed in”."""
        if text := message or MESSAGES.get(message_template or ""):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The methods of allauth to confirm one's identity again, with our labels."""
        labels = {
            "reauthenticate": gettext("With your password"),
            "mfa_reauthenticate": gettext("With a code"),
            "mfa_reauthenticate:webauthn": gettext("With a passkey"),
        }
        return [
            {**method, "description": labels.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]


class FactorAdapter(DefaultMFAAdapter):
    """The second factor, with our messages."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your account needs a second factor. Add another one first."),
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as SVG without inline styles, which the content security policy does not allow."""
        code = qrcode.QRCode(border=0)
        code.add_data(url)
        code.make()
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
        )
        return format_html(
            '<svg class="qr-code" viewBox="-4 -4 {0} {0}" role="img" aria-label="{1}"><path d="{2}"/></svg>',
            len(rows) + 8,
            gettext("QR code for the authenticator app"),
            path,
        )

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """The default name of a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """False for the last factor of an account that needs one."""
        return not rules.why_not_remove_factor(authenticator)

    def _get_site_name(self) -> str:
        return gettext("Sulh")


def _at_our_address(link: str) -> str:
    """The link with the address that readers use in place of the one of the request."""
    return settings.SITE_URL + urlunsplit(("", "", *urlsplit(link)[2:]))


def _counted(request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
    """The limits that hold for an attempt, each with the key by which it counts."""
    key = f"{_name(credentials)}:{wide_network_of(request)}"
    is_under_attack = not ratelimit.consume(request, action=OF_NAME, key=_name(credentials), dry_run=True)
    return {FROM_NETWORK: key, **({UNDER_ATTACK: key} if is_under_attack else {})}


def _name(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).lower()
