"""The function of the trigger that notes which search entries are stale."""

from django.db import migrations

from ..track_search import FUNCTION, NO_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, NO_FUNCTION),
    ]
