"""Migration operation: a record's member states as an array column, kept true by the database beside the relation."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_INSTALL = """
CREATE OR REPLACE FUNCTION {table}_states() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.state_codes := ARRAY(SELECT memberstate_id FROM {through} WHERE {column} = NEW.id ORDER BY memberstate_id);
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION {through}_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN UPDATE {table} SET state_codes = state_codes WHERE id = OLD.{column}; END IF;
  IF TG_OP <> 'DELETE' THEN UPDATE {table} SET state_codes = state_codes WHERE id = NEW.{column}; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER aa_states BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_states();
CREATE TRIGGER aa_touch AFTER INSERT OR UPDATE OR DELETE ON {through} FOR EACH ROW EXECUTE FUNCTION {through}_touch();
"""
_REMOVE = """
DROP TRIGGER IF EXISTS aa_states ON {table}; DROP TRIGGER IF EXISTS aa_touch ON {through};
DROP FUNCTION IF EXISTS {table}_states(); DROP FUNCTION IF EXISTS {through}_touch();
"""


class MirrorStates(Operation):
    """Fills `state_codes` of a model from its many-to-many relation `member_states`, whoever writes either."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that the migration state knows changes."""

    def _sql(self, template: str, app_label: str, state: ProjectState) -> str:
        model = state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field("member_states")
        return template.format(table=model._meta.db_table, through=field.m2m_db_table(), column=field.m2m_column_name())

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema_editor.execute(self._sql(_INSTALL, app_label, to_state), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema_editor.execute(self._sql(_REMOVE, app_label, to_state), params=None)

    def describe(self) -> str:
        return f"Mirror the member states of {self.model_name} in an array column"
