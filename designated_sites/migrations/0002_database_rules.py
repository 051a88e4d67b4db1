"""What the database keeps true by itself: the history."""

from django.db import migrations

from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("designated_sites", "0001_initial"), ("history", "0002_database_rules")]

    operations = [
        Track("SiteRedirect", "NotADuplicate"),
    ]
