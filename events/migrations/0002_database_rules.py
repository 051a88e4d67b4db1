"""What the database keeps true by itself: both rows of an event, the history, stale search entries, places."""

from django.db import migrations

from typed_records.child_rows import RequireChild
from search.track_search import TrackSearch
from history.triggers import Track

# Never more places taken than there are, whoever writes: the last guard behind the row lock of the acts.
CAPACITY = """
CREATE FUNCTION events_check_capacity(which bigint, how text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  places integer;
  taken integer;
BEGIN
  SELECT CASE how WHEN 'onsite' THEN capacity_onsite ELSE capacity_online END INTO places
  FROM activities_activity WHERE id = which FOR NO KEY UPDATE;
  IF places IS NULL THEN RETURN; END IF;
  SELECT count(*) INTO taken FROM events_registration
  WHERE event_id = which AND presence = how AND state IN ('held', 'confirmed', 'offered');
  IF taken > places THEN
    RAISE EXCEPTION 'event % has % places %, % are taken', which, places, how, taken
      USING ERRCODE = 'check_violation', CONSTRAINT = 'events_registration_capacity', TABLE = 'events_registration';
  END IF;
END $$;

CREATE FUNCTION events_registration_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM events_check_capacity(NEW.event_id, NEW.presence);
  RETURN NULL;
END $$;

CREATE FUNCTION events_event_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM events_check_capacity(NEW.id, 'onsite');
  PERFORM events_check_capacity(NEW.id, 'online');
  RETURN NULL;
END $$;

CREATE TRIGGER events_registration_capacity AFTER INSERT OR UPDATE OF state, presence, event_id ON events_registration
  FOR EACH ROW WHEN (NEW.state IN ('held', 'confirmed', 'offered')) EXECUTE FUNCTION events_registration_capacity();

CREATE TRIGGER events_event_capacity AFTER UPDATE OF capacity_onsite, capacity_online ON activities_activity
  FOR EACH ROW WHEN (NEW.activity_type = 'event') EXECUTE FUNCTION events_event_capacity();
"""
NO_CAPACITY = """
DROP TRIGGER events_registration_capacity ON events_registration;
DROP TRIGGER events_event_capacity ON activities_activity;
DROP FUNCTION events_registration_capacity();
DROP FUNCTION events_event_capacity();
DROP FUNCTION events_check_capacity(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("activities", "0002_database_rules"), ("history", "0002_database_rules"), ("search", "0002_database_rules")]

    operations = [
        RequireChild("Event", "event"),
        Track("Series", "Event", "Survey", "SurveyQuestion"),
        TrackSearch("Event", of="activities.Activity"),
        migrations.RunSQL(CAPACITY, NO_CAPACITY),
    ]
