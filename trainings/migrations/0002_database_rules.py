"""What the database keeps true by itself: both rows of a training, the history, stale search entries, seats, reports, questions."""

from django.db import migrations

from typed_records.child_rows import RequireChild
from search.track_search import TrackSearch
from history.triggers import Track

# Never more seats given than a class has, and no cap exceeded, whoever writes: the last guard behind the lock of the acts.
SEATS = """
CREATE FUNCTION trainings_check_seats(which bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  PERFORM 1 FROM activities_activity WHERE id = which FOR NO KEY UPDATE;
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
    AND (a.member_state_id = c.member_state_id OR a.site_id = c.site_id)
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
  AFTER INSERT OR UPDATE OF state, seat_class_id, member_state_id, site_id, training_id ON trainings_application
  FOR EACH ROW WHEN (NEW.state IN ('selected', 'confirmed', 'attended', 'no_show', 'completed'))
  EXECUTE FUNCTION trainings_application_seats();

CREATE TRIGGER trainings_seatclass_seats AFTER UPDATE OF seats ON trainings_seatclass
  FOR EACH ROW WHEN (NEW.seats < OLD.seats) EXECUTE FUNCTION trainings_application_seats();

CREATE TRIGGER trainings_seatcap_seats AFTER INSERT OR UPDATE ON trainings_seatcap
  FOR EACH ROW EXECUTE FUNCTION trainings_application_seats();
"""
NO_SEATS = """
DROP TRIGGER trainings_application_seats ON trainings_application;
DROP TRIGGER trainings_seatclass_seats ON trainings_seatclass;
DROP TRIGGER trainings_seatcap_seats ON trainings_seatcap;
DROP FUNCTION trainings_application_seats();
DROP FUNCTION trainings_check_seats(bigint);
"""

# A donor report stays as it was handed over, whoever writes.
FROZEN = """
CREATE FUNCTION trainings_donorreport_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'donor report % is frozen', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_donorreport_frozen', TABLE = 'trainings_donorreport';
END $$;

CREATE TRIGGER trainings_donorreport_frozen BEFORE UPDATE OR DELETE ON trainings_donorreport
  FOR EACH ROW EXECUTE FUNCTION trainings_donorreport_frozen();
"""
NOT_FROZEN = """
DROP TRIGGER trainings_donorreport_frozen ON trainings_donorreport;
DROP FUNCTION trainings_donorreport_frozen();
"""

# A question that has been answered keeps its code, its kind and its form, and is not deleted, whoever writes: answers are
# kept under codes. The last guard behind the words of the officer's form.
ANSWERED = """
CREATE FUNCTION trainings_question_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.code = OLD.code AND NEW.kind = OLD.kind AND NEW.follow_up = OLD.follow_up
     AND NEW.training_id = OLD.training_id THEN
    RETURN NEW;
  END IF;
  IF EXISTS (
    SELECT 1 FROM trainings_application a WHERE a.training_id = OLD.training_id
      AND (CASE WHEN OLD.follow_up THEN a.follow_up ELSE a.answers END) ? OLD.code
  ) OR EXISTS (
    SELECT 1 FROM trainings_applicationfile f JOIN trainings_application a ON a.id = f.application_id
    WHERE a.training_id = OLD.training_id AND f.code = OLD.code
      AND f.purpose = CASE WHEN OLD.follow_up THEN 'follow_up' ELSE 'answer' END
  ) THEN
    RAISE EXCEPTION 'question % of training % has been answered', OLD.code, OLD.training_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_question_answered', TABLE = 'trainings_question';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER trainings_question_answered BEFORE UPDATE OR DELETE ON trainings_question
  FOR EACH ROW EXECUTE FUNCTION trainings_question_answered();
"""
NOT_ANSWERED = """
DROP TRIGGER trainings_question_answered ON trainings_question;
DROP FUNCTION trainings_question_answered();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0001_initial"), ("activities", "0002_database_rules"), ("history", "0002_database_rules"), ("search", "0002_database_rules")]

    operations = [
        RequireChild("Training", "training"),
        Track("Training", "DeadlineExtension", "SeatClass", "SeatCap", "Question"),
        TrackSearch("Training", of="activities.Activity"),
        migrations.RunSQL(SEATS, NO_SEATS),
        migrations.RunSQL(FROZEN, NOT_FROZEN),
        migrations.RunSQL(ANSWERED, NOT_ANSWERED),
    ]
