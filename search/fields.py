"""A column of words with their places, and the two ways to ask it. The words are made by `tokens`, never by the database."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


class WordsField(models.Field):
    """A `tsvector` written as the literal that `tokens.vector` gives; never read back."""

    description = "words with their places"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector"

    def get_placeholder(self, value: object, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:
        return "%s::tsvector"


@WordsField.register_lookup
class Answers(Lookup):
    """`words__answers`: the words meet a query that `tokens.query` wrote."""

    lookup_name = "answers"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: object, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s::tsquery", [value]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        left, left_parameters = self.process_lhs(compiler, connection)
        right, right_parameters = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}", [*left_parameters, *right_parameters]
