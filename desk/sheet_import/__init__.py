"""Export, template and import of records as sheets."""
