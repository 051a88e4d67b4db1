"""Human beings: their facts, their agreement, their erasure."""
