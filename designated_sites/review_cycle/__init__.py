"""Periodic reviews and revalidations: what is recorded, counted and reminded of."""
