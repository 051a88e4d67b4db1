"""Postgres as Django's backend reaches it, with an end to everything that may be waited for."""
