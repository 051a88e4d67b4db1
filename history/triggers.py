"""The trigger, and the migration operation that puts it on a model's tables."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# Columns that follow from others: a change of nothing else is no change.
DERIVED = ("updated_at", "state_codes")

FUNCTION = """
CREATE OR REPLACE FUNCTION history_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb; after jsonb; was jsonb; became jsonb; belongs text[] := '{}'; pair text; parent text;
BEGIN
  IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD) - string_to_array(TG_ARGV[1], ','); END IF;
  IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) - string_to_array(TG_ARGV[1], ','); END IF;
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(before) WHERE value IS DISTINCT FROM after -> key;
    SELECT jsonb_object_agg(key, value) INTO became FROM jsonb_each(after) WHERE value IS DISTINCT FROM before -> key;
    IF became IS NULL THEN RETURN NULL; END IF;
  ELSE
    was := before; became := after;
  END IF;
  FOREACH pair IN ARRAY string_to_array(TG_ARGV[2], ',') LOOP
    parent := coalesce(after, before) ->> split_part(pair, '=', 1);
    IF parent IS NOT NULL THEN belongs := belongs || (split_part(pair, '=', 2) || ':' || parent); END IF;
  END LOOP;
  INSERT INTO history_change (table_name, key, parents, action, old, new, actor_id, reason, request, at, transaction)
  VALUES (TG_TABLE_NAME, coalesce(after, before) ->> TG_ARGV[0], belongs, TG_OP, was, became,
    nullif(current_setting('eabrn.actor', true), '')::bigint, coalesce(current_setting('eabrn.reason', true), ''),
    coalesce(current_setting('eabrn.request', true), ''), clock_timestamp(), txid_current());
  RETURN NULL;
END $$
"""
NO_FUNCTION = "DROP FUNCTION IF EXISTS history_record()"
NAME = "zz_history"


@cache
def tracked_tables() -> frozenset[str]:
    """The tables whose rows come back from the history. Asked of the database once: only migrations change the answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [NAME])
        return frozenset(table for (table,) in cursor.fetchall())


def tables_of(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """A model and the tables of its own many-to-many relations."""
    yield model
    for field in model._meta.local_many_to_many:
        through: Any = field.remote_field.through
        if through._meta.auto_created:
            yield through


def parents_of(model: type[models.Model]) -> dict[str, str]:
    """Columns that say which record a row belongs to, with that record's table: it goes when the record goes."""
    foreign = [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]
    return {
        field.column: field.related_model._meta.db_table
        for field in foreign
        if field.remote_field.on_delete is models.CASCADE
    }


class Track(Operation):
    """Records every change of a model's tables from now on, whoever writes: form, bulk, raw SQL."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, *model_names: str) -> None:
        self.model_names = model_names

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that the migration state knows changes."""

    def _tables(self, app_label: str, state: ProjectState) -> Iterator[type[models.Model]]:
        for name in self.model_names:
            yield from tables_of(state.apps.get_model(app_label, name))

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self._tables(app_label, to_state):
            parents = ",".join(f"{column}={table}" for column, table in parents_of(model).items())
            arguments = ", ".join(f"'{part}'" for part in (model._meta.pk.column, ",".join(DERIVED), parents))
            schema_editor.execute(
                f'CREATE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE ON "{model._meta.db_table}" '
                f"FOR EACH ROW EXECUTE FUNCTION history_record({arguments})",
                params=None,
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self._tables(app_label, from_state):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {NAME} ON "{model._meta.db_table}"', params=None)

    def describe(self) -> str:
        return f"Record every change of {', '.join(self.model_names)}"
