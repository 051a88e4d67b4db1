from django.db import migrations

from directory.searched import Searched


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_search'),
        ('network', '0003_history'),
    ]

    operations = [
        Searched("MemberState"),
        Searched("Partner"),
        Searched("Programme"),
        Searched("Document"),
    ]
