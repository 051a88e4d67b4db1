"""JSON written by the database itself: where thousands of rows are wanted as text, none becomes a Python object first."""

from typing import Any

from django.db.models import DecimalField, Func, JSONField


class JsonRow(Func):
    """Expressions under their names as one object: `JsonRow(slug=F("slug"), area_ha=Trimmed("area_ha"))`."""

    def __init__(self, **named: object) -> None:
        self.names = tuple(named)
        super().__init__(*named.values(), output_field=JSONField())

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        columns: list[str] = []
        parameters: tuple[Any, ...] = ()
        for name, expression in zip(self.names, self.get_source_expressions(), strict=True):
            sql, own = compiler.compile(expression)
            columns.append(f"{sql} AS {connection.ops.quote_name(name)}")
            parameters += tuple(own)
        return f"(SELECT row_to_json(one) FROM (SELECT {', '.join(columns)}) AS one)", parameters  # noqa: S608


class Trimmed(Func):
    """A decimal without needless zeros: 196465, not 196465.00."""

    function = "TRIM_SCALE"
    output_field = DecimalField()
