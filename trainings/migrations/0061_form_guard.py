"""A question that has been answered keeps its code, its kind and its form, and is not deleted, whoever writes: answers are
kept under codes. The last guard behind the words of the officer's form."""

from django.db import migrations

FORWARD = """
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
BACKWARD = """
DROP TRIGGER trainings_question_answered ON trainings_question;
DROP FUNCTION trainings_question_answered();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0060_form")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
