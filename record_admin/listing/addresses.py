"""What stands in the address of a list beside its filters, search, order and page."""

from typing import Final

from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, IGNORED_PARAMS, PAGE_VAR, SEARCH_VAR
from django.http import QueryDict

VIEW: Final = "view"  # a view that was kept: it stands for its filter and order
OUT_OF: Final = "from"  # the view from which one came: its columns stay, its filter stands in the address by now
NONE_OF: Final = "none_of"  # fields of which the chosen values are left out
ACROSS: Final = "across"  # all that match are chosen, not the rows of the page alone
SHEET: Final = "sheet"  # the table as a file
SINCE, UNTIL = "since", "until"  # days, the first and the last
OURS: Final = (VIEW, OUT_OF, NONE_OF, ACROSS, SHEET, SINCE, UNTIL)
# What does not narrow a list: not kept in a view.
NOT_KEPT: Final = (VIEW, OUT_OF, ACROSS, SHEET, PAGE_VAR, ERROR_FLAG, ALL_VAR)
# Hidden in the form of the filters: all that is neither a filter nor the page one is on.
NOT_A_FILTER: Final = (*IGNORED_PARAMS, *OURS, PAGE_VAR, ERROR_FLAG)
# Boxes of the form that are sent also when nothing was typed.
EMPTY_IS_NOTHING: Final = (SEARCH_VAR, SINCE, UNTIL)


def without(query: QueryDict, *names: str) -> QueryDict:
    """The same address without some of its parts."""
    left = query.copy()
    for name in names:
        left.pop(name, None)
    return left


def kept_part(query: QueryDict) -> str:
    """Filter, search and order, as a view keeps them: the same for the same, in whichever order they were chosen."""
    left = without(query, *NOT_KEPT)
    said = ((name, value) for name, values in left.lists() for value in values)
    pairs = sorted((name, value) for name, value in said if value or name not in EMPTY_IS_NOTHING)
    made = QueryDict(mutable=True)
    for name, value in pairs:
        made.appendlist(name, value)
    return made.urlencode()


def question(query: QueryDict) -> str:
    """As a link: “?” alone leads to the list without anything."""
    return f"?{query.urlencode()}"
