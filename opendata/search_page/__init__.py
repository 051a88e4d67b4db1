"""One search over everything that is published."""
