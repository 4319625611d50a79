"""Subject and text of each mail."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressChange, Invitation
from accounts.vocabulary import Delivery
from publishing.hooks import EntryEvent
from publishing.models import PreviewLink, Watch
from publishing.people import display_name

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


# What somebody did to an account, besides what django-allauth tells of.
CHANGES = {
    "address_requested": _("You asked to change the email address of your account from %(old)s to %(new)s."),
    "address_requested_by_another": _(
        "An administrator, %(by)s, asked to change the email address of your account from %(old)s to %(new)s."
        " Another administrator has to confirm it. Under “Email address” in your account you can stop it."
    ),
    "address_changed": _("The email address of your account was changed from %(old)s to %(new)s."),
    "address_cancelled": _("The change of the email address of your account to %(new)s was cancelled."),
    "factor_removal_requested": _(
        "An administrator, %(by)s, asked to remove a second factor from your account."
        " Another administrator has to confirm it."
    ),
    "factor_removed": _("An administrator, %(by)s, removed a second factor from your account."),
    "password_set": _("An administrator, %(by)s, set a new password for your account."),
    "password_held": _(
        "Somebody, perhaps you, asked for a new password. No link was sent: %(why)s Ask again then."
    ),
}


# What somebody did with an entry, for those who watch it or talk about it.
ENTRY_SUBJECTS = {
    "commented": _("A comment on “%(title)s”"),
    "submitted": _("A change of “%(title)s” waits for review"),
    "published": _("A change of “%(title)s” is published"),
}
ENTRY_EVENTS = {
    "commented": _("%(name)s commented on “%(title)s” at the desk:"),
    "submitted": _("%(name)s submitted a change of “%(title)s” for review:"),
    "published": _("A change of “%(title)s” by %(name)s is published:"),
}


def invitation_mail(invitation: Invitation, token: str) -> SubjectAndText:
    """Subject and text of an invitation, in the language chosen for it."""
    with override(invitation.language):
        link = invitation_link(invitation, token)
        return gettext("An invitation to edit Sulh"), render_mail(
            "invitation", invitation=invitation, link=link
        )


def invitation_link(invitation: Invitation, token: str) -> str:
    """The address that creates the account, in the language of the invitation."""
    with override(invitation.language):
        return settings.SITE_URL + reverse("accept_invitation", args=[token])


def delivery() -> Delivery:
    """What becomes of mail with the mail server, or without one, that is set."""
    backends = {
        "": Delivery.WAITING,
        "django.core.mail.backends.console.EmailBackend": Delivery.LOGGED,
        "django.core.mail.backends.filebased.EmailBackend": Delivery.FILED,
    }
    return backends.get(settings.EMAIL_BACKEND, Delivery.SENT)


def allauth_mail(prefix: str, context: dict[str, Any]) -> SubjectAndText:
    """Subject and text of a mail that django-allauth asks for, in the language of the page."""
    if prefix in SUBJECTS:
        name, subject = SUBJECTS[prefix]
        return str(subject), render_mail(name, **context)
    return gettext("Your account at Sulh has changed"), render_mail("notice", what=NOTICES[prefix], **context)


def notice_mail(account: Any, change: str, **values: str) -> SubjectAndText:
    """Subject and text of a mail that tells the account of one of CHANGES, in its language."""
    with override(language_of(account)):
        what = str(CHANGES[change]) % values
        return gettext("Your account at Sulh has changed"), render_mail("notice", what=what)


def address_mail(change: AddressChange, token: str) -> SubjectAndText:
    """Subject and text of the link that confirms a new address, in the account's language."""
    with override(language_of(change.account)):
        link = settings.SITE_URL + reverse("confirm_address", args=[token])
        return gettext("Confirm your new email address for Sulh"), render_mail("confirm_address", link=link)


def preview_mail(link: PreviewLink) -> SubjectAndText:
    """Subject and text of a mail that tells an author of a link to a preview, in the author's language."""
    proposal = link.proposal
    with override(language_of(proposal.author)):
        review = settings.SITE_URL + reverse("admin:publishing_proposal_change", args=[proposal.pk])
        return gettext("A preview of your proposal was shared"), render_mail(
            "preview_shared",
            title=proposal.title,
            by=display_name(link.made_by),
            until=f"{link.expires_at:%Y-%m-%d %H:%M}",
            link=review,
        )


def entry_mail(event: EntryEvent, account: Any) -> SubjectAndText:
    """Subject and text of a mail about what somebody else did with an entry, in the account's language."""
    subject: Any = event.entry or event.proposal
    with override(language_of(account)):
        title = event.entry if event.entry is not None else event.proposal and event.proposal.title
        values = {"title": title, "name": display_name(event.by) or gettext("Somebody")}
        discussion = settings.SITE_URL + reverse("discussion:page", args=[subject.pk])
        is_watched = (
            event.entry is not None and Watch.objects.filter(by=account, entry=event.entry.pk).exists()
        )
        return str(ENTRY_SUBJECTS[event.kind]) % values, render_mail(
            "entry_event",
            what=str(ENTRY_EVENTS[event.kind]) % values,
            comment=event.comment.text if event.comment else "",
            link=_address_of(event) if event.comment is None else discussion,
            discussion=discussion,
            is_watched=is_watched,
        )


def _address_of(event: EntryEvent) -> str:
    """The page that shows what became public, or the proposal that waits."""
    if event.kind == "published" and event.entry is not None:
        path = event.entry.get_absolute_url()
    else:
        path = reverse("admin:publishing_proposal_change", args=[event.proposal.pk])  # type: ignore[union-attr]
    return f"{settings.SITE_URL}{path}"


def language_of(account: Any) -> str:
    """The language of the account's invitation; of one that came without an invitation, that of the page."""
    accepted = Invitation.objects.filter(account=account).order_by("-accepted_at")
    return accepted.values_list("language", flat=True).first() or get_language() or settings.LANGUAGE_CODE


def render_mail(name: str, **context: object) -> str:
    """The rendered text of accounts/mail/<name>.txt."""
    return (
        render_to_string(f"accounts/mail/{name}.txt", {"site": settings.SITE_URL, **context}).strip() + "\n"
    )
