from django.db import migrations, models

import events.models


def give_tokens(apps, schema_editor):
    registration = apps.get_model("events", "Registration")
    for one in registration.objects.filter(join_token=None).iterator():
        one.join_token = events.models.new_token()
        one.save(update_fields=["join_token"])


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0004_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="sequence",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="times moved or cancelled"),
        ),
        migrations.AddField(
            model_name="registration",
            name="join_token",
            field=models.CharField(db_collation="C", max_length=40, null=True, editable=False, verbose_name="token of the join address"),
        ),
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="registration",
            name="join_token",
            field=models.CharField(db_collation="C", default=events.models.new_token, editable=False, max_length=40, unique=True, verbose_name="token of the join address"),
        ),
    ]
