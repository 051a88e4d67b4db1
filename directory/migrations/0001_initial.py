# The models as they stand; written anew until release 0.2.0, from then on only added to.

import directory.search_fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SheetUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('officer_id', models.BigIntegerField(db_index=True, verbose_name='who')),
                ('label', models.CharField(db_collation='C', max_length=60, verbose_name='kind of record')),
                ('name', models.CharField(max_length=150, verbose_name='file')),
                ('content', models.BinaryField(verbose_name='content')),
                ('encoding', models.CharField(blank=True, max_length=20, verbose_name='read as')),
                ('shown', models.JSONField(default=dict, verbose_name='what was shown')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='uploaded')),
                ('done_at', models.DateTimeField(null=True, verbose_name='imported')),
            ],
            options={
                'verbose_name': 'uploaded sheet',
                'verbose_name_plural': 'uploaded sheets',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StaleSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(db_collation='C', max_length=60)),
                ('object_id', models.CharField(db_collation='C', max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='LoadedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(db_collation='C', max_length=60, verbose_name='data file')),
                ('key', models.CharField(db_collation='C', max_length=120, verbose_name='row')),
                ('values', models.JSONField(verbose_name='values as loaded')),
                ('loaded_at', models.DateTimeField(auto_now=True, verbose_name='loaded')),
            ],
            options={
                'verbose_name': 'loaded row',
                'verbose_name_plural': 'loaded rows',
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='directory_loadedrow_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(db_collation='C', max_length=60)),
                ('object_id', models.CharField(db_collation='C', max_length=40)),
                ('place', models.SmallIntegerField(choices=[(0, 'the name the portal uses'), (1, 'a further name'), (2, 'all names and texts together')])),
                ('public', models.BooleanField()),
                ('name', models.CharField(blank=True, max_length=250)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('key', models.CharField(blank=True, db_collation='C', max_length=250)),
                ('words', directory.search_fields.WordsField()),
                ('near', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
            ],
            options={
                'indexes': [models.Index(fields=['label', 'object_id'], name='directory_search_record'), models.Index(condition=models.Q(('key', ''), _negated=True), fields=['key'], name='directory_search_key'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='directory_search_words'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['near'], name='directory_search_near')],
            },
        ),
    ]
