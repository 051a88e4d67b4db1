"""Registering for an event: taking a place, waiting for one, giving it back, being reminded and moved with the event."""
