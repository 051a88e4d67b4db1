"""The hub of one training in the admin: what is next, a copy as a new training; certificates of events and trainings."""
