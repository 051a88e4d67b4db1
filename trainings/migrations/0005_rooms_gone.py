"""Trainings are run, and certificates given, in the hub of each: no rooms of their own any more."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('trainings', '0004_held_decisions'),
    ]

    operations = [
        migrations.DeleteModel(
            name='CertifyingEvent',
        ),
        migrations.DeleteModel(
            name='RunningTraining',
        ),
    ]
