"""Let new editors practise with a draft that is never published."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0022_let_editors_talk_about_fields'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='is_practice',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('is_practice', False), models.Q(('base__isnull', True), ('revision__isnull', True), ('state', 'draft')), _connector='OR'), name='practice_stays_a_draft'),
        ),
    ]
