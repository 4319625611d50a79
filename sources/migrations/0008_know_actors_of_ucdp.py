from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0020_let_readers_search_all_entries'),
        ('sources', '0007_index_claims_of_a_source_by_entry'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='externalid',
            name='external_id_scheme_is_in_vocabulary',
        ),
        migrations.AlterField(
            model_name='externalid',
            name='scheme',
            field=models.CharField(choices=[('pa_x', 'PA-X Peace Agreements'), ('eth_prio', 'ETH/PRIO Civil Conflict Ceasefires'), ('ucdp_agreement', 'UCDP Peace Agreements'), ('ucdp_conflict', 'UCDP conflicts'), ('ucdp_actor', 'UCDP actors'), ('pam', 'Peace Accords Matrix')], max_length=30, verbose_name='catalogue'),
        ),
        migrations.AddConstraint(
            model_name='externalid',
            constraint=models.CheckConstraint(condition=models.Q(('scheme__in', ['pa_x', 'eth_prio', 'ucdp_agreement', 'ucdp_conflict', 'ucdp_actor', 'pam'])), name='external_id_scheme_is_in_vocabulary', violation_error_message='That is not a value of this list.'),
        ),
    ]
