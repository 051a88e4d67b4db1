# The models as they stand; written anew until release 0.2.0, from then on only added to.

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
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='record_import_loadedrow_once')],
            },
        ),
    ]
