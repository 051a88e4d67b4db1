"""Announcements are kept in the history, so that one which was deleted can be brought back."""

from django.db import migrations

from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_initial"),
        ("history", "0002_database_rules"),
    ]

    operations = [Track("Announcement")]
