from django.db import migrations

from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("events", "0030_running"), ("history", "0001_initial")]

    operations = [Track("Material", "Survey", "SurveyQuestion")]
