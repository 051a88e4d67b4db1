# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('designated_sites', '0001_initial'),
        ('network', '0001_initial'),
        ('reserves', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Geopark',
            fields=[
                ('designatedsite_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='designated_sites.designatedsite')),
                ('geological_theme', models.CharField(blank=True, max_length=200, verbose_name='geological theme')),
                ('geological_theme_en', models.CharField(blank=True, max_length=200, null=True, verbose_name='geological theme')),
                ('geological_theme_zh_hans', models.CharField(blank=True, max_length=200, null=True, verbose_name='geological theme')),
                ('geological_theme_ja', models.CharField(blank=True, max_length=200, null=True, verbose_name='geological theme')),
                ('geological_theme_ko', models.CharField(blank=True, max_length=200, null=True, verbose_name='geological theme')),
                ('geological_theme_mn', models.CharField(blank=True, max_length=200, null=True, verbose_name='geological theme')),
                ('geological_theme_ru', models.CharField(blank=True, max_length=200, null=True, verbose_name='geological theme')),
                ('geological_theme_kk', models.CharField(blank=True, max_length=200, null=True, verbose_name='geological theme')),
                ('overlapping_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='overlapping reserves not in the directory')),
                ('overlapping_reserves', models.ManyToManyField(blank=True, related_name='overlapping_geoparks', to='reserves.biospherereserve', verbose_name='overlapping biosphere reserves')),
            ],
            options={
                'verbose_name': 'geopark',
                'verbose_name_plural': 'geoparks',
            },
            bases=('designated_sites.designatedsite',),
        ),
        migrations.CreateModel(
            name='Revalidation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year of the revalidation')),
                ('due_override', models.DateField(blank=True, null=True, verbose_name='due date set by staff')),
                ('override_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for that date')),
                ('summary_received_on', models.DateField(blank=True, null=True, verbose_name='one-page summary received')),
                ('report_received_on', models.DateField(blank=True, null=True, verbose_name='progress report received')),
                ('mission_on', models.DateField(blank=True, null=True, verbose_name='mission of the evaluators')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided')),
                ('card', models.CharField(blank=True, choices=[('', 'Not known'), ('green', 'Green card: four more years'), ('yellow', 'Yellow card: two years to put things right'), ('red', 'Red card: designation ends')], default='', max_length=8, verbose_name='card')),
                ('public_source', models.URLField(blank=True, max_length=400, verbose_name='public text of the council')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.document', verbose_name='document')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revalidations', to='geoparks.geopark', verbose_name='geopark')),
            ],
            options={
                'verbose_name': 'revalidation',
                'verbose_name_plural': 'revalidations',
                'ordering': ['-year', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('site', 'year'), name='geoparks_revalidation_once', violation_error_message='This revalidation is recorded already.'), models.CheckConstraint(condition=models.Q(('year__range', (2004, 2150))), name='geoparks_revalidation_year'), models.CheckConstraint(condition=models.Q(('due_override', None), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='geoparks_revalidation_override_has_reason', violation_error_message='Say why the due date was set by hand.'), models.CheckConstraint(condition=models.Q(('mission_on', None), ('decided_on', None), ('decided_on__gte', models.F('mission_on')), _connector='OR'), name='geoparks_revalidation_decided_after_mission', violation_error_message='The council decides after the mission.')],
            },
        ),
    ]
