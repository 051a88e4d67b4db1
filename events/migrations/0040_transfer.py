from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0031_history_of_running")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="agrees_to_transfer",
            field=models.BooleanField(default=False, editable=False, verbose_name="ticked that data may be passed on"),
        ),
    ]
