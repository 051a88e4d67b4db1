"""What the admins of events and trainings share."""
