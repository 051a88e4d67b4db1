"""What the database keeps true by itself: member states, the history, stale search entries, and the key of requests for roles.

Accounts lie below the sites: their table of requests has the column, the sites make it a key.
"""

from django.db import migrations

from records.mirror_states import MirrorStates
from search.track_search import TrackSearch
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("designated_sites", "0001_initial"), ("history", "0002_database_rules"), ("search", "0002_database_rules")]

    operations = [
        migrations.RunSQL(
            """ALTER TABLE accounts_rolerequest ADD CONSTRAINT accounts_rolerequest_site_fk FOREIGN KEY (site_id)
                   REFERENCES designated_sites_designatedsite (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
               CREATE INDEX accounts_rolerequest_site ON accounts_rolerequest (site_id) WHERE site_id IS NOT NULL;""",
            """DROP INDEX accounts_rolerequest_site;
               ALTER TABLE accounts_rolerequest DROP CONSTRAINT accounts_rolerequest_site_fk;""",
        ),
        MirrorStates("DesignatedSite"),
        Track("DesignatedSite", "SiteName", "SitePhoto", "SiteRedirect", "NotADuplicate"),
        TrackSearch("DesignatedSite"),
        TrackSearch("SiteName", of="DesignatedSite", column="site_id"),
    ]
