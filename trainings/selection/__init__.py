"""Choosing among applications: points, balance, decisions, order."""
