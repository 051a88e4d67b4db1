# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('network', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BiosphereReserve',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, help_text='One source per entry: an address, or the name of who published it.', size=None, verbose_name='sources')),
                ('published', models.BooleanField(default=True, help_text='Shown to the public.', verbose_name='published')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('slug', models.SlugField(db_collation='C', max_length=80, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('state_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, editable=False, size=None)),
                ('status', models.CharField(choices=[('designated', 'Designated'), ('aspiring', 'Aspiring'), ('withdrawn', 'Withdrawn')], db_index=True, default='designated', max_length=12, verbose_name='status')),
                ('designation_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1971), django.core.validators.MaxValueValidator(2100)], verbose_name='year of designation')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=9, null=True, verbose_name='longitude')),
                ('accuracy_km', models.PositiveSmallIntegerField(blank=True, help_text='How far off the point may be.', null=True, verbose_name='accuracy of the point, km')),
                ('area_ha', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='total area, ha')),
                ('admin_region', models.CharField(blank=True, max_length=200, verbose_name='region')),
                ('admin_region_en', models.CharField(blank=True, max_length=200, null=True, verbose_name='region')),
                ('admin_region_zh_hans', models.CharField(blank=True, max_length=200, null=True, verbose_name='region')),
                ('admin_region_ja', models.CharField(blank=True, max_length=200, null=True, verbose_name='region')),
                ('admin_region_ko', models.CharField(blank=True, max_length=200, null=True, verbose_name='region')),
                ('admin_region_mn', models.CharField(blank=True, max_length=200, null=True, verbose_name='region')),
                ('admin_region_ru', models.CharField(blank=True, max_length=200, null=True, verbose_name='region')),
                ('admin_region_kk', models.CharField(blank=True, max_length=200, null=True, verbose_name='region')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_zh_hans', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_ja', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_ko', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_mn', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_ru', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_kk', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('other_designations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('world_heritage', 'World Heritage'), ('global_geopark', 'UNESCO Global Geopark'), ('biosphere_reserve', 'Biosphere reserve'), ('ramsar', 'Ramsar site')], max_length=20), blank=True, default=list, size=None, verbose_name='other designations')),
                ('website', models.URLField(blank=True, max_length=400, verbose_name='website of the site')),
                ('unesco_url', models.URLField(blank=True, max_length=400, verbose_name='page at UNESCO')),
                ('confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], default='medium', max_length=8, verbose_name='confidence')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='last confirmed')),
                ('ecosystem', models.CharField(choices=[('temperate forest', 'Temperate forest'), ('boreal forest', 'Boreal forest'), ('subtropical forest', 'Subtropical forest'), ('tropical forest', 'Tropical forest'), ('grassland/steppe', 'Grassland, steppe'), ('desert', 'Desert'), ('mountain', 'Mountain'), ('wetland/lake', 'Wetland, lake'), ('coastal/marine/island', 'Coast, sea, island'), ('tundra', 'Tundra'), ('mixed', 'Mixed')], db_index=True, max_length=24, verbose_name='main ecosystem')),
                ('core_ha', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='core area, ha')),
                ('buffer_ha', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='buffer zone, ha')),
                ('transition_ha', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='transition area, ha')),
                ('extension_years', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='years of extension')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.person', verbose_name='confirmed by')),
                ('joint_reserve', models.ForeignKey(blank=True, limit_choices_to=models.Q(('state_codes__len__gt', 1)), null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='national_parts', to='reserves.biospherereserve', verbose_name='national part of')),
                ('member_states', models.ManyToManyField(related_name='%(class)ss', to='network.memberstate', verbose_name='member states')),
            ],
            options={
                'verbose_name': 'biosphere reserve',
                'verbose_name_plural': 'biosphere reserves',
                'ordering': ['name', 'pk'],
                'abstract': False,
            },
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
        migrations.CreateModel(
            name='ReserveName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('kind', models.CharField(choices=[('official', 'Official name'), ('local', 'Name in the language of the place'), ('former', 'Former name'), ('romanised', 'Romanised name'), ('alias', 'Also known as')], default='alias', max_length=10, verbose_name='kind')),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('zh-Hans', '简体中文'), ('zh-Hant', '繁體中文'), ('ja', '日本語'), ('ko', '한국어'), ('ko-Hani', '漢字 (한국)'), ('mn', 'Монгол'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('fr', 'Français')], max_length=10, verbose_name='language')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='reserves.biospherereserve', verbose_name='biosphere reserve')),
            ],
            options={
                'verbose_name': 'further name',
                'verbose_name_plural': 'further names',
                'ordering': ['order', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReservePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ImageField(upload_to='photos/', verbose_name='picture')),
                ('alt', models.CharField(max_length=300, verbose_name='description for those who cannot see it')),
                ('credit', models.CharField(max_length=200, verbose_name='photographer or owner')),
                ('licence', models.CharField(help_text='For example CC BY 4.0, or “used with permission”.', max_length=120, verbose_name='licence')),
                ('taken_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year taken')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('width', models.PositiveIntegerField(default=0, editable=False)),
                ('height', models.PositiveIntegerField(default=0, editable=False)),
                ('widths', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), default=list, editable=False, size=None)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='reserves.biospherereserve', verbose_name='biosphere reserve')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ['order', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReserveProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', models.JSONField(verbose_name='values seen')),
                ('changes', models.JSONField(verbose_name='values proposed')),
                ('decisions', models.JSONField(blank=True, default=dict, verbose_name='decisions by field')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Waiting for a decision'), ('decided', 'Decided'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='begun')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('proposer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='accounts.person', verbose_name='proposed by')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='reserves.biospherereserve', verbose_name='biosphere reserve')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['-created_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReserveSteward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='accounts.person', verbose_name='steward')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='reserves.biospherereserve', verbose_name='biosphere reserve')),
            ],
            options={
                'verbose_name': 'steward',
                'verbose_name_plural': 'stewards',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='biospherereserve',
            index=django.contrib.postgres.indexes.GinIndex(fields=['state_codes'], name='biospherereserve_states'),
        ),
        migrations.AddIndex(
            model_name='biospherereserve',
            index=django.contrib.postgres.indexes.GinIndex(fields=['other_designations'], name='biospherereserve_desig'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='reserves_biospherereserve_point', violation_error_message='Give latitude (-90 to 90) and longitude (-180 to 180) together, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(('area_ha', None), ('area_ha__gt', 0), _connector='OR'), name='reserves_biospherereserve_area'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(('designation_year', None), ('designation_year__range', (1971, 2100)), _connector='OR'), name='reserves_biospherereserve_year'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'designated'), _negated=True), ('designation_year__isnull', False), _connector='OR'), name='reserves_biospherereserve_designated_has_year', violation_error_message='A designated site has a year of designation.'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(('other_designations__contained_by', ['world_heritage', 'global_geopark', 'biosphere_reserve', 'ramsar'])), name='reserves_biospherereserve_designations'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('core_ha', None), ('core_ha__gte', 0), _connector='OR'), models.Q(('buffer_ha', None), ('buffer_ha__gte', 0), _connector='OR'), models.Q(('transition_ha', None), ('transition_ha__gte', 0), _connector='OR')), name='reserves_biospherereserve_zones'),
        ),
        migrations.AddConstraint(
            model_name='biospherereserve',
            constraint=models.CheckConstraint(condition=models.Q(('joint_reserve', models.F('id')), _negated=True), name='reserves_biospherereserve_not_its_own_part'),
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
        migrations.AddConstraint(
            model_name='reservename',
            constraint=models.UniqueConstraint(fields=('site', 'name', 'kind', 'language'), name='reserves_reservename_once', violation_error_message='The site has this name already.'),
        ),
        migrations.AddConstraint(
            model_name='reserveproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'open'))), fields=('site', 'proposer'), name='reserves_reserveproposal_one_at_a_time', violation_error_message='A proposal of yours for this site waits already.'),
        ),
        migrations.AddConstraint(
            model_name='reservesteward',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('site', 'person'), name='reserves_reservesteward_once', violation_error_message='The person is steward of this site already.'),
        ),
    ]
