"""What the database keeps true by itself: member states, the history, stale search entries."""

from django.db import migrations

from directory.mirrored_states import MirrorStates
from directory.searched import Searched
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("geoparks", "0001_initial"), ("history", "0002_database_rules"), ("directory", "0002_database_rules")]

    operations = [
        MirrorStates("Geopark"),
        Track("Geopark", "GeoparkName", "GeoparkPhoto", "Revalidation"),
        Searched("Geopark"),
        Searched("GeoparkName", of="Geopark", column="site_id"),
    ]
