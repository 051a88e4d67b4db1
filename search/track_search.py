"""Migration operation: whoever changes a record or one of its names, the database notes that its search entries are stale."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# One function for all tables. Its arguments: the label of the record's model, and the column that holds the record's key.
FUNCTION = """
CREATE OR REPLACE FUNCTION search_note_stale() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was text; became text;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) ->> TG_ARGV[1]; END IF;
  IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW) ->> TG_ARGV[1]; END IF;
  INSERT INTO search_stalesearch (label, object_id)
  SELECT TG_ARGV[0], one FROM unnest(ARRAY[was, became]) AS one WHERE one IS NOT NULL GROUP BY one;
  RETURN NULL;
END $$
"""
NO_FUNCTION = "DROP FUNCTION IF EXISTS search_note_stale()"
NAME = "yy_search"


class TrackSearch(Operation):
    """`TrackSearch("Partner")` for records, `TrackSearch("SiteName", of="DesignatedSite", column="site_id")` for their rows, and
    `TrackSearch("Geopark", of="designated_sites.DesignatedSite")` for the second table of a record, in the app of its type."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, *, of: str = "", column: str = "") -> None:
        self.model_name, self.of, self.column = model_name, of, column

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return type(self).__name__, [self.model_name], {"of": self.of, "column": self.column}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that the migration state knows changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        of = self.of or self.model_name
        label = (of if "." in of else f"{app_label}.{of}").lower()
        column = self.column or model._meta.pk.column
        schema_editor.execute(
            f'CREATE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE ON "{model._meta.db_table}" '
            f"FOR EACH ROW EXECUTE FUNCTION search_note_stale('{label}', '{column}')",
            params=None,
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute(f'DROP TRIGGER IF EXISTS {NAME} ON "{model._meta.db_table}"', params=None)

    def describe(self) -> str:
        return f"Note stale search entries when {self.model_name} changes"
