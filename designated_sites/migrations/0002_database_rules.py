"""What the database keeps true by itself: member states, the history, stale search entries."""

from django.db import migrations

from records.mirror_states import MirrorStates
from search.track_search import TrackSearch
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("designated_sites", "0001_initial"), ("history", "0002_database_rules"), ("search", "0002_database_rules")]

    operations = [
        MirrorStates("DesignatedSite"),
        Track("DesignatedSite", "SiteName", "SitePhoto", "SiteRedirect", "NotADuplicate"),
        TrackSearch("DesignatedSite"),
        TrackSearch("SiteName", of="DesignatedSite", column="site_id"),
    ]
