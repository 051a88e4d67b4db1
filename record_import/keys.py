"""The keys of the records that a sheet names, both ways."""

from .definition import Sheet
from .fields import Children, Keys, Link, Links
from .registry import loaders


def kinds_named(sheet: Sheet) -> set[str]:
    """The kinds of record that the cells of a sheet name."""
    kinds: set[str] = set()
    for column in sheet.columns:
        if isinstance(column.field, Children):
            kinds |= set(column.field.links.values())
        elif isinstance(column.field, Link | Links):
            kinds.add(column.field.to)
    return kinds


def keys_for(sheet: Sheet) -> dict[str, Keys]:
    """By kind, with those of the sheet's own records."""
    found: dict[str, Keys] = {}
    wanted = kinds_named(sheet) | {sheet.loader.records}
    for loader in loaders():
        if loader.records in wanted and loader.records not in found:
            keys = found[loader.records] = Keys()
            for key, pk in loader.model._base_manager.values_list(loader.key, "pk"):
                keys.add(key, pk)
    return found
