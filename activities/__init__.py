"""What an event and a training share: times, sessions, calendars, attendance, materials."""
