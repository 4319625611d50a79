"""What is stored of the site's own pages."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import prose
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.models import Entry
from publishing.models.entry_lists import EntryQuerySet


class Page(Entry):
    """A page about the casebook itself: home, about."""

    FIELD_POLICY = FieldPolicy(editors=("summary", "body"), internal=("position",))
    SUMMARY = "summary"
    PUBLIC_ACCESS = PublicAccess.NOTHING
    SEARCH_WEIGHT = 0.4
    PAGE = "portal:page"
    LIST_PAGE = ""
    IS_IN_LATEST_CHANGES = True
    # The slug of the page that is shown on the front page.
    HOME = "home"

    summary = prose(_("summary"))
    body = prose(_("text"), help_text=_("Markdown."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]

    @classmethod
    def address(cls, slug: str) -> str:
        """The page named home is the front page."""
        return reverse("portal:home") if slug == cls.HOME else super().address(slug)


class ContentChange(models.Model):
    """The number of a transaction that wrote to what pages show (portal/page_cache/changes.py)."""

    def __str__(self) -> str:
        return str(self.pk)
