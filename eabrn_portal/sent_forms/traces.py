"""Whether a request has changed anything. What left no trace may be done again, and its answer need not be kept: a form that
came back with an error is looked at anew."""

import re
from collections.abc import Callable
from typing import Any, Final

TARGET: Final = r'(?:INSERT\s+INTO|(?<!DO )(?<!FOR )UPDATE|DELETE\s+FROM|MERGE\s+INTO|COPY)\s+(?:ONLY\s+)?"?(\w+)'
WRITING: Final = re.compile(rf"\s*{TARGET}", re.IGNORECASE)
WITHIN: Final = re.compile(rf"\b{TARGET}", re.IGNORECASE)
# How often somebody tried, which sessions there are, what the search brings in step for others, and our own.
NO_TRACE: Final = frozenset(
    {
        "records_limit", "django_session", "usersessions_usersession", "search_searchentry", "search_stalesearch",
        "eabrn_portal_press", "eabrn_portal_typed",
    }
)  # fmt: skip
Execute = Callable[[Any, Any, bool, Any], Any]


class Watch:
    """Looks at every statement of the database while it is installed as a wrapper."""

    wrote = False

    def __call__(self, execute: Execute, sql: Any, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        self.wrote = self.wrote or writes(sql.decode() if isinstance(sql, bytes) else str(sql))
        return answer


def writes(statement: str) -> bool:
    if statement.lstrip()[:4].upper() == "WITH":
        return not NO_TRACE.issuperset(table.lower() for table in WITHIN.findall(statement))
    found = WRITING.match(statement)
    return found is not None and found[1].lower() not in NO_TRACE
