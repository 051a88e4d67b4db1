"""What the database keeps true of held decisions, whoever writes: they keep their seats, and stand beside open applications."""

from django.db import migrations

# As before, with the seats that held decisions keep: two officers cannot give one seat, one aloud and one in silence.
CHECK_SEATS = """
CREATE OR REPLACE FUNCTION trainings_check_seats(which bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  PERFORM 1 FROM activities_activity WHERE id = which FOR NO KEY UPDATE;
  WITH given AS (
    SELECT a.id, a.seat_class_id FROM trainings_application a
    WHERE a.training_id = which AND a.state IN ('selected', 'confirmed', 'attended', 'no_show', 'completed')
    UNION
    SELECT a.id, d.seat_class_id FROM trainings_selectiondecision d JOIN trainings_application a ON a.id = d.application_id
    WHERE a.training_id = which AND d.to_state = 'selected' AND d.let_go_at IS NULL AND d.ended_at IS NULL
  )
  SELECT c.id, c.seats, count(g.id) AS taken INTO wrong
  FROM trainings_seatclass c JOIN given g ON g.seat_class_id = c.id
  WHERE c.training_id = which GROUP BY c.id, c.seats HAVING count(g.id) > c.seats LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'class % of training % has % seats, % are given', wrong.id, which, wrong.seats, wrong.taken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_application_seats', TABLE = 'trainings_application';
  END IF;
  SELECT c.id, c.most, count(a.id) AS taken INTO wrong
  FROM trainings_seatcap c JOIN trainings_application a ON a.training_id = c.training_id
    AND (a.member_state_id = c.member_state_id OR a.site_id = c.site_id)
  WHERE c.training_id = which AND (
    a.state IN ('selected', 'confirmed', 'attended', 'no_show', 'completed')
    OR EXISTS (
      SELECT 1 FROM trainings_selectiondecision d
      WHERE d.application_id = a.id AND d.to_state = 'selected' AND d.let_go_at IS NULL AND d.ended_at IS NULL
    )
  )
  GROUP BY c.id, c.most HAVING count(a.id) > c.most LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'cap % of training % allows %, % are given', wrong.id, which, wrong.most, wrong.taken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_application_caps', TABLE = 'trainings_application';
  END IF;
END $$;
"""
CHECK_SEATS_BEFORE = """
CREATE OR REPLACE FUNCTION trainings_check_seats(which bigint) RETURNS void LANGUAGE plpgsql AS $$
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
"""

# A held decision stands beside an application that nobody has been told about, and names a class of the same training.
HELD = """
CREATE FUNCTION trainings_selectiondecision_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which bigint; stands text;
BEGIN
  SELECT training_id INTO which FROM trainings_application WHERE id = NEW.application_id;
  PERFORM 1 FROM activities_activity WHERE id = which FOR NO KEY UPDATE;
  SELECT state INTO stands FROM trainings_application WHERE id = NEW.application_id;
  IF stands NOT IN ('draft', 'submitted', 'endorsed', 'not_endorsed', 'shortlisted', 'not_selected', 'reserve_list') THEN
    RAISE EXCEPTION 'application % is % and can have no held decision', NEW.application_id, stands
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_selectiondecision_state', TABLE = 'trainings_selectiondecision';
  END IF;
  IF NEW.seat_class_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM trainings_seatclass WHERE id = NEW.seat_class_id AND training_id = which
  ) THEN
    RAISE EXCEPTION 'class % is not of training %', NEW.seat_class_id, which
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_selectiondecision_own_class', TABLE = 'trainings_selectiondecision';
  END IF;
  PERFORM trainings_check_seats(which);
  RETURN NULL;
END $$;

CREATE TRIGGER trainings_selectiondecision_held AFTER INSERT OR UPDATE ON trainings_selectiondecision
  FOR EACH ROW WHEN (NEW.let_go_at IS NULL AND NEW.ended_at IS NULL) EXECUTE FUNCTION trainings_selectiondecision_held();

CREATE FUNCTION trainings_application_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM activities_activity WHERE id = NEW.training_id FOR NO KEY UPDATE;
  IF NOT EXISTS (
    SELECT 1 FROM trainings_selectiondecision
    WHERE application_id = NEW.id AND let_go_at IS NULL AND ended_at IS NULL
  ) THEN
    RETURN NULL;
  END IF;
  IF NEW.state NOT IN ('draft', 'submitted', 'endorsed', 'not_endorsed', 'shortlisted', 'not_selected', 'reserve_list') THEN
    RAISE EXCEPTION 'a decision about application % is held, it cannot become %', NEW.id, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trainings_application_held', TABLE = 'trainings_application';
  END IF;
  PERFORM trainings_check_seats(NEW.training_id);
  RETURN NULL;
END $$;

CREATE TRIGGER trainings_application_held AFTER UPDATE ON trainings_application FOR EACH ROW
  WHEN (NEW.state IS DISTINCT FROM OLD.state OR NEW.member_state_id IS DISTINCT FROM OLD.member_state_id
        OR NEW.site_id IS DISTINCT FROM OLD.site_id)
  EXECUTE FUNCTION trainings_application_held();
"""
NOT_HELD = """
DROP TRIGGER trainings_application_held ON trainings_application;
DROP FUNCTION trainings_application_held();
DROP TRIGGER trainings_selectiondecision_held ON trainings_selectiondecision;
DROP FUNCTION trainings_selectiondecision_held();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0003_selection_decisions")]

    operations = [
        migrations.RunSQL(CHECK_SEATS, CHECK_SEATS_BEFORE),
        migrations.RunSQL(HELD, NOT_HELD),
    ]
