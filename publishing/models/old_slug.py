"""The former addresses of entries."""

from django.db import models

from publishing.models.entry import Entry


class OldSlug(models.Model):
    """A former address of an entry; it always leads to the entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="old_slugs")
    kind = models.CharField(max_length=30)
    slug = models.SlugField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="old_slug_leads_to_one_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
