"""A donor report stays as it was handed over, whoever writes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION trainings_donorreport_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'donor report % is frozen', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_donorreport_frozen', TABLE = 'trainings_donorreport';
END $$;

CREATE TRIGGER trainings_donorreport_frozen BEFORE UPDATE OR DELETE ON trainings_donorreport
  FOR EACH ROW EXECUTE FUNCTION trainings_donorreport_frozen();
"""
BACKWARD = """
DROP TRIGGER trainings_donorreport_frozen ON trainings_donorreport;
DROP FUNCTION trainings_donorreport_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0040_donor_report")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
