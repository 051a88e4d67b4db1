"""Calls, applications, selection, attendance, certificates."""
