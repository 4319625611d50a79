"""Forms of accounts: those of django-allauth with our labels, and those of invitations."""

from typing import Any, cast

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.contrib.auth.forms import UserChangeForm, UsernameField
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models import Invitation
from accounts.passwords import refuse_long_password
from accounts.user_names import refuse_deceptive_name
from publishing.fields.form_fields import CodeField, LineField, MailField, uncut
from publishing.vocabulary import PageLanguage

LABELS = {
    "login": _("User name"),
    "password": _("Password"),
    "oldpassword": _("Your current password"),
    "password1": _("New password"),
    "password2": _("New password, again"),
    "email": _("Email address"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
    "passwordless": _("Sign in with this passkey alone"),
}
HELP = {
    "password1": _("At least 12 characters; longer is better. Not a common password, and not digits alone."),
    "passwordless": _(
        "Your device then asks for your finger, face or PIN each time, and you need no password."
    ),
}
LATIN = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}


# Passwords stay as they are typed; the other fields are cleaned.
CLEAN = {"login": LineField, "email": MailField, "code": CodeField, "name": LineField}
# Passwords that are compared, and for that hashed; new ones are validated (AUTH_PASSWORD_VALIDATORS).
HASHED = {"password", "oldpassword"}


def _like(field: Any, field_class: Any) -> Any:
    """A field of the class with the options of the given one."""
    return field_class(
        label=field.label,
        help_text=field.help_text,
        required=field.required,
        max_length=field.max_length,
        initial=field.initial,
        widget=field.widget,
    )


class CasebookLabelsMixin:
    """Gives a form of django-allauth our labels and help texts and no placeholders, and cleans its texts.

    A password that is far too long is refused before it is hashed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in [*self.fields.items()]:  # type: ignore[attr-defined]
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            uncut(field.widget)
            if name in CLEAN:
                self.fields[name] = _like(field, CLEAN[name])  # type: ignore[attr-defined]
            if name in HASHED:
                field.validators.append(refuse_long_password)
            if name in {"login", "email", "code"}:
                field.widget.attrs.update(LATIN)


class SignIn(CasebookLabelsMixin, account_forms.LoginForm):
    """User name and password."""


class ChangePassword(CasebookLabelsMixin, account_forms.ChangePasswordForm):
    """The old password, and the new one twice."""


class AskForNewPassword(CasebookLabelsMixin, account_forms.ResetPasswordForm):
    """The address that the link is mailed to."""


class SetNewPassword(CasebookLabelsMixin, account_forms.ResetPasswordKeyForm):
    """The new password, twice."""

    def clean(self) -> dict[str, Any]:
        """Refused while passwords are not reset by mail."""
        cleaned: dict[str, Any] = super().clean()
        refusal = rules.why_not_reset_password(self.user, timezone.now()) if self.user else None
        if refusal:
            raise ValidationError(refusal.message, code=refusal.code)
        return cleaned


class ProveByPassword(CasebookLabelsMixin, account_forms.ReauthenticateForm):
    """The password, to confirm one's identity again."""


class SignInByCode(CasebookLabelsMixin, factor_forms.AuthenticateForm):
    """A code from the authenticator app, or a recovery code."""


class ProveByCode(CasebookLabelsMixin, factor_forms.ReauthenticateForm):
    """A code, to confirm one's identity again."""


class SetUpApp(CasebookLabelsMixin, totp_forms.ActivateTOTPForm):
    """The first code from the authenticator app."""


class AddPasskey(CasebookLabelsMixin, passkey_forms.AddWebAuthnForm):
    """The name of a passkey, and the credential that the browser created."""


class RenamePasskey(CasebookLabelsMixin, passkey_forms.EditWebAuthnForm):
    """The new name of a passkey."""


class AcceptInvitation(forms.Form):
    """What the invited person chooses."""

    full_name = LineField(
        label=_("Your name"),
        max_length=150,
        help_text=_("The name by which your colleagues at the desk know you."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    username = UsernameField(
        label=_("User name"),
        max_length=150,
        help_text=_("You sign in with it. Letters, digits and @ . + - _ only."),
        widget=forms.TextInput(attrs={"autocomplete": "username", **LATIN}),
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=HELP["password1"],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        uncut(self.fields["username"].widget)

    def clean_username(self) -> str:
        """A user name that Django accepts, and that looks like what it is and like no other account's."""
        name, accounts = self.cleaned_data["username"], get_user_model()
        accounts._meta.get_field("username").run_validators(name)
        if accounts._default_manager.filter(username__iexact=name).exists():
            raise ValidationError(_("This user name is taken."), code="taken")
        refuse_deceptive_name(name)
        return name

    def clean(self) -> dict[str, Any]:
        """The same password twice, accepted by the password validators."""
        cleaned = self.cleaned_data
        if "password1" in cleaned and "password2" in cleaned:
            if cleaned["password1"] != cleaned["password2"]:
                self.add_error(
                    "password2", ValidationError(_("The two passwords do not match."), code="differs")
                )
            account = get_user_model()(
                username=cleaned.get("username", ""),
                email=self.address,
                first_name=cleaned.get("full_name", ""),
            )
            try:
                password_validation.validate_password(cleaned["password1"], account)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class AccountForm(UserChangeForm):
    """The account at the desk: it gets no user name that could be taken for another."""

    def clean_username(self) -> str:
        """The user name, looked at where it is changed."""
        name: str = self.cleaned_data["username"]
        if "username" in self.changed_data:
            refuse_deceptive_name(name, of=self.instance)
        return name


class ChangeAddress(forms.Form):
    """A new email address for an account; refused as rules.why_not_request_address refuses."""

    address = MailField(
        label=_("New email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **LATIN}),
    )

    def __init__(self, *args: Any, account: Any, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account, self.by = account, by

    def clean_address(self) -> str:
        """One that the account has not, and nobody else either."""
        address = self.cleaned_data["address"]
        if refusal := rules.why_not_request_address(self.account, address, self.by):
            raise ValidationError(refusal.message, code=refusal.code)
        return address


class Invite(forms.ModelForm):
    """An address, roles and a language; asks rules.why_not_invite."""

    by: Any = None

    class Meta:
        model = Invitation
        fields = ("address", "roles", "language")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "language" in self.fields:
            cast(forms.ChoiceField, self.fields["language"]).choices = PageLanguage.choices
            self.initial.setdefault("language", get_language())

    def clean_address(self) -> str:
        """An address that has neither an account nor an open invitation."""
        address = self.cleaned_data["address"]
        if refusal := rules.why_not_invite(address, self.by):
            raise ValidationError(refusal.message, code=refusal.code)
        return address
