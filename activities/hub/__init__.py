"""The hub of one event or training in the admin: one head, its parts, what is next, preview, a copy as a new one."""
