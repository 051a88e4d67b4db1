"""What a page's template is given."""

from typing import Any, TypeAlias

Context: TypeAlias = dict[str, Any]
"""The names a template may use, each with its value: Django asks of such a value only that it can be drawn."""
