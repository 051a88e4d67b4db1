"""What events and trainings share: times, calendars, rescheduling, attendance, pages."""
