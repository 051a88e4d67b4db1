"""What the database keeps true by itself: the history, stale search entries, no site without what its type tells."""

from django.db import migrations

from typed_records.child_rows import RequireChild
from search.track_search import TrackSearch
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("geoparks", "0001_initial"), ("designated_sites", "0002_database_rules")]

    operations = [
        Track("Geopark", "Revalidation"),
        TrackSearch("Geopark", of="designated_sites.DesignatedSite"),
        RequireChild("Geopark", "geopark"),
    ]
