"""The function of the trigger that keeps every change of a record."""

from django.db import migrations

from history.triggers import FUNCTION, NO_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, NO_FUNCTION),
    ]
