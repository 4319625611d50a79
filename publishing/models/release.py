"""Releases: what was published up to one revision, as files that others keep and cite."""

from typing import Self

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.revision import Revision

# As doi.org has it, without its address.
DOI = RegexValidator(r"\A10\.[0-9]{4,9}/[!-~]{1,200}\Z", _("Enter the DOI as in 10.5281/zenodo.1234567."))
ADDRESS = URLValidator(schemes=["https", "http"])


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases, as pages and commands ask for them."""

    def before(self, until: int) -> Self:
        """Those of what was published before the revision with that key."""
        return self.filter(until_id__lt=until)


class Release(models.Model):
    """One release, listed for ever; only its DOI and the address of its files are added later."""

    version = models.CharField(_("version"), max_length=40, unique=True)
    # The newest revision in it: what it holds is what was public then.
    until = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField(_("recorded on"))
    revisions = models.PositiveIntegerField(_("revisions"))
    entries = models.PositiveIntegerField(_("entries"))
    # Since the release before it.
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    retracted = models.PositiveIntegerField(default=0)
    head = models.CharField(_("head of the chain"), max_length=64, unique=True)
    content = models.CharField(_("digest of all snapshots"), max_length=64)
    manifest = models.CharField(_("SHA-256 of the manifest"), max_length=64)
    doi = models.CharField(_("DOI"), max_length=220, blank=True, default="", validators=[DOI])
    files = models.URLField(
        _("address of the files"), max_length=500, blank=True, default="", validators=[ADDRESS]
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-until_id"]
        constraints = [
            models.CheckConstraint(name="release_has_a_version", condition=~models.Q(version="")),
        ]

    def __str__(self) -> str:
        return self.version
