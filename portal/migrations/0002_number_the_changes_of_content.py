from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0001_pages'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
    ]
