"""Events, their series and registrations in the secretariat's admin."""

# In the order in which the admin lists them.
from . import attendance, calendar_tokens, advance_questions, surveys, running, events  # isort: skip

__all__ = ["advance_questions", "attendance", "calendar_tokens", "events", "running", "surveys"]
