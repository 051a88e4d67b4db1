"""The hub of one event in the admin: what is next, who is registered, materials, attendance, a copy as a new event."""
