from django.db import migrations

from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("geoparks", "0002_member_states"), ("history", "0001_initial")]

    operations = [Track("Geopark", "GeoparkName", "GeoparkPhoto", "Revalidation")]
