"""Unsaved typing is called an autosave of a form, and forms and lists are found by their keys and names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rename; no row changes."""

    dependencies = [("publishing", "0006_let_decisions_be_taken_back")]
    operations = [
        migrations.RemoveConstraint("typing", "typing_is_kept_once_for_each_form"),
        migrations.RemoveConstraint("presence", "presence_is_noted_once_for_each_form"),
        migrations.RemoveConstraint("savedfilter", "saved_filter_has_its_own_name"),
        migrations.RemoveIndex("presence", "form_who_else_is_here"),
        migrations.RenameModel("Typing", "FormAutosave"),
        migrations.RenameField("formautosave", "place", "form_key"),
        migrations.RenameField("presence", "place", "form_key"),
        migrations.RenameField("savedfilter", "place", "list_name"),
        migrations.AddConstraint(
            "formautosave",
            models.UniqueConstraint(fields=["by", "form_key"], name="autosave_is_unique_for_person_and_form"),
        ),
        migrations.AddConstraint(
            "presence",
            models.UniqueConstraint(fields=["by", "form_key"], name="presence_is_unique_for_person_and_form"),
        ),
        migrations.AddConstraint(
            "savedfilter",
            models.UniqueConstraint(fields=["by", "list_name", "name"], name="saved_filter_has_its_own_name"),
        ),
        migrations.AddIndex(
            "presence", models.Index(fields=["form_key", "seen_at"], name="form_who_else_is_here")
        ),
    ]
