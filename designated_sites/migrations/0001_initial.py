# The models as they stand; written anew until release 0.2.0, from then on only added to.

import typed_records.base
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
            name='DesignatedSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, help_text='One source per entry: an address, or the name of who published it.', size=None, verbose_name='sources')),
                ('published', models.BooleanField(default=True, help_text='Shown to the public.', verbose_name='published')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('site_type', typed_records.base.TypeField(choices=[('reserve', 'Biosphere reserve'), ('geopark', 'Geopark')], db_collation='C', editable=False, max_length=10, verbose_name='kind of site')),
                ('slug', models.SlugField(db_collation='C', max_length=80, verbose_name='address')),
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
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.person', verbose_name='confirmed by')),
                ('member_states', models.ManyToManyField(related_name='sites', to='network.memberstate', verbose_name='member states')),
            ],
            options={
                'verbose_name': 'designated site',
                'verbose_name_plural': 'designated sites',
                'ordering': ['name', 'slug', 'site_type'],
            },
        ),
        migrations.CreateModel(
            name='LinkedSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='site_links', to='accounts.person', verbose_name='person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_by', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'site of a person',
                'verbose_name_plural': 'sites of persons',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NotADuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='decided')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='designated_sites.designatedsite', verbose_name='one record')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='designated_sites.designatedsite', verbose_name='other record')),
            ],
            options={
                'verbose_name': 'pair of different sites',
                'verbose_name_plural': 'pairs of different sites',
                'ordering': ['first_id', 'second_id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SiteName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('kind', models.CharField(choices=[('official', 'Official name'), ('local', 'Name in the language of the place'), ('former', 'Former name'), ('romanised', 'Romanised name'), ('alias', 'Also known as')], default='alias', max_length=10, verbose_name='kind')),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('zh-Hans', '简体中文'), ('zh-Hant', '繁體中文'), ('ja', '日本語'), ('ko', '한국어'), ('ko-Hani', '漢字 (한국)'), ('mn', 'Монгол'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('fr', 'Français')], max_length=10, verbose_name='language')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'further name',
                'verbose_name_plural': 'further names',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SitePhoto',
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
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SiteProposal',
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
                ('proposer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='site_proposals', to='accounts.person', verbose_name='proposed by')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SiteRedirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reserve', 'Biosphere reserve'), ('geopark', 'Geopark')], editable=False, max_length=10, verbose_name='kind of site')),
                ('old_slug', models.SlugField(db_collation='C', max_length=80, verbose_name='old address')),
                ('former_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='number of the record merged')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redirects', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'redirect',
                'verbose_name_plural': 'redirects',
                'ordering': ['kind', 'old_slug'],
            },
        ),
        migrations.CreateModel(
            name='Stewardship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewardships', to='accounts.person', verbose_name='steward')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'steward',
                'verbose_name_plural': 'stewards',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='designatedsite',
            index=django.contrib.postgres.indexes.GinIndex(fields=['state_codes'], name='designatedsite_states'),
        ),
        migrations.AddIndex(
            model_name='designatedsite',
            index=django.contrib.postgres.indexes.GinIndex(fields=['other_designations'], name='designatedsite_desig'),
        ),
        migrations.AddConstraint(
            model_name='designatedsite',
            constraint=models.UniqueConstraint(fields=('site_type', 'slug'), name='designated_sites_designatedsite_slug_in_type'),
        ),
        migrations.AddConstraint(
            model_name='designatedsite',
            constraint=models.CheckConstraint(condition=models.Q(('site_type__in', ['reserve', 'geopark'])), name='designated_sites_designatedsite_type'),
        ),
        migrations.AddConstraint(
            model_name='designatedsite',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='designated_sites_designatedsite_point', violation_error_message='Give latitude (-90 to 90) and longitude (-180 to 180) together, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='designatedsite',
            constraint=models.CheckConstraint(condition=models.Q(('area_ha', None), ('area_ha__gt', 0), _connector='OR'), name='designated_sites_designatedsite_area'),
        ),
        migrations.AddConstraint(
            model_name='designatedsite',
            constraint=models.CheckConstraint(condition=models.Q(('designation_year', None), ('designation_year__range', (1971, 2100)), _connector='OR'), name='designated_sites_designatedsite_year'),
        ),
        migrations.AddConstraint(
            model_name='designatedsite',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'designated'), _negated=True), ('designation_year__isnull', False), _connector='OR'), name='designated_sites_designatedsite_designated_has_year', violation_error_message='A designated site has a year of designation.'),
        ),
        migrations.AddConstraint(
            model_name='designatedsite',
            constraint=models.CheckConstraint(condition=models.Q(('other_designations__contained_by', ['world_heritage', 'global_geopark', 'biosphere_reserve', 'ramsar'])), name='designated_sites_designatedsite_designations'),
        ),
        migrations.AddConstraint(
            model_name='linkedsite',
            constraint=models.UniqueConstraint(fields=('person', 'site'), name='designated_sites_linkedsite_once'),
        ),
        migrations.AddConstraint(
            model_name='notaduplicate',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='designated_sites_not_a_duplicate_once'),
        ),
        migrations.AddConstraint(
            model_name='notaduplicate',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='designated_sites_not_a_duplicate_order'),
        ),
        migrations.AddConstraint(
            model_name='sitename',
            constraint=models.UniqueConstraint(fields=('site', 'name', 'kind', 'language'), name='designated_sites_sitename_once', violation_error_message='The site has this name already.'),
        ),
        migrations.AddConstraint(
            model_name='siteproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'open'))), fields=('site', 'proposer'), name='designated_sites_siteproposal_one_at_a_time', violation_error_message='A proposal of yours for this site waits already.'),
        ),
        migrations.AddConstraint(
            model_name='siteredirect',
            constraint=models.UniqueConstraint(fields=('kind', 'old_slug'), name='designated_sites_redirect_once'),
        ),
        migrations.AddConstraint(
            model_name='stewardship',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('site', 'person'), name='designated_sites_stewardship_once', violation_error_message='The person is steward of this site already.'),
        ),
    ]
