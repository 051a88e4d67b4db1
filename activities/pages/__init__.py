"""Lists and pages of events and trainings."""
