"""Machinery that every directory of records uses: filters, lists, downloads, names in any script, scope, loading."""
