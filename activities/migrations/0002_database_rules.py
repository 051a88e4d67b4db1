"""What the database keeps true by itself: member states, the history, stale search entries."""

from django.db import migrations

from directory.mirrored_states import MirrorStates
from directory.searched import Searched
from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial"), ("history", "0002_database_rules"), ("directory", "0002_database_rules")]

    operations = [
        MirrorStates("Activity"),
        Track("Activity", "Involvement", "ActivitySite", "Postponement", "Session", "JoinLink", "Material"),
        Searched("Activity"),
    ]
