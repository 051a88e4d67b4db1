from django.db import migrations

from directory.searched import Searched


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_search'),
        ('events', '0003_history'),
    ]

    operations = [
        Searched("Event"),
    ]
