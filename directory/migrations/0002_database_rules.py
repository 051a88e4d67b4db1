"""The function of the trigger that notes which search entries are stale."""

from django.db import migrations

from directory.searched import FUNCTION, NO_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, NO_FUNCTION),
    ]
