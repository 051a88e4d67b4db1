"""How places stood before an officer moved them, so that it can be undone; an event is no longer run in a room of its own."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_unconfirmed_holds'),
        ('notifications', '0003_faults'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlaceAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300, verbose_name='what was done')),
                ('by_id', models.BigIntegerField(blank=True, null=True, verbose_name='by')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('until', models.DateTimeField(verbose_name='can be undone until')),
                ('before', models.JSONField(default=dict, verbose_name='before')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='place_acts', to='events.event', verbose_name='event')),
                ('mailing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notifications.mailing', verbose_name='mailing')),
            ],
            options={
                'verbose_name': 'act on places',
                'verbose_name_plural': 'acts on places',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.DeleteModel(
            name='RunningEvent',
        ),
    ]
