"""Calendars of events and trainings to subscribe to."""
