"""A person's own pages, by what they are about."""
