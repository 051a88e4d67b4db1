"""What the database keeps true by itself: member states, the history, stale search entries."""

from django.db import migrations

from records.mirror_states import MirrorStates
from search.track_search import TrackSearch
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("geoparks", "0001_initial"), ("history", "0002_database_rules"), ("search", "0002_database_rules")]

    operations = [
        MirrorStates("Geopark"),
        Track("Geopark", "GeoparkName", "GeoparkPhoto", "Revalidation"),
        TrackSearch("Geopark"),
        TrackSearch("GeoparkName", of="Geopark", column="site_id"),
    ]
