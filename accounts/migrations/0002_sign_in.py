"""Since when an address is as it is, when all sessions were last ended, and a row of allauth's for the address of each account.

The database itself keeps `address_since`: whoever writes, a role given before was given to another address.
"""

from django.db import migrations, models

SINCE = """
CREATE FUNCTION accounts_address_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.address_since := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_address_since BEFORE UPDATE OF email ON accounts_person FOR EACH ROW
    WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION accounts_address_since();
"""
NO_SINCE = """
DROP TRIGGER accounts_address_since ON accounts_person;
DROP FUNCTION accounts_address_since();
"""
# An account made by hand had none: a code that was asked for proved nothing.
ADDRESSES = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT id, email, false, true FROM accounts_user
 WHERE NOT EXISTS (SELECT 1 FROM account_emailaddress WHERE account_emailaddress.user_id = accounts_user.id)
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="address_since",
            field=models.DateTimeField(editable=False, null=True, verbose_name="address changed"),
        ),
        migrations.AddField(
            model_name="user",
            name="sessions_ended_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="all sessions ended"),
        ),
        migrations.RunSQL(SINCE, NO_SINCE),
        migrations.RunSQL(ADDRESSES, migrations.RunSQL.noop),
    ]
