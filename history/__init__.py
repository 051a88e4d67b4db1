"""One trigger that records every change of every tracked table."""
