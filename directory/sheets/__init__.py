"""Records as sheets: one definition per kind of record serves the export, the template with its help, and the import.

A sheet is made of the fields by which data files are loaded (`directory.loading_fields`), each with a cell: how its value is
written, and read back. Apps register their sheets in `sheets.py`; the officer's pages stand on a floor above.
"""

from .definition import Column, Sheet, register, sheet_for, sheets

__all__ = ["Column", "Sheet", "register", "sheet_for", "sheets"]
