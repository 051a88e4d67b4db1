"""Roles: asked for, given, taken away."""
