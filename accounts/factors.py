"""allauth.mfa, with names in the languages of the site."""

from allauth.mfa.apps import MFAConfig
from django.utils.translation import gettext_lazy as _


class FactorsConfig(MFAConfig):
    """Authenticator apps, passkeys and recovery codes."""

    verbose_name = _("Second factors")

    def ready(self) -> None:
        """Name the model too; the library has no Arabic or French names for it."""
        super().ready()
        factor = self.get_model("authenticator")._meta
        factor.verbose_name, factor.verbose_name_plural = _("second factor"), _("second factors")
