"""Persons, users, roles and the scope each role gives."""
