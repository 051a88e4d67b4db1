"""Records as data: the JSON API and OGC API Features."""
