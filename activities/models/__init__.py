"""What events and trainings are: moments known to some precision, bodies, sites, sessions, attendance."""
