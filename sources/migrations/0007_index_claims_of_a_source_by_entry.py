from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0006_name_publishers_in_each_language'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['source', 'entry', 'position'], name='source_page_by_entry'),
        ),
    ]
