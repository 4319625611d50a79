"""The ages and counts of all texts that were published before these were kept."""

from typing import Any

from django.db import migrations

from publishing.translations.staleness import PastRevision
from publishing.translations.staleness import count_translations
from publishing.translations.staleness import ages_from_history

LANGUAGES = ("en", "ar", "fr")


def age(apps: Any, schema_editor: Any) -> None:
    """Play every entry's revisions again; the functions called know snapshots, and no models."""
    alias = schema_editor.connection.alias
    for entry in apps.get_model("publishing", "Entry").objects.using(alias).order_by("pk").iterator(chunk_size=200):
        _age(apps, alias, entry)


def _age(apps: Any, alias: str, entry: Any) -> None:
    revisions = apps.get_model("publishing", "Revision").objects.using(alias).filter(entry=entry)
    at = dict(revisions.values_list("number", "created_at"))
    if not at:
        return
    ages = ages_from_history(PastRevision(one.number, one.snapshot, one.change_class) for one in revisions.order_by("number"))
    apps.get_model("publishing", "TextAges").objects.using(alias).create(entry=entry, ages=ages)
    translation = apps.get_model("publishing", "Translation")
    for language in LANGUAGES:
        count = count_translations(ages, language)
        translation.objects.using(alias).create(
            entry=entry,
            language=language,
            missing=count.missing,
            stale=count.stale,
            done=count.done,
            stale_since=at.get(count.stale_since),
        )


def forget(apps: Any, schema_editor: Any) -> None:
    """Take them away; they follow from the revisions."""
    alias = schema_editor.connection.alias
    for name in ("Translation", "TextAges"):
        apps.get_model("publishing", name).objects.using(alias).all().delete()


class Migration(migrations.Migration):
    """Age the texts."""

    dependencies = [("publishing", "0004_keep_how_old_each_text_is")]
    operations = [migrations.RunPython(age, forget)]
