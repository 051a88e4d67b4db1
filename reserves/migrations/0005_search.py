from django.db import migrations

from directory.searched import Searched


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_search'),
        ('reserves', '0004_point_whole_or_none'),
    ]

    operations = [
        Searched("BiosphereReserve"),
        Searched("ReserveName", of="BiosphereReserve", column="site_id"),
    ]
