# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='when')),
                ('what', models.CharField(choices=[('signed_in', 'Signed in'), ('factor_failed', 'Second factor failed'), ('role_granted', 'Role given'), ('role_refused', 'Role refused'), ('role_withdrawn', 'Role taken away'), ('exported', 'Personal data taken out'), ('mass_mail', 'Mail to many let go'), ('erased', 'Account erased'), ('imported', 'Records imported from a file')], max_length=20, verbose_name='what')),
                ('actor_id', models.BigIntegerField(db_index=True, null=True, verbose_name='who')),
                ('subject_label', models.CharField(blank=True, db_collation='C', max_length=100, verbose_name='on what')),
                ('subject_id', models.BigIntegerField(null=True, verbose_name='number')),
                ('detail', models.CharField(blank=True, max_length=200, verbose_name='further')),
                ('origin', models.CharField(blank=True, db_collation='C', max_length=50, verbose_name='from where')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit list',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='PurgeRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(db_collation='C', max_length=60, verbose_name='rule')),
                ('before', models.DateTimeField(verbose_name='what is older than')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'purge',
                'verbose_name_plural': 'purges',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.CharField(db_collation='C', max_length=63, verbose_name='table')),
                ('key', models.CharField(db_collation='C', max_length=80, verbose_name='record')),
                ('parents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(db_collation='C', max_length=150), default=list, size=None, verbose_name='belongs to')),
                ('action', models.CharField(choices=[('INSERT', 'added'), ('UPDATE', 'changed'), ('DELETE', 'removed')], max_length=6, verbose_name='action')),
                ('old', models.JSONField(null=True, verbose_name='before')),
                ('new', models.JSONField(null=True, verbose_name='after')),
                ('actor_id', models.BigIntegerField(db_index=True, null=True, verbose_name='who')),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason')),
                ('request', models.CharField(blank=True, default='', max_length=60, verbose_name='request')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('transaction', models.BigIntegerField(verbose_name='transaction')),
            ],
            options={
                'verbose_name': 'change',
                'verbose_name_plural': 'changes',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['table_name', 'key', '-id'], name='history_of_record'), django.contrib.postgres.indexes.GinIndex(fields=['parents'], name='history_parents')],
            },
        ),
    ]
