"""Editing records in the secretariat's admin: forms, rows, languages, and two officers in one record."""
