"""What templates and forms are given and give, as Django hands it on: by name, of any kind."""

from typing import Any, TypeAlias

Context: TypeAlias = dict[str, Any]
"""The names a template may use, each with its value: Django asks of such a value only that it can be drawn."""

Cleaned: TypeAlias = dict[str, Any]
"""What was written into a form, once each field has read its own: the field decides the kind of its value."""

Keywords: TypeAlias = dict[str, Any]
"""Arguments by name for Django's own making of a form or a filter, and the parts of an address a view is called with."""
