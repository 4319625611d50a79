"""What is stored against abuse; none of it identifies a person."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import refuse_invisible


class DailyKey(models.Model):
    """The random key of one day, with which senders are distinguished on that day; then it is deleted."""

    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("key of the day")
        verbose_name_plural = _("keys of the day")

    def __str__(self) -> str:
        return f"{self.day}"


class RateCounter(models.Model):
    """How often something was done in one period: by one sender, or by all."""

    of = models.CharField(max_length=100)
    begins_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("rate counter")
        verbose_name_plural = _("rate counters")
        constraints = [
            models.UniqueConstraint(fields=["of", "begins_at"], name="rate_counter_is_unique_for_each_period")
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.count}"


class UsedToken(models.Model):
    """The token of a form that was sent; kept until the token would have expired anyway."""

    token_digest = models.CharField(max_length=64)
    # What was sent with it; null only for those from before this column.
    contribution = models.ForeignKey(
        "contributions.Contribution", on_delete=models.CASCADE, null=True, related_name="+"
    )
    # Of all that was typed, so that the same form sent twice is told from another proposal.
    content_digest = models.CharField(max_length=64, blank=True, default="")
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("used token")
        verbose_name_plural = _("used tokens")
        constraints = [models.UniqueConstraint(fields=["token_digest"], name="token_is_used_once")]

    def __str__(self) -> str:
        return self.token_digest[:8]


class SenderBlockQuerySet(models.QuerySet):
    """Blocks of senders and accounts."""

    def at(self, now: datetime.datetime) -> Self:
        """Blocks that have not ended yet."""
        return self.filter(until__gt=now)


class SenderBlock(models.Model):
    """A sender, or an account, whose proposals are refused until a given time."""

    # As Contribution.sender: since the key changes every day, it matches the sender on one day only.
    sender = models.CharField(_("sender"), max_length=64, blank=True, default="")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    until = models.DateTimeField(_("until"))
    why = models.CharField(_("why"), max_length=300, validators=[refuse_invisible])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = SenderBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-until", "pk"]
        indexes = [models.Index(fields=["sender", "until"], name="door_is_the_sender_blocked")]
        constraints = [
            models.CheckConstraint(
                name="sender_block_is_of_a_sender_or_of_an_account",
                condition=models.Q(sender="", account__isnull=False)
                | (~models.Q(sender="") & models.Q(account=None)),
                violation_error_message=_("Pause a sender or an account, one of the two."),
            ),
            models.CheckConstraint(name="sender_block_says_why", condition=~models.Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.sender[:8] or self.account_id} until {self.until:%Y-%m-%d %H:%M}"


class BlockedWord(models.Model):
    """Words that no contribution may contain; compared without case, accents or vowel signs."""

    word = models.CharField(
        _("word"),
        max_length=100,
        unique=True,
        validators=[refuse_invisible],
        help_text=_("A word, or several in a row. Case, accents and vowel signs do not matter."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("blocked word")
        verbose_name_plural = _("blocked words")
        ordering = ["word"]
        constraints = [models.CheckConstraint(name="blocked_word_is_a_word", condition=~models.Q(word=""))]

    def __str__(self) -> str:
        return self.word


class BlockedHost(models.Model):
    """A site that no contribution may link to, with its subdomains."""

    host = models.CharField(
        _("site"),
        max_length=253,
        unique=True,
        validators=[refuse_invisible],
        help_text=_("As in its address, in small letters: spam.example. Whatever ends in it is blocked too."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("blocked site")
        verbose_name_plural = _("blocked sites")
        ordering = ["host"]
        constraints = [models.CheckConstraint(name="blocked_host_is_a_host", condition=~models.Q(host=""))]

    def __str__(self) -> str:
        return self.host
