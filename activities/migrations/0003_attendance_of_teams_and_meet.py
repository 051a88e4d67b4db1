from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_database_rules")]

    operations = [
        migrations.AlterField(
            model_name="attendancefile",
            name="provider",
            field=models.CharField(
                choices=[
                    ("zoom", "Zoom"), ("voov", "Tencent Meeting (VooV)"), ("teams", "Microsoft Teams"), ("meet", "Google Meet"),
                    ("sheet", "Sheet with minutes"), ("signed", "Signed on site"),
                ],
                max_length=10,
                verbose_name="from",
            ),
        ),
    ]
