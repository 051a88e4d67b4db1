"""Events, series, sessions, webinar registration, calendars; capacity and waiting list that trainings reuse."""
