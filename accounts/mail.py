"""Subject and text of each mail."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation

SubjectAndText = tuple[str, str]

# Mails of django-allauth, by template prefix: our template and subject, or what changed in an account.
SUBJECTS = {
    "account/email/password_reset_key": ("password_reset", _("A new password for Sulh")),
    "account/email/unknown_account": ("unknown_account", _("Your request for a new password")),
}
NOTICES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was reset with a link that we emailed to you."),
    "mfa/email/totp_activated": _("An authenticator app was set up."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the old ones no longer work."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
}


def invitation_mail(invitation: Invitation, token: str) -> SubjectAndText:
    """Subject and text of an invitation, in the language chosen for it."""
    with override(invitation.language):
        link = settings.SITE_URL + reverse("accept_invitation", args=[token])
        return gettext("An invitation to edit Sulh"), render_mail(
            "invitation", invitation=invitation, link=link
        )


def allauth_mail(prefix: str, context: dict[str, Any]) -> SubjectAndText:
    """Subject and text of a mail that django-allauth asks for, in the language of the page."""
    if prefix in SUBJECTS:
        name, subject = SUBJECTS[prefix]
        return str(subject), render_mail(name, **context)
    return gettext("Your account at Sulh has changed"), render_mail("notice", what=NOTICES[prefix], **context)


def render_mail(name: str, **context: object) -> str:
    """The rendered text of accounts/mail/<name>.txt."""
    return (
        render_to_string(f"accounts/mail/{name}.txt", {"site": settings.SITE_URL, **context}).strip() + "\n"
    )
