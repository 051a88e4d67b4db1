"""What an event and a training have in common."""
