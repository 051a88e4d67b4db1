"""From the outbox to the mail server: what is due, at which pace, and what became of it."""
