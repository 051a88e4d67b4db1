"""Events and trainings for calendar programs."""
