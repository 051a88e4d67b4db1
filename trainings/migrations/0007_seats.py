"""Never more seats given than a class has, and no cap exceeded, whoever writes: the last guard behind the lock of the acts."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION trainings_check_seats(which bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  PERFORM 1 FROM trainings_training WHERE id = which FOR NO KEY UPDATE;
  SELECT c.id, c.seats, count(a.id) AS taken INTO wrong
  FROM trainings_seatclass c JOIN trainings_application a ON a.seat_class_id = c.id
  WHERE c.training_id = which AND a.state IN ('selected', 'confirmed', 'attended', 'no_show', 'completed')
  GROUP BY c.id, c.seats HAVING count(a.id) > c.seats LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'class % of training % has % seats, % are given', wrong.id, which, wrong.seats, wrong.taken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_application_seats', TABLE = 'trainings_application';
  END IF;
  SELECT c.id, c.most, count(a.id) AS taken INTO wrong
  FROM trainings_seatcap c JOIN trainings_application a ON a.training_id = c.training_id
    AND (a.member_state_id = c.member_state_id OR a.reserve_id = c.reserve_id OR a.geopark_id = c.geopark_id)
  WHERE c.training_id = which AND a.state IN ('selected', 'confirmed', 'attended', 'no_show', 'completed')
  GROUP BY c.id, c.most HAVING count(a.id) > c.most LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'cap % of training % allows %, % are given', wrong.id, which, wrong.most, wrong.taken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_application_caps', TABLE = 'trainings_application';
  END IF;
END $$;

CREATE FUNCTION trainings_application_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM trainings_check_seats(NEW.training_id);
  RETURN NULL;
END $$;

CREATE TRIGGER trainings_application_seats
  AFTER INSERT OR UPDATE OF state, seat_class_id, member_state_id, reserve_id, geopark_id, training_id ON trainings_application
  FOR EACH ROW WHEN (NEW.state IN ('selected', 'confirmed', 'attended', 'no_show', 'completed'))
  EXECUTE FUNCTION trainings_application_seats();

CREATE TRIGGER trainings_seatclass_seats AFTER UPDATE OF seats ON trainings_seatclass
  FOR EACH ROW WHEN (NEW.seats < OLD.seats) EXECUTE FUNCTION trainings_application_seats();

CREATE TRIGGER trainings_seatcap_seats AFTER INSERT OR UPDATE ON trainings_seatcap
  FOR EACH ROW EXECUTE FUNCTION trainings_application_seats();
"""
BACKWARD = """
DROP TRIGGER trainings_application_seats ON trainings_application;
DROP TRIGGER trainings_seatclass_seats ON trainings_seatclass;
DROP TRIGGER trainings_seatcap_seats ON trainings_seatcap;
DROP FUNCTION trainings_application_seats();
DROP FUNCTION trainings_check_seats(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0006_selection")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
