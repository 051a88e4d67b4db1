# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteRedirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reserve', 'Biosphere reserve'), ('geopark', 'Geopark')], max_length=10, verbose_name='kind of site')),
                ('old_slug', models.SlugField(db_collation='C', max_length=80, verbose_name='old address')),
                ('new_slug', models.SlugField(db_collation='C', max_length=80, verbose_name='present address')),
                ('former_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='number of the record merged')),
            ],
            options={
                'verbose_name': 'redirect',
                'verbose_name_plural': 'redirects',
                'ordering': ['kind', 'old_slug'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'old_slug'), name='designated_sites_redirect_once'), models.CheckConstraint(condition=models.Q(('old_slug', models.F('new_slug')), _negated=True), name='designated_sites_redirect_elsewhere')],
            },
        ),
        migrations.CreateModel(
            name='NotADuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reserve', 'Biosphere reserve'), ('geopark', 'Geopark')], max_length=10, verbose_name='kind of site')),
                ('first_id', models.BigIntegerField(verbose_name='one record')),
                ('second_id', models.BigIntegerField(verbose_name='other record')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='decided')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
            ],
            options={
                'verbose_name': 'pair of different sites',
                'verbose_name_plural': 'pairs of different sites',
                'ordering': ['kind', 'first_id', 'second_id'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('kind', 'first_id', 'second_id'), name='designated_sites_not_a_duplicate_once'), models.CheckConstraint(condition=models.Q(('first_id__lt', models.F('second_id'))), name='designated_sites_not_a_duplicate_order')],
            },
        ),
    ]
