# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('designated_sites', '0001_initial'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BiosphereReserve',
            fields=[
                ('designatedsite_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='designated_sites.designatedsite')),
                ('ecosystem', models.CharField(choices=[('temperate forest', 'Temperate forest'), ('boreal forest', 'Boreal forest'), ('subtropical forest', 'Subtropical forest'), ('tropical forest', 'Tropical forest'), ('grassland/steppe', 'Grassland, steppe'), ('desert', 'Desert'), ('mountain', 'Mountain'), ('wetland/lake', 'Wetland, lake'), ('coastal/marine/island', 'Coast, sea, island'), ('tundra', 'Tundra'), ('mixed', 'Mixed')], db_index=True, max_length=24, verbose_name='main ecosystem')),
                ('core_ha', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='core area, ha')),
                ('buffer_ha', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='buffer zone, ha')),
                ('transition_ha', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='transition area, ha')),
                ('extension_years', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='years of extension')),
                ('joint_reserve', models.ForeignKey(blank=True, limit_choices_to=models.Q(('state_codes__len__gt', 1)), null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='national_parts', to='reserves.biospherereserve', verbose_name='national part of')),
            ],
            options={
                'verbose_name': 'biosphere reserve',
                'verbose_name_plural': 'biosphere reserves',
            },
            bases=('designated_sites.designatedsite',),
        ),
        migrations.CreateModel(
            name='PeriodicReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year of the review')),
                ('due_override', models.DateField(blank=True, null=True, verbose_name='due date set by staff')),
                ('override_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for that date')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='report received')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided by the council')),
                ('outcome', models.CharField(blank=True, choices=[('', 'Not known'), ('meets', 'Meets the criteria'), ('does_not_meet', 'Does not meet the criteria'), ('more_information', 'More information requested'), ('withdrawal', 'Withdrawal')], default='', max_length=20, verbose_name='outcome')),
                ('public_source', models.URLField(blank=True, max_length=400, verbose_name='public text of the council')),
                ('deferred_until', models.DateField(blank=True, null=True, verbose_name='further information due')),
                ('information_received_on', models.DateField(blank=True, null=True, verbose_name='further information received')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.document', verbose_name='document')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='reserves.biospherereserve', verbose_name='biosphere reserve')),
            ],
            options={
                'verbose_name': 'periodic review',
                'verbose_name_plural': 'periodic reviews',
                'ordering': ['-year', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('core_ha', None), ('core_ha__gte', 0), _connector='OR'), models.Q(('buffer_ha', None), ('buffer_ha__gte', 0), _connector='OR'), models.Q(('transition_ha', None), ('transition_ha__gte', 0), _connector='OR')), name='reserves_biospherereserve_zones'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(('joint_reserve', models.F('designatedsite_ptr')), _negated=True), name='reserves_biospherereserve_not_its_own_part'),
        ),
        migrations.AddConstraint(
            model_name='periodicreview',
            constraint=models.UniqueConstraint(fields=('site', 'year'), name='reserves_periodicreview_once', violation_error_message='This review is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='periodicreview',
            constraint=models.CheckConstraint(condition=models.Q(('year__range', (1981, 2150))), name='reserves_periodicreview_year'),
        ),
        migrations.AddConstraint(
            model_name='periodicreview',
            constraint=models.CheckConstraint(condition=models.Q(('due_override', None), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='reserves_periodicreview_override_has_reason', violation_error_message='Say why the due date was set by hand.'),
        ),
        migrations.AddConstraint(
            model_name='periodicreview',
            constraint=models.CheckConstraint(condition=models.Q(('received_on', None), ('decided_on', None), ('decided_on__gte', models.F('received_on')), _connector='OR'), name='reserves_periodicreview_decided_after_report', violation_error_message='The council decides after the report was received.'),
        ),
    ]
