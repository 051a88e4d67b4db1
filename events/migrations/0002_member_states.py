from django.db import migrations

from directory.mirrored_states import MirrorStates


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [MirrorStates("Event")]
