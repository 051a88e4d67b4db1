from django.db import migrations

from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("designated_sites", "0001_initial"), ("history", "0001_initial")]

    operations = [Track("SiteRedirect")]
