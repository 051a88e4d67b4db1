"""What the database keeps true by itself: member states of partners, the history, stale search entries."""

from django.db import migrations

from records.mirror_states import MirrorStates
from search.track_search import TrackSearch
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial"), ("history", "0002_database_rules"), ("search", "0002_database_rules")]

    operations = [
        MirrorStates("Partner"),
        Track("MemberState", "Partner", "Programme", "ProgrammePartner", "Document"),
        TrackSearch("MemberState"),
        TrackSearch("Partner"),
        TrackSearch("Programme"),
        TrackSearch("Document"),
    ]
