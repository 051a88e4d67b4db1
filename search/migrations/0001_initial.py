# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import search.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StaleSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(db_collation='C', max_length=60)),
                ('object_id', models.CharField(db_collation='C', max_length=40)),
            ],
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
                ('words', search.fields.WordsField()),
                ('near', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
            ],
            options={
                'indexes': [models.Index(fields=['label', 'object_id'], name='search_entry_record'), models.Index(condition=models.Q(('key', ''), _negated=True), fields=['key'], name='search_entry_key'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='search_entry_words'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['near'], name='search_entry_near')],
            },
        ),
    ]
