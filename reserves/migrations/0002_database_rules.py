"""What the database keeps true by itself: the history, stale search entries, no site without what its type tells."""

from django.db import migrations

from directory.child_rows import RequireChild
from directory.searched import Searched
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("reserves", "0001_initial"), ("designated_sites", "0002_database_rules")]

    operations = [
        Track("BiosphereReserve", "PeriodicReview"),
        Searched("BiosphereReserve", of="designated_sites.DesignatedSite"),
        RequireChild("BiosphereReserve", "reserve"),
    ]
