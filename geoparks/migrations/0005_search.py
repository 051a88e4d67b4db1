from django.db import migrations

from directory.searched import Searched


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_search'),
        ('geoparks', '0004_point_whole_or_none'),
    ]

    operations = [
        Searched("Geopark"),
        Searched("GeoparkName", of="Geopark", column="site_id"),
    ]
