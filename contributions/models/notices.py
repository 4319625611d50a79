"""The mail preferences of moderators."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contributions.vocabulary import Notices
from publishing.fields.columns import in_vocabulary, vocabulary_field


class NoticePreference(models.Model):
    """How often a moderator wants mail about new contributions, and the time of the last mail."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("account")
    )
    notices = vocabulary_field(Notices, _("mail about proposals from the public"), default=Notices.DAILY)
    told_until = models.DateTimeField(_("told until"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("wish about notices")
        verbose_name_plural = _("wishes about notices")
        constraints = [in_vocabulary("notice_preference_is_in_vocabulary", "notices", Notices)]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.notices}"
