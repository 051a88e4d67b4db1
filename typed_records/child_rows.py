"""Migration operation: no row of a parent without the row of its type, and none of another type, whoever writes."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# One function for all types, asked when the transaction ends: the two rows are never written by one statement.
# Its arguments: table of the parent and column of the type, the type, table of the type's own row and its key.
FUNCTION = """
CREATE OR REPLACE FUNCTION directory_require_child() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which bigint; found_type text; has_child boolean;
BEGIN
  IF TG_TABLE_NAME = TG_ARGV[0] THEN which := NEW.id;
  ELSIF TG_OP = 'DELETE' THEN which := to_jsonb(OLD) ->> TG_ARGV[4];
  ELSE which := to_jsonb(NEW) ->> TG_ARGV[4]; END IF;
  EXECUTE format('SELECT %I FROM %I WHERE id = $1', TG_ARGV[1], TG_ARGV[0]) INTO found_type USING which;
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_ARGV[3], TG_ARGV[4]) INTO has_child USING which;
  IF has_child IS DISTINCT FROM coalesce(found_type = TG_ARGV[2], false) THEN
    RAISE EXCEPTION 'row % of % is of type % and % a row of %', which, TG_ARGV[0], found_type,
      CASE WHEN has_child THEN 'has' ELSE 'lacks' END, TG_ARGV[3]
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$
"""


class RequireChild(Operation):
    """`RequireChild("Geopark", "geopark")`, in the app of the type: the parent's app need not know it.

    The parent is the model's own, its column the one that ends in `_type`; which words may stand there at all is a check
    constraint of the parent.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, type_name: str) -> None:
        self.model_name, self.type_name = model_name, type_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that the migration state knows changes."""

    def _tables(self, app_label: str, state: ProjectState) -> tuple[str, str, str, str]:
        """Table of the type and its key, table of the parent and the column of the type."""
        model = state.apps.get_model(app_label, self.model_name)
        (parent,) = model._meta.parents
        column = next(field.column for field in parent._meta.local_fields if field.name.endswith("_type"))
        return model._meta.db_table, model._meta.pk.column, parent._meta.db_table, column

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        child, key, parent, column = self._tables(app_label, to_state)
        arguments = ", ".join(f"'{word}'" for word in (parent, column, self.type_name, child, key))
        schema_editor.execute(FUNCTION, params=None)
        for name, table, event, condition in _triggers(child, key, parent, column, self.type_name):
            schema_editor.execute(
                f'CREATE CONSTRAINT TRIGGER "{name}" AFTER {event} ON "{table}" DEFERRABLE INITIALLY DEFERRED '
                f"FOR EACH ROW {condition} EXECUTE FUNCTION directory_require_child({arguments})",
                params=None,
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        child, key, parent, column = self._tables(app_label, from_state)
        for name, table, _event, _condition in _triggers(child, key, parent, column, self.type_name):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"', params=None)

    def describe(self) -> str:
        return f"No record of type {self.type_name} without its own row"


def _triggers(child: str, key: str, parent: str, column: str, type_name: str) -> tuple[tuple[str, str, str, str], ...]:
    """Name, table, event and condition of each. A save writes every column: only a type or key that changes is asked about."""
    return (
        (f"{child}_required", parent, "INSERT", f"WHEN (NEW.\"{column}\" = '{type_name}')"),
        (f"{child}_required_still", parent, f'UPDATE OF "{column}"', f'WHEN (OLD."{column}" <> NEW."{column}")'),
        (f"{child}_required", child, "INSERT OR DELETE", ""),
        (f"{child}_required_still", child, f'UPDATE OF "{key}"', f'WHEN (OLD."{key}" <> NEW."{key}")'),
    )
