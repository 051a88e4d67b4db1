"""Sites as lists, facets, maps and downloads, all from one table."""
